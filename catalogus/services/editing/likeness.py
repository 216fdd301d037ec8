"""What two groups of products have in common, for an editor who is about to bring them together."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from catalogus.models import Concept, Edition, Method, Product, Scheme
from catalogus.naming import normal_form

_SHORT = 3
"""Words of so many letters or fewer ("de", "mbo", "vwo") say little of what a book is."""

_LITTLE = 0.2
_MOST_TITLES = 500
"""Of a method with more products so many titles are read; they repeat each other."""


@dataclass(frozen=True, slots=True)
class EditionMeeting:
    """One edition after a merge: how many products come from either side, under the label that it will have."""

    label: str
    from_source: int
    from_target: int


def edition_meetings(source: Method, target: Method) -> tuple[EditionMeeting, ...]:
    """The editions of two methods, by key; those alone that hold a product."""
    sides = [_editions(source), _editions(target)]
    keys = sorted(set(sides[0]) | set(sides[1]))
    return tuple(
        EditionMeeting(
            label=(sides[1].get(key) or sides[0][key])[0],
            from_source=sides[0].get(key, ("", 0))[1],
            from_target=sides[1].get(key, ("", 0))[1],
        )
        for key in keys
    )


def _editions(method: Method) -> dict[str, tuple[str, int]]:
    """Key -> label and number of products."""
    rows = Edition.objects.filter(method=method).annotate(size=Count("products")).filter(size__gt=0).order_by("pk")
    return {key: (label, size) for key, label, size in rows.values_list("key", "label", "size")}


def differences(source: Method, target: Method) -> list[str]:
    """Sentences on what makes it doubtful that two methods are one; empty where nothing does."""
    found = []
    for column, scheme, text in (
        ("sectors", Scheme.SECTOR, _("Andere sectoren: %(source)s tegenover %(target)s.")),
        ("subjects", Scheme.SUBJECT, _("Andere vakken: %(source)s tegenover %(target)s.")),
    ):
        sides = _codes(source, column), _codes(target, column)
        if all(sides) and not sides[0] & sides[1]:
            found.append(text % {"source": code_names(scheme, sides[0]), "target": code_names(scheme, sides[1])})
    words = _words(source), _words(target)
    if all(words) and len(words[0] & words[1]) < _LITTLE * min(len(words[0]), len(words[1])):
        found.append(_("De titels hebben weinig woorden gemeen."))
    return found


def _codes(method: Method, column: str) -> set[str]:
    rows = Product.objects.filter(method=method, merged_into=None).values_list(column, flat=True)
    return {code for codes in rows for code in codes}


def code_names(scheme: Scheme, codes: Collection[str]) -> str:
    """What codes are called, in the order of their vocabulary: "havo, vwo"."""
    return ", ".join(concept.label for concept in Concept.objects.filter(scheme=scheme, code__in=codes))


def _words(method: Method) -> set[str]:
    titles = Product.objects.filter(method=method, merged_into=None).order_by("pk").values_list("title", flat=True)
    texts = [method.name, *titles[:_MOST_TITLES]]
    return {word for text in texts for word in normal_form(text).split() if len(word) > _SHORT}
