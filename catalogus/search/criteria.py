"""A search as a value: what was asked, read from an address and printed back to it. One address is one search."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from catalogus.exceptions import InvalidCriteria
from catalogus.facets import FACETS

MAX_TEXT_LENGTH = 300
"""Longer than any real title; a longer text would be a pasted page, and costs the engine more than it finds."""

PAGE_SIZES = range(1, 101)
DEFAULT_PAGE_SIZE = 20
MAX_REACHABLE = 10_000
"""How far page numbers reach, in hits: the engine's own window. Beyond it a cursor goes on."""

MAX_VALUES = 100
"""Choices in one search, all facets together; a page repeats each in the address of every other."""

MOST_FAULTS = 10
"""Faults that are told of one parameter; more are no slip of the pen, and an answer that lists them helps nobody."""


class View(StrEnum):
    METHODS = "methods"
    PRODUCTS = "products"


class Sort(StrEnum):
    RELEVANCE = "relevance"
    TITLE = "title"
    NEWEST = "newest"
    PRICE = "price"
    RATING = "rating"
    REVIEWS = "reviews"


FACET_PARAMETERS: Mapping[str, str] = {rule.name: rule.parameter for rule in FACETS.values()}
"""Facet -> the name of its parameter in an address."""

CLOSED_LISTS: Mapping[str, frozenset[str]] = {
    rule.name: frozenset(rule.codes) for rule in FACETS.values() if rule.codes
}
E = TypeVar("E", bound=StrEnum)
_CODE = re.compile(r"[a-z0-9_][a-z0-9_-]{0,79}")


@dataclass(frozen=True, slots=True)
class SearchCriteria:
    """What is asked. Values within a facet are alternatives; facets narrow each other.

    Without states, products that are known to be gone stay out, and without sectors those for higher education
    alone; include_all takes them in. is_literal: the words of the text are words alone, whatever they name. Tuples
    are sorted and without repeats, so equal searches are equal values.
    """

    text: str = ""
    view: View = View.METHODS
    sectors: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    prices: tuple[str, ...] = ()
    ratings: tuple[str, ...] = ()
    news: tuple[str, ...] = ()
    licenses: tuple[str, ...] = ()
    durations: tuple[str, ...] = ()
    openness: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    include_all: bool = False
    is_literal: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = field(default=DEFAULT_PAGE_SIZE)
    cursor: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, Iterable[str]], *, view: View = View.METHODS) -> Self:
        """Read parameters (name -> values, as QueryDict.lists() gives). Unknown parameters are left alone.

        Raises InvalidCriteria, which names each bad field, its value and the remedy.
        """
        return cls(**_Reader(query).read(view))  # type: ignore[arg-type]

    def selected(self, facet: str) -> tuple[str, ...]:
        """The chosen codes of a facet, by its plural name ("sectors")."""
        values: tuple[str, ...] = getattr(self, facet)
        return values

    def choosing(self, facet: str, *codes: str) -> Self:
        """The same search with these choices in a facet instead of its own, from its first page."""
        changes: dict[str, Any] = {facet: tuple(sorted(set(codes))), "page": 1, "cursor": ""}
        return replace(self, **changes)

    def with_page(self, page: int) -> Self:
        return replace(self, page=page, cursor="")

    def without(self, facet: str, code: str = "") -> Self:
        """The same search without one choice of a facet, or without all of them, from its first page."""
        return self.choosing(facet, *(value for value in self.selected(facet) if code and value != code))

    def query_string(self) -> str:
        """The parameters that say this search, as an address has them."""
        return urlencode(self.parameters())

    def parameters(self) -> list[tuple[str, str]]:
        """The parameters that say this search, in one order, defaults left out."""
        pairs: list[tuple[str, str]] = [("q", self.text)] if self.text else []
        if self.view != View.METHODS:
            pairs.append(("view", self.view.value))
        for facet, parameter in FACET_PARAMETERS.items():
            pairs += [(parameter, code) for code in self.selected(facet)]
        if self.include_all:
            pairs.append(("all", "1"))
        if self.is_literal:
            pairs.append(("literal", "1"))
        if self.sort != Sort.RELEVANCE:
            pairs.append(("sort", self.sort.value))
        if self.page_size != DEFAULT_PAGE_SIZE:
            pairs.append(("page_size", str(self.page_size)))
        if self.cursor:
            pairs.append(("cursor", self.cursor))
        elif self.page != 1:
            pairs.append(("page", str(self.page)))
        return pairs


