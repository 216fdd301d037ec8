"""What a weekly letter says, read when it goes or when its page is shown: names and addresses as they are then."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.services.letters import Context, on_this_site
from catalogus.models import Product
from catalogus.web import formatting
from catalogus.web.field_words import Names, field_label, value_text
from selection.describing import described
from selection.models import DigestLetter, SavedSearch
from selection.services.news import NEWS_FIELDS
from selection.services.stopping import Stop

MOST_IN_MAIL = 20
"""Products of each part in the mail itself; who reads more than a screen or two of mail goes to the page."""

_LONGEST_VALUE = 120
"""Of a value that changed: a classification of ten groups says no more to who reads it in a mail."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A product in a letter. facts: publisher, form and price in one line; changes: "prijs met btw: € 18 → € 20"."""

    title: str
    path: str
    facts: str
    searches: tuple[str, ...]
    changes: tuple[str, ...]
    is_new: bool

    @property
    def url(self) -> str:
        return on_this_site(self.path)

    @property
    def fits(self) -> str:
        return formatting.joined([f"“{name}”" for name in self.searches])


@dataclass(frozen=True)
class Contents:
    """What is to be told of a letter still. The totals count what its list has no room for too."""

    entries: tuple[Entry, ...]
    new_total: int
    changed_total: int

    @cached_property
    def new(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_new]

    @cached_property
    def changed(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.is_new]

    @property
    def total(self) -> int:
        return self.new_total + self.changed_total


def contents_of(letter: DigestLetter, searches: Collection[SavedSearch]) -> Contents:
    """What a letter tells of these searches: without products that are gone or were merged, and without those that fit
    none of them any more. Three queries at most."""
    names = {search.pk: search.name for search in searches}
    wanted = [item for item in letter.items if names.keys() & set(item["searches"])]
    rows = Product.objects.live().select_related("publisher").in_bulk([item["product"] for item in wanted])
    told = [item for item in wanted if item["product"] in rows]
    places = Names.of(item["changes"] for item in told if item["changes"])
    entries = tuple(_entry(item, rows[item["product"]], names, places) for item in told)
    new_gone = sum(item["changes"] is None for item in letter.items) - sum(entry.is_new for entry in entries)
    gone = len(letter.items) - len(entries)
    return Contents(entries, letter.new_total - new_gone, letter.changed_total - (gone - new_gone))


def digest_context(pk: int) -> Context | None:
    """The context of the letter's two templates; None where nobody waits for anything in it any more."""
    letter = DigestLetter.objects.filter(pk=pk).first()
    if letter is None:
        return None
    searches = list(SavedSearch.objects.filter(user_id=letter.user_id, is_alert_on=True))
    contents = contents_of(letter, searches)
    if not contents.entries:
        return None
    stop = on_this_site(reverse("selection:stop", args=[Stop(letter.user_id).token]))
    told = {pk for item in letter.items for pk in item["searches"]}
    return {
        "contents": contents,
        "new": contents.new[:MOST_IN_MAIL],
        "changed": contents.changed[:MOST_IN_MAIL],
        "new_rest": contents.new_total - min(len(contents.new), MOST_IN_MAIL),
        "changed_rest": contents.changed_total - min(len(contents.changed), MOST_IN_MAIL),
        "page_url": on_this_site(reverse("selection:letter", args=[letter.pk])),
        "searches_url": on_this_site(reverse("selection:searches")),
        "searches": [_search_lines(search) for search in searches if search.pk in told],
        "stop_url": stop,
        # RFC 8058, clause 3: a mail program stops it by one POST to this address, without asking anything.
        "headers": {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    }


def _search_lines(search: SavedSearch) -> Mapping[str, str]:
    stop = Stop(search.user_id, search.pk).token
    return {
        "name": search.name,
        "url": on_this_site(described(search).url or reverse("selection:searches")),
        "stop_url": on_this_site(reverse("selection:stop", args=[stop])),
    }


def _entry(item: Mapping[str, Any], product: Product, names: Mapping[int, str], places: Names) -> Entry:
    changes = item["changes"]
    return Entry(
        title=product.title,
        path=product.get_absolute_url(),
        facts=" · ".join(_facts(product)),
        searches=tuple(names[pk] for pk in item["searches"] if pk in names),
        changes=() if changes is None else tuple(_change_lines(changes, product, places)),
        is_new=changes is None,
    )


def _facts(product: Product) -> Iterable[str]:
    yield product.publisher.name
    yield product.get_form_display()
    if product.price_cents is not None:
        yield formatting.price(product.price_cents, product.currency)


def _change_lines(changes: Mapping[str, list[Any]], product: Product, places: Names) -> Iterable[str]:
    # In one order: the database keeps none of keys.
    for name in filter(changes.__contains__, NEWS_FIELDS):
        if name == "withdrawn_at":
            yield _("weer in de catalogus")
            continue
        pair = changes[name]
        old, new = (_short(value_text(name, value, names=places, currency=product.currency)) for value in pair)
        yield _("%(field)s: %(old)s → %(new)s") % {"field": field_label(name), "old": old, "new": new}


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
