"""Putting a method or product on a list, from whatever page it stands on, and back to that page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.exceptions import SectionRefused
from accounts.web.places import signed_in_only, visitor
from selection.access import list_to_change
from selection.entries import Entry, Line, entries_of
from selection.exceptions import ListGone, ListRefused
from selection.models import MaterialList
from selection.owners import owner_name, sections_to_own
from selection.services.list_items import MODELS, Added, Wanted, add_items, create_list_of
from selection.web.list_forms import NewListForm
from selection.web.refusing import add_refusal, texts_of


def keep_url(kind: str, public_id: str, back: str = "") -> str:
    """Where something is put on a list. back: the path of the page to come back to."""
    return f"{reverse('selection:keep-on-list')}?{urlencode({kind: public_id} | ({'next': back} if back else {}))}"


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """The address says what ("product" or "method" and its id). POST with "lijst" puts it on that one, with "name" on a
    new one; GET asks which. 404 for what the catalogue does not have."""
    asked = _asked(request)
    user = visitor(request)
    chosen = request.POST.get("lijst", "")
    is_for_new = request.method == "POST" and not chosen
    form = NewListForm(request.POST if is_for_new else None, sections=sections_to_own(user))
    if request.method == "POST" and chosen:
        target = list_to_change(user, chosen)
        try:
            return _done(request, asked, target, add_items(material_list=target, wanted=[asked.wanted], by=user))
        except (ListRefused, ListGone, ValidationError) as refused:
            for text in texts_of(refused):
                messages.error(request, text)
            return redirect(request.get_full_path())
    if is_for_new and form.is_valid():
        try:
            made, added = create_list_of(
                owner=form.owner_of(user), name=form.cleaned_data["name"], wanted=[asked.wanted], by=user
            )
        except (ValidationError, SectionRefused) as refused:
            add_refusal(form, refused)
        else:
            return _done(request, asked, made, added)
    del form.fields["description"]  # There is time for that on the page of the list.
    lists = MaterialList.objects.changeable_by(user).with_owner().order_by("-updated_at", "-pk")
    context = {
        "entry": asked.entry,
        "lists": [{"list": one, "owner": owner_name(one)} for one in lists],
        "form": form,
        "back": asked.back,
    }
    return render(request, "selection/keep.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True, slots=True)
class _Asked:
    """back: the path of the page to come back to, that of the item itself where none was given."""

    wanted: Wanted
    entry: Entry
    back: str


def _asked(request: HttpRequest) -> _Asked:
    for kind, model in MODELS.items():
        public_id = request.GET.get(kind, "")
        if not public_id or "\x00" in public_id:
            continue
        row = model._default_manager.filter(public_id=public_id).first()
        if row is not None:
            (entry,) = entries_of([Line(kind, row.pk)])
            return _Asked(Wanted(kind, public_id), entry, _back(request) or entry.url)
    raise Http404(_("Dit staat niet in de catalogus."))


def _back(request: HttpRequest) -> str:
    """The page that the address names, where it is one of this site."""
    path = request.GET.get("next", "")
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else ""


def _done(request: HttpRequest, asked: _Asked, material_list: MaterialList, added: Added) -> HttpResponse:
    text = (
        _("“%(title)s” staat op de lijst %(list)s.") if added.new else _("“%(title)s” stond al op de lijst %(list)s.")
    )
    messages.success(request, _with_link(text, asked.entry.title, material_list))
    return redirect(asked.back)


def _with_link(text: str, title: str, material_list: MaterialList) -> SafeString:
    url = reverse("selection:list", args=[material_list.public_id])
    link = format_html('<a href="{}">{}</a>', url, material_list.name)
    before, _place, after = (text % {"title": title, "list": "\x00"}).partition("\x00")
    return format_html("{}{}{}", before, link, after)
