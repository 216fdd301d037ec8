"""The lists of a person and of their sections; making, renaming, copying, sharing and deleting one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.exceptions import SectionRefused
from accounts.models import User
from accounts.web.places import signed_in_only, visitor
from selection.access import list_to_change, list_to_see
from selection.exceptions import ListGone
from selection.models import MaterialList
from selection.owners import owner_name, sections_to_own
from selection.services.lists import change_list, copy_list, create_list, delete_list
from selection.services.sharing import renew_link, share_list, stop_sharing
from selection.web.list_forms import CopyForm, ListForm, NewListForm
from selection.web.refusing import add_refusal

_REFUSALS = (ValidationError, SectionRefused, ListGone)


@never_cache
@require_safe
def lists_page(request: HttpRequest) -> HttpResponse:
    """Who is not signed in is told what lists are, and led to the one in their browser."""
    if not isinstance(request.user, User):
        return render(request, "selection/lists.html", {"is_signed_in": False})
    rows = MaterialList.objects.readable_by(visitor(request)).with_owner().annotate(item_count=Count("items"))
    lists = [{"list": one, "owner": owner_name(one)} for one in rows.order_by("-updated_at", "-pk")]
    context = {
        "is_signed_in": True,
        "own": [one for one in lists if not one["owner"]],
        "of_sections": [one for one in lists if one["owner"]],
    }
    return render(request, "selection/lists.html", context)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    user = visitor(request)
    form = NewListForm(request.POST or None, sections=sections_to_own(user))
    if request.method == "POST" and form.is_valid():
        name, description = form.cleaned_data["name"], form.cleaned_data["description"]
        try:
            made = create_list(owner=form.owner_of(user), name=name, description=description)
        except _REFUSALS as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("De lijst “%(name)s” is gemaakt.") % {"name": made.name})
            return redirect("selection:list", made.public_id)
    context = {"form": form, "title": _("Nieuwe lijst"), "submit": _("Maak de lijst")}
    return render(request, "selection/list_form.html", context, status=422 if form.errors else 200)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    found = list_to_change(request.user, public_id)
    form = ListForm(request.POST or None, initial={"name": found.name, "description": found.description})
    if request.method == "POST" and form.is_valid():
        name, description = form.cleaned_data["name"], form.cleaned_data["description"]
        try:
            change_list(material_list=found, name=name, description=description)
        except _REFUSALS as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("De lijst is gewijzigd."))
            return redirect("selection:list", public_id)
    context = {"form": form, "list": found, "title": _("Lijst wijzigen"), "submit": _("Bewaar")}
    return render(request, "selection/list_form.html", context, status=422 if form.errors else 200)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, public_id: str) -> HttpResponse:
    """Of any list that one may see: a section that ended loses nothing to who was in it."""
    found, user = list_to_see(request.user, public_id), visitor(request)
    form = CopyForm(request.POST or None, initial={"name": found.name}, sections=sections_to_own(user))
    if request.method == "POST" and form.is_valid():
        try:
            made = copy_list(material_list=found, owner=form.owner_of(user), name=form.cleaned_data["name"], by=user)
        except _REFUSALS as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Dit is de kopie, met alles wat op de lijst stond."))
            return redirect("selection:list", made.public_id)
    context = {"form": form, "list": found, "title": _("Lijst kopiëren"), "submit": _("Maak een kopie")}
    return render(request, "selection/list_form.html", context, status=422 if form.errors else 200)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET asks, POST deletes."""
    found = list_to_change(request.user, public_id)
    if request.method == "POST":
        delete_list(material_list=found)
        messages.success(request, _("De lijst “%(name)s” is verwijderd.") % {"name": found.name})
        return redirect("selection:lists")
    context = {"list": found, "owner": owner_name(found), "item_count": found.items.count()}
    return render(request, "selection/list_delete.html", context)


@signed_in_only
@require_POST
def share(request: HttpRequest, public_id: str) -> HttpResponse:
    """actie: "aan" (also to show notes or hide them), "nieuw" for another link, "uit"."""
    found = list_to_change(request.user, public_id)
    action = request.POST.get("actie")
    try:
        if action == "aan":
            share_list(material_list=found, shows_notes="opmerkingen" in request.POST)
            messages.success(request, _("Wie de link heeft, kan deze lijst lezen."))
        elif action == "nieuw":
            renew_link(material_list=found)
            messages.success(request, _("De lijst heeft een nieuwe link; de oude werkt niet meer."))
        elif action == "uit":
            stop_sharing(material_list=found)
            messages.success(request, _("De lijst is niet meer gedeeld; de link werkt niet meer."))
    except ListGone as gone:
        messages.error(request, str(gone))
        return redirect("selection:lists")
    return redirect("selection:list", public_id)
