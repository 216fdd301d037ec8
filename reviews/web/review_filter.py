"""The form of filters of a method's reviews: only what gives something, with how many each choice gives."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus import labels
from catalogus.models import Scheme
from catalogus.web import formatting
from reviews.models import Use
from reviews.school_years import school_year_label
from reviews.selectors.filtering import CURRENT, OLDER, PARAMETERS, ReviewFacts, ReviewFilter, Sort

SORTS: Mapping[str, str | Promise] = {
    Sort.NEWEST: gettext_lazy("nieuwste eerst"),
    Sort.HELPFUL: gettext_lazy("nuttigste eerst"),
    Sort.HIGHEST: gettext_lazy("hoogste oordeel eerst"),
    Sort.LOWEST: gettext_lazy("laagste oordeel eerst"),
}

_VALUES: Mapping[str, Callable[[ReviewFacts], Iterable[str]]] = {
    "edition": lambda one: (OLDER if one.is_older else CURRENT, str(one.edition)),
    "sector": lambda one: (one.sector,),
    "level": lambda one: one.levels,
    "year": lambda one: one.years,
    "use": lambda one: (one.use,),
    "school_year": lambda one: (str(one.school_year),),
}
"""Field -> the values with which a review is found."""


@dataclass(frozen=True, slots=True)
class ReviewOption:
    """label: with the number that the choice gives beside the other fields' choices."""

    value: str
    label: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class ReviewField:
    name: str
    label: str
    options: Sequence[ReviewOption]


def form_fields(facts: Sequence[ReviewFacts], chosen: ReviewFilter, editions: Mapping[str, str]) -> list[ReviewField]:
    """The fields in which there is something to choose, or something was chosen.

    editions: number of a row, as text -> its label, in the order of the page.
    """
    return [field for name in _VALUES if (field := _field(name, facts, chosen, editions)) is not None]


def sort_field(chosen: ReviewFilter) -> ReviewField:
    options = [ReviewOption(value, str(label), value == chosen.sort) for value, label in SORTS.items()]
    return ReviewField(PARAMETERS["sort"], _("Volgorde"), options)


def described(chosen: ReviewFilter, editions: Mapping[str, str]) -> str:
    """ "Havo, leerjaar 3": what is chosen, in the words of the form."""
    return formatting.joined(
        [_words(name, value, editions) for name in _VALUES if (value := getattr(chosen, name))]
        + ([_("over één product")] if chosen.product else [])
    )


def _field(
    name: str, facts: Sequence[ReviewFacts], chosen: ReviewFilter, editions: Mapping[str, str]
) -> ReviewField | None:
    counts: Counter[str] = Counter()
    for one in facts:
        if chosen.fits(one, besides=name):
            counts.update(_VALUES[name](one))
    selected = getattr(chosen, name)
    if name == "edition" and len(editions) < 2:
        counts = Counter({key: number for key, number in counts.items() if key not in (CURRENT, OLDER)})
    values = _in_order(name, {*counts, *([selected] if selected else [])}, editions)
    if len(values) < 2 and not selected:
        return None
    options = [
        ReviewOption(value, f"{_words(name, value, editions)} ({formatting.number(counts[value])})", value == selected)
        for value in values
    ]
    return ReviewField(PARAMETERS[name], str(_LABELS[name]), options)


_LABELS: Mapping[str, str | Promise] = {
    "edition": gettext_lazy("Uitgave"),
    "sector": gettext_lazy("Sector"),
    "level": gettext_lazy("Niveau"),
    "year": gettext_lazy("Leerjaar of groep"),
    "use": gettext_lazy("Gebruikt"),
    "school_year": gettext_lazy("Schooljaar"),
}
_SCHEMES = {"sector": Scheme.SECTOR, "level": Scheme.LEVEL, "year": Scheme.YEAR}


def _in_order(name: str, values: Iterable[str], editions: Mapping[str, str]) -> list[str]:
    if name in _SCHEMES:
        return formatting.in_order(_SCHEMES[name], values)
    if name == "edition":
        order = [CURRENT, OLDER, *editions]
        return sorted(values, key=lambda value: (order.index(value) if value in order else len(order), value))
    if name == "school_year":
        return sorted(values, reverse=True)
    return [value for value in Use.values if value in set(values)]


def _words(name: str, value: str, editions: Mapping[str, str]) -> str:
    if name in _SCHEMES:
        return labels.concept_label(_SCHEMES[name], value)
    if name == "edition":
        named = {CURRENT: _("huidige uitgave"), OLDER: _("oudere uitgaven")}
        return named.get(value) or editions.get(value) or _("een andere uitgave")
    if name == "school_year":
        return school_year_label(int(value))
    return str(Use(value).label)
