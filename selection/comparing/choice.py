"""What the address of a comparison asks for, and the same printed again: nothing of a comparison is kept elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_COLUMNS = 5
LEAST_COLUMNS = 2

MOST_YEARS = 6
DEFAULT_YEARS = 4
"""The longest licence that publishers commonly sell, so that none looks cheaper for being cut off."""

MOST_PUPILS = 100_000
"""Far above the largest school: beyond it somebody typed a wrong number."""

MOST_READ = 25
"""Of the ids in an address; a longer one was not made by our pages, and all of it would be looked up."""

MOST_PICKS = 60

EVERY_CLASS = "alle"

_ID_LENGTH = 13


class Kind(StrEnum):
    """Also the name of the parameter that holds its ids."""

    METHOD = "method"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class KindWords:
    """many: with {n} in it."""

    code: Kind
    label: str | Promise
    one: str | Promise
    many: str | Promise


KIND_WORDS: Mapping[Kind, KindWords] = {
    Kind.METHOD: KindWords(
        Kind.METHOD,
        gettext_lazy("Methodes om te vergelijken"),
        gettext_lazy("1 methode gekozen"),
        gettext_lazy("{n} methodes gekozen"),
    ),
    Kind.PRODUCT: KindWords(
        Kind.PRODUCT,
        gettext_lazy("Producten om te vergelijken"),
        gettext_lazy("1 product gekozen"),
        gettext_lazy("{n} producten gekozen"),
    ),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """ids: public ids of one kind, each once, in the order of the columns.

    school_class: (level, year) codes, both empty for all classes together, None where none was chosen. picks: public
    ids of products that one pupil needs, in the reader's opinion. folded: codes of groups.
    """

    kind: Kind
    ids: tuple[str, ...] = ()
    years: int = DEFAULT_YEARS
    pupils: int | None = None
    school_class: tuple[str, str] | None = None
    picks: tuple[str, ...] = ()
    only_differences: bool = False
    folded: frozenset[str] = frozenset()

    def query(self) -> str:
        """What is not the default, in one order: equal comparisons have equal addresses."""
        pairs = [(self.kind.value, one) for one in self.ids]
        if self.years != DEFAULT_YEARS:
            pairs.append(("period", str(self.years)))
        if self.pupils is not None:
            pairs.append(("pupils", str(self.pupils)))
        if self.school_class is not None:
            pairs.append(("klas", class_code(self.school_class)))
        pairs += [("pick", one) for one in self.picks]
        if self.only_differences:
            pairs.append(("verschil", "1"))
        return urlencode(pairs + [("dicht", code) for code in sorted(self.folded)])

    def without(self, public_id: str) -> "Choice":
        return replace(self, ids=tuple(one for one in self.ids if one != public_id))

    def moved_left(self, place: int) -> "Choice":
        """The column at this place, not the first, and the one before it the other way round."""
        ids = list(self.ids)
        ids[place - 1], ids[place] = ids[place], ids[place - 1]
        return replace(self, ids=tuple(ids))

    def with_fold_of(self, code: str) -> "Choice":
        """Folded where it was open, and open where it was folded."""
        return replace(self, folded=self.folded ^ {code})


@dataclass(frozen=True, slots=True)
class Reading:
    """choices: one for each kind of which there are ids. notices: what of the address was not followed, and why."""

    choices: Mapping[Kind, Choice]
    notices: tuple[str, ...]


def class_code(school_class: tuple[str, str]) -> str:
    """("havo", "leerjaar-3") -> "havo.leerjaar-3"; no code of a vocabulary holds a full stop."""
    return ".".join(school_class) if any(school_class) else EVERY_CLASS


def read_choice(query: Mapping[str, Sequence[str]]) -> Reading:
    """Whatever an address holds can be read; a value that says nothing is named in the notices and left out."""
    notices: list[str] = []
    years = _years(_last(query, "period"), notices)
    pupils = _pupils(_last(query, "pupils"), notices)
    picks = _ids(query.get("pick", ()))
    if len(picks) > MOST_PICKS:
        notices.append(_("Er zijn meer dan %(most)s producten gekozen; de rest telt niet mee.") % {"most": MOST_PICKS})
    common = Choice(
        Kind.METHOD,
        years=years,
        pupils=pupils,
        school_class=_school_class(_last(query, "klas")),
        picks=picks[:MOST_PICKS],
        only_differences=_last(query, "verschil") == "1",
        folded=frozenset(map(_clean, query.get("dicht", ())[:MOST_READ])) - {""},
    )
    choices = {}
    for kind in Kind:
        given = [one for one in query.get(kind.value, ()) if _clean(one)]
        ids = _ids(given)
        if len(ids) < len(given):
            notices.append(_("Wat vaker dan één keer in het adres staat, krijgt één kolom."))
        if len(ids) > MOST_READ:
            notices.append(
                _("Het adres noemt er %(count)s; alleen de eerste %(most)s zijn opgezocht.")
                % {"count": len(ids), "most": MOST_READ}
            )
        if ids:
            choices[kind] = replace(common, kind=kind, ids=ids[:MOST_READ])
    return Reading(choices, tuple(dict.fromkeys(notices)))


def _last(query: Mapping[str, Sequence[str]], name: str) -> str:
    values = query.get(name, ())
    return _clean(values[-1]) if values else ""


def _ids(values: Sequence[str]) -> tuple[str, ...]:
    # One sign too many makes it an id that nothing has, and the page can still name it.
    return tuple(dict.fromkeys(found for one in values if (found := _clean(one)[: _ID_LENGTH + 1].strip())))


def _clean(text: str) -> str:
    """Without signs that PostgreSQL does not take or nobody sees, and no longer than a code is."""
    return "".join(sign for sign in text[:80] if sign.isprintable()).strip()


def _school_class(text: str) -> tuple[str, str] | None:
    if text in {"", EVERY_CLASS}:
        return ("", "") if text else None
    level, _dot, year = text.partition(".")
    return level, year


def _years(text: str, notices: list[str]) -> int:
    if not text:
        return DEFAULT_YEARS
    years = _number(text)
    if years is None or not 1 <= years <= MOST_YEARS:
        notices.append(
            _("Periode “%(value)s” kan niet: kies 1 tot en met %(most)s jaar. Er is gerekend met %(years)s jaar.")
            % {"value": text[:20], "most": MOST_YEARS, "years": DEFAULT_YEARS}
        )
        return DEFAULT_YEARS
    return years


def _pupils(text: str, notices: list[str]) -> int | None:
    if not text:
        return None
    pupils = _number(text)
    if pupils is None or not 1 <= pupils <= MOST_PUPILS:
        notices.append(
            _("Aantal leerlingen “%(value)s” kan niet: vul een heel getal in van 1 tot en met %(most)s, of niets.")
            % {"value": text[:20], "most": MOST_PUPILS}
        )
        return None
    return pupils


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
