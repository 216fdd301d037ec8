"""The parameters of the lists: which reviews they want, in which order, and from where on. Strict: a name or value that
nobody knows is an error that names it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from catalogus.exceptions import InvalidCriteria
from catalogus.models import Concept, Scheme
from reviews.api.subjects import Subject, read_subject
from reviews.content import SECTORS
from reviews.models import Review, Use
from reviews.querysets import published_reviews
from reviews.school_years import EARLIEST, current_school_year

SUBJECTS = ("method", "product", "ean", "edition")
CODES = ("sector", "level", "year", "use", "school_year")
PAGING = ("sort", "page_size", "cursor")
PARAMETERS = (*SUBJECTS, *CODES, *PAGING)

NEWEST, HELPFUL = "newest", "helpful"
SORTS: Mapping[str, str] = {NEWEST: "published_at", HELPFUL: "helpful_count"}
"""What each order goes down by; equals by their number."""

DEFAULT_PAGE_SIZE, MOST_ON_A_PAGE = 20, 100
_MOST_VALUES = 30
_MOST_UNKNOWN_NAMES = 10
_LONGEST_SHOWN = 80
_CURSOR = re.compile(r"([a-z0-9]{1,13})(?:-([0-9]{1,9}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. codes: parameter -> values, alternatives to each other; after: see next_cursor."""

    subject: Subject | None
    codes: Mapping[str, tuple[str, ...]]
    sort: str
    page_size: int
    after: tuple[Any, int] | None

    def reviews(self) -> QuerySet[Review]:
        """All published ones that fit, without order."""
        rows = published_reviews()
        if self.subject is not None:
            rows = rows.filter(shown_method=self.subject.method)
            if self.subject.edition is not None:
                rows = rows.filter(shown_edition=self.subject.edition)
        for name, values in self.codes.items():
            if values:
                rows = rows.filter(**{_LOOKUPS[name]: list(values)})
        return rows

    def page(self, rows: QuerySet[Review]) -> QuerySet[Review]:
        """In order, from where the cursor says; one more than fits on a page, by which it is known that it goes on."""
        column = SORTS[self.sort]
        if self.after is not None:
            value, pk = self.after
            rows = rows.filter(Q(**{f"{column}__lt": value}) | Q(**{column: value}, pk__lt=pk))
        return rows.order_by(f"-{column}", "-pk")[: self.page_size + 1]


_LOOKUPS = {
    "sector": "sector__in",
    "level": "levels__overlap",
    "year": "years__overlap",
    "use": "use__in",
    "school_year": "school_year__in",
}
_SCHEMES = {"level": Scheme.LEVEL, "year": Scheme.YEAR}


def read_asked(query: QueryDict) -> Asked:
    """Raises InvalidCriteria with all faults at once, and Http404 for a method, product or edition that is none."""
    errors = unknown_names(query, PARAMETERS)
    codes = {name: _codes(query, name, errors) for name in CODES}
    sort = _last(query, "sort") or NEWEST
    if sort not in SORTS:
        text = _("“%(value)s” is geen volgorde; kies uit %(known)s.")
        errors["sort"] = [text % {"value": sort[:_LONGEST_SHOWN], "known": ", ".join(SORTS)}]
        sort = NEWEST
    page_size = read_page_size(query, errors)
    after = read_cursor(_last(query, "cursor"), sort, errors)
    given = {name: value for name in SUBJECTS if (value := _last(query, name))}
    if len(given) > 1:
        text = _("Noem er één van: %(names)s.") % {"names": ", ".join(given)}
        errors |= {name: [text] for name in given}
    if errors:
        raise InvalidCriteria(errors)
    return Asked(read_subject(given) if given else None, codes, sort, page_size, after)


def unknown_names(query: QueryDict, known: Collection[str]) -> dict[str, list[str]]:
    # "&=x" is a slip that asks for nothing, and an error must name a field.
    names = sorted(set(query) - set(known) - {""})[:_MOST_UNKNOWN_NAMES]
    return {name: [_unknown_name(name, known)] for name in names}


def read_page_size(query: QueryDict, errors: dict[str, list[str]]) -> int:
    given = _last(query, "page_size")
    if not given:
        return DEFAULT_PAGE_SIZE
    size = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
    if not 1 <= size <= MOST_ON_A_PAGE:
        text = _("“%(value)s” kan niet; kies 1 tot en met %(most)d.")
        errors["page_size"] = [text % {"value": given[:_LONGEST_SHOWN], "most": MOST_ON_A_PAGE}]
    return size


def next_cursor(last: Review, sort: str) -> str:
    """Where a page that ends with this review goes on: its id, which is random, and never its moment or number.

    What it was sorted by goes with it only where everybody reads that: the count of who found it of use.
    """
    return f"{last.public_id}-{last.helpful_count}" if sort == HELPFUL else last.public_id


def read_cursor(given: str, sort: str, errors: dict[str, list[str]]) -> tuple[Any, int] | None:
    """The value that the review is sorted by, and its number; one query.

    One that is not published any more still tells its place, so a list that is being read goes on.
    """
    if not given:
        return None
    found = _CURSOR.fullmatch(given)
    if found is None or (found[2] is not None) != (sort == HELPFUL):
        errors["cursor"] = [_("Deze cursor hoort niet bij deze lijst; begin zonder cursor.")]
        return None
    rows = Review.objects.filter(public_id=found[1], published_at__isnull=False)
    row = rows.values_list("published_at", "pk").first()
    if row is None:
        errors["cursor"] = [_("De beoordeling waar deze cursor naar wijst, is er niet meer; begin zonder cursor.")]
        return None
    return int(found[2]) if sort == HELPFUL else row[0], row[1]


def _codes(query: QueryDict, name: str, errors: dict[str, list[str]]) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in query.getlist(name) if value))
    if len(values) > _MOST_VALUES:
        errors[name] = [_("Kies er hoogstens %(most)d.") % {"most": _MOST_VALUES}]
        return ()
    known = _known(name, values)
    wrong = [value for value in values if value not in known]
    if wrong:
        errors[name] = [
            _("“%(value)s” is niet bekend.") % {"value": value[:_LONGEST_SHOWN]}
            if name in _SCHEMES
            else _("“%(value)s” kan hier niet; kies uit %(known)s.")
            % {"value": value[:_LONGEST_SHOWN], "known": ", ".join(known)}
            for value in wrong[:_MOST_UNKNOWN_NAMES]
        ]
    return values


def _known(name: str, values: Collection[str]) -> Collection[str]:
    if name in _SCHEMES:
        wanted = [value for value in values if len(value) <= 60 and "\x00" not in value]
        found = Concept.objects.filter(scheme=_SCHEMES[name], code__in=wanted) if wanted else Concept.objects.none()
        return set(found.values_list("code", flat=True))
    if name == "sector":
        return SECTORS
    if name == "use":
        return Use.values
    return [str(year) for year in range(EARLIEST, current_school_year() + 1)]


def _last(query: QueryDict, name: str) -> str:
    """The last value that is not empty, as the lists of the catalogue read it."""
    return next((value for value in reversed(query.getlist(name)) if value), "")


def _unknown_name(name: str, names: Collection[str]) -> str:
    near = get_close_matches(name.lower(), names, n=1, cutoff=0.5)
    if near:
        return _("De parameter “%(name)s” bestaat niet; bedoelt u “%(near)s”?") % {
            "name": name[:_LONGEST_SHOWN],
            "near": near[0],
        }
    return _("De parameter “%(name)s” bestaat niet; kies uit %(known)s.") % {
        "name": name[:_LONGEST_SHOWN],
        "known": ", ".join(names),
    }
