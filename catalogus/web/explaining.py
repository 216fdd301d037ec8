"""Why a hit stands where it stands, in words: for staff that asks with explain=1."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.search.backend import Explanation
from catalogus.web import formatting

_KINDS = {
    "ean": gettext_lazy("het EAN is het gevraagde nummer"),
    "ean_within": gettext_lazy("het gevraagde nummer staat in de productcode"),
    "identifier": gettext_lazy("de productcode is de gevraagde"),
    "whole_title": gettext_lazy("de titel is precies de zoektekst"),
    "whole_method": gettext_lazy("de naam van de methode is precies de zoektekst"),
    "all_words": gettext_lazy("alle woorden komen voor"),
    "method_name": gettext_lazy("in de naam van de methode"),
    "title": gettext_lazy("in de titel"),
    "text": gettext_lazy("ergens in de gegevens"),
    "description": gettext_lazy("in de omschrijving"),
    "part": gettext_lazy("als deel van een samenstelling"),
    "parts": gettext_lazy("de delen ervan komen voor"),
    "joined": gettext_lazy("met de woorden ernaast aaneengeschreven"),
    "beginning": gettext_lazy("als begin van een woord"),
    "synonym": gettext_lazy("een synoniem komt voor"),
    "near": gettext_lazy("een woord dat erop lijkt komt voor"),
    "phrase": gettext_lazy("deze woorden staan naast elkaar"),
    "stop_words": gettext_lazy("ook de kleine woorden komen voor"),
    "fact": gettext_lazy("volgens de kenmerken"),
    "not_stated": gettext_lazy("niveau of leerjaar is deels niet opgegeven"),
    "named": gettext_lazy("in titel of naam, niet in de kenmerken"),
    "name_within": gettext_lazy("de zoektekst bevat de naam van de methode"),
    "in_order": gettext_lazy("de woorden staan in dezelfde volgorde"),
    "orderable": gettext_lazy("leverbaar"),
    "current": gettext_lazy("geen oudere uitgave"),
    "reviewed": gettext_lazy("beoordeeld"),
    "well_reviewed": gettext_lazy("vijf keer of vaker beoordeeld"),
}


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    text: str
    weight: str


@dataclass(frozen=True, slots=True)
class Explained:
    """score: the sum that the engine made; of the lines about one word only the heaviest is in it."""

    score: str
    lines: tuple[ExplainedLine, ...]


def explained(explanation: Explanation | None) -> Explained | None:
    """An explanation as a page shows it; None where none was asked."""
    if explanation is None:
        return None
    lines = tuple(ExplainedLine(_in_words(name), formatting.decimal(weight)) for name, weight in explanation.lines)
    return Explained(formatting.decimal(explanation.score), lines)


def _in_words(name: str) -> str:
    """ "title:wiskunde" -> "“wiskunde”: in de titel"; "synonym:werkschrift:werkboek" names both words."""
    kind, *subjects = name.split(":")
    words = [f"“{subject}”" for subject in reversed(subjects) if subject]
    told = str(_KINDS.get(kind, kind))
    return _("%(words)s: %(told)s") % {"words": ", ".join(words), "told": told} if words else told
