"""What was recognised, in the reader's words. Only what shows it imports this module: labels builds on search."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogus import labels
from catalogus.choices import Form
from catalogus.search.understanding.shapes import Recognised

_CHOICES: Mapping[str, type[TextChoices]] = {"forms": Form, **labels.CHOICE_FACETS}


def facet_name(recognised: Recognised) -> str:
    """The heading of its facet: "Niveau", "Prijs"."""
    if recognised.facet in labels.FACETS:
        return labels.facet_label(recognised.facet)
    return {"price": _("Prijs"), "edition": _("Uitgave"), "forms": _("Uitvoering")}[recognised.facet]


def value_names(recognised: Recognised) -> list[str]:
    """The names of its values, in the order of their vocabulary: ["Havo", "Vwo"]; of a price its bounds."""
    facet, codes = recognised.facet, recognised.codes
    if facet == "price":
        return [_bounds(recognised)]
    if facet == "edition":
        # Both kinds of name were meant, and the one that was typed says enough.
        return [codes[0].replace(" ", "/") if codes[0].replace(" ", "").isdigit() else codes[0]]
    if facet in _CHOICES:
        return [str(choice.label) for choice in _CHOICES[facet] if choice.value in codes]
    if facet in labels.CONCEPT_FACETS:
        places = labels.concept_places(labels.CONCEPT_FACETS[facet])
        codes = tuple(sorted(codes, key=lambda code: places.get(code, len(places))))
    return list(labels.value_labels(facet, codes).values())


def _bounds(recognised: Recognised) -> str:
    """ "onder € 30" for at most 29.99, "tot en met € 25" for at most 25.00: both say the same of whole cents."""
    least, most = recognised.least_cents, recognised.most_cents
    if least is not None and most is not None:
        return _("%(least)s tot en met %(most)s") % {"least": _amount(least), "most": _amount(most)}
    if most is not None:
        if most % 100 == 99:
            return _("onder %(price)s") % {"price": _amount(most + 1)}
        return _("tot en met %(price)s") % {"price": _amount(most)}
    least = least or 0
    if least % 100 == 1:
        return _("boven %(price)s") % {"price": _amount(least - 1)}
    return _("vanaf %(price)s") % {"price": _amount(least)}


def _amount(cents: int) -> str:
    """Whole euros without cents, as people type them."""
    whole = str(formats.number_format(cents // 100, use_l10n=True, force_grouping=True))
    rest = f"{formats.get_format('DECIMAL_SEPARATOR')}{cents % 100:02}" if cents % 100 else ""
    return f"€{whole}{rest}" if get_language() == "en" else f"€\u00a0{whole}{rest}"
