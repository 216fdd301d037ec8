"""A person's saved searches: keeping one, the list, changing and deleting."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.selectors.mail_choices import mail_choices_of
from accounts.selectors.people import masked, proven_addresses
from accounts.services.mail_choices import set_mail_choices
from accounts.web.places import signed_in_only, visitor
from catalogus.exceptions import InvalidCriteria
from catalogus.search import SearchCriteria
from catalogus.web.addresses import search_url
from catalogus.web.views.search import unreadable
from selection.access import own_search
from selection.describing import described, suggested_name, words_of
from selection.models import DigestLetter, SavedSearch
from selection.services.digest import DIGEST
from selection.services.searches import MOST_SEARCHES, change_search, delete_search, save_search
from selection.web.forms import SearchNameForm

Result = TypeVar("Result")


@signed_in_only
@require_safe
def searches_page(request: HttpRequest) -> HttpResponse:
    """One's own searches, what they ask, and whether and where their news goes."""
    user = visitor(request)
    addresses = proven_addresses(user)
    context = {
        "searches": [described(search) for search in SavedSearch.objects.filter(user=user)],
        "most": MOST_SEARCHES,
        "gets_digest": mail_choices_of(user)[DIGEST],
        "address": masked(addresses[0]) if addresses else "",
        "letters": DigestLetter.objects.filter(user=user)[:10],
    }
    return render(request, "selection/searches.html", context)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search that this address carries, and go back to it. GET asks for a name, also after signing in."""
    try:
        criteria = SearchCriteria.from_query(dict(request.GET.lists()))
    except InvalidCriteria as error:
        return unreadable(request, error)
    form = SearchNameForm(
        request.POST if request.method == "POST" else None, initial={"name": suggested_name(criteria)}
    )
    if form.is_valid():
        saved = _try_with(form, lambda: save_search(user=visitor(request), criteria=criteria, **form.cleaned_data))
        if saved is not None:
            messages.success(request, _("De zoekopdracht is bewaard als “%(name)s”.") % {"name": saved.name})
            return redirect(search_url(criteria))
    context = {"form": form, "words": words_of(criteria), "url": search_url(criteria)}
    return render(request, "selection/save.html", context, status=422 if form.errors else 200)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, and news by mail or not."""
    search = own_search(request.user, pk)
    initial = {"name": search.name, "is_alert_on": search.is_alert_on}
    form = SearchNameForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        changed = _try_with(form, lambda: change_search(search=search, **form.cleaned_data))
        if changed is not None:
            messages.success(request, _("De wijziging is bewaard."))
            return redirect("selection:searches")
    context = {"form": form, "described": described(search)}
    return render(request, "selection/change.html", context, status=422 if form.errors else 200)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether one is sure; POST deletes."""
    search = own_search(request.user, pk)
    if request.method != "POST":
        return render(request, "selection/delete.html", {"described": described(search)})
    delete_search(search=search)
    messages.success(request, _("De zoekopdracht “%(name)s” is verwijderd.") % {"name": search.name})
    return redirect("selection:searches")


@signed_in_only
@require_POST
def choose_digest(request: HttpRequest) -> HttpResponse:
    """Take the weekly mail, or take it no more: "gewenst" is "ja" or anything else."""
    is_wanted = request.POST.get("gewenst") == "ja"
    set_mail_choices(user=visitor(request), wanted={DIGEST: is_wanted})
    said = _("U krijgt het wekelijkse bericht weer.") if is_wanted else _("U krijgt geen wekelijks bericht meer.")
    messages.success(request, said)
    return redirect("selection:searches")


def _try_with(form: SearchNameForm, action: Callable[[], Result]) -> Result | None:
    """What the service gives; None where it refuses, with its reason beside the field it is about."""
    try:
        return action()
    except ValidationError as error:
        form.add_error(None, error)
        return None