class _Reader:
    """Reads parameters one by one and collects what is wrong, so that a caller hears all of it at once."""

    def __init__(self, query: Mapping[str, Iterable[str]]) -> None:
        self.query = {name: [value.strip() for value in values] for name, values in query.items()}
        self.errors: dict[str, list[str]] = {}
        self._chosen = 0

    def read(self, view: View) -> dict[str, object]:
        """The constructor's arguments; raises InvalidCriteria where a parameter cannot be read."""
        values: dict[str, object] = {
            "text": self._text(),
            "view": self._choice("view", View, view),
            "sort": self._choice("sort", Sort, Sort.RELEVANCE),
            "include_all": self._flag("all"),
            "is_literal": self._flag("literal"),
            "page": self._whole_number("page", 1, range(1, MAX_REACHABLE + 1)),
            "page_size": self._whole_number("page_size", DEFAULT_PAGE_SIZE, PAGE_SIZES),
            "cursor": self._last("cursor"),
        }
        for facet, parameter in FACET_PARAMETERS.items():
            values[facet] = self._codes(facet, parameter)
        self._check_reach(values)
        if self.errors:
            raise InvalidCriteria(self.errors)
        if values["cursor"]:
            values["page"] = 1  # A cursor says where to go on by itself.
        return values

    def _last(self, name: str) -> str:
        given = [value for value in self.query.get(name, []) if value]
        return given[-1] if given else ""

    def _fail(self, name: str, message: str) -> None:
        found = self.errors.setdefault(name, [])
        # The last one is told in any case: that a thousand choices are too many says more than which of them are wrong.
        del found[MOST_FAULTS - 1 :]
        found.append(message)

    def _text(self) -> str:
        text = " ".join(self._last("q").replace("\x00", " ").split())
        if len(text) > MAX_TEXT_LENGTH:
            self._fail(
                "q",
                _("De zoektekst telt %(length)d tekens; gebruik er hoogstens %(maximum)d.")
                % {"length": len(text), "maximum": MAX_TEXT_LENGTH},
            )
        return text

    def _choice(self, name: str, choices: type[E], default: E) -> E:
        given = self._last(name)
        if not given:
            return default
        try:
            return choices(given)
        except ValueError:
            self._fail(
                name,
                _("“%(value)s” bestaat niet; kies uit %(choices)s.")
                % {"value": given[:80], "choices": ", ".join(choice.value for choice in choices)},
            )
            return default

    def _flag(self, name: str) -> bool:
        given = self._last(name)
        if given not in {"", "0", "1"}:
            self._fail(name, _("“%(value)s” is geen ja of nee; gebruik 1 of 0.") % {"value": given[:80]})
        return given == "1"

    def _whole_number(self, name: str, default: int, allowed: range) -> int:
        given = self._last(name)
        if not given:
            return default
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
        if number not in allowed:
            self._fail(
                name,
                _("“%(value)s” kan niet; gebruik een geheel getal van %(least)d tot en met %(most)d.")
                % {"value": given[:80], "least": allowed[0], "most": allowed[-1]},
            )
            return default
        return number

    def _codes(self, facet: str, parameter: str) -> tuple[str, ...]:
        # "havo,vwo" is read as two values, as people write it by hand; no code holds a comma.
        parts = (part.strip() for value in self.query.get(parameter, []) for part in value.lower().split(","))
        given = {code for code in parts if code}
        allowed = CLOSED_LISTS.get(facet)
        for code in sorted(given):
            if allowed is not None:
                if code not in allowed:
                    self._fail(
                        parameter,
                        _("“%(value)s” bestaat niet; kies uit %(choices)s.")
                        % {"value": code[:80], "choices": ", ".join(sorted(allowed))},
                    )
            elif not _CODE.fullmatch(code):
                self._fail(
                    parameter,
                    _("“%(value)s” is geen code; een code heeft kleine letters, cijfers en streepjes, zoals “havo”.")
                    % {"value": code[:80]},
                )
        self._chosen += len(given)
        if given and self._chosen > MAX_VALUES:
            self._fail(
                parameter,
                _("%(count)d keuzes zijn te veel; kies er hoogstens %(maximum)d.")
                % {"count": self._chosen, "maximum": MAX_VALUES},
            )
            return ()
        return tuple(sorted(given))

    def _check_reach(self, values: Mapping[str, object]) -> None:
        page, page_size = values["page"], values["page_size"]
        if isinstance(page, int) and isinstance(page_size, int) and page * page_size > MAX_REACHABLE:
            self._fail(
                "page",
                _(
                    "Pagina %(page)d ligt voorbij de eerste %(reach)d resultaten; maak de vraag nauwer, of lees verder"
                    " met “next” uit het antwoord."
                )
                % {"page": page, "reach": MAX_REACHABLE},
            )
