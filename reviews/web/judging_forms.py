"""The form by which a moderator judges: a reason to choose, own words, and what they had before them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.wording import findings

AGAINST: Mapping[str, Promise] = {
    "person": _(
        "Er staan gegevens van een persoon in, zoals een naam, een e-mailadres of een telefoonnummer. Haal die weg."
    ),
    "abuse": _("De tekst is beledigend of discriminerend. Schrijf over het materiaal en niet over mensen."),
    "off-topic": _("De tekst gaat niet over deze methode of uitgave."),
    "advertising": _("De tekst is reclame voor dit of ander materiaal."),
    "interest": _("Er is een belang dat lezers moeten weten en dat u niet vertelt. Vertel het erbij."),
    "author": _("De schrijver lijkt het materiaal niet op deze school te hebben gebruikt."),
    "name": _("De naam bij de beoordeling deugt niet. Wijzig uw naam, of laat u omschrijven zonder naam."),
}
FOR: Mapping[str, Promise] = {
    "in-order": _("De tekst houdt zich aan de regels."),
    "sharp": _("Scherpe kritiek op het materiaal mag."),
    "told": _("Het belang staat erbij, zodat lezers het kunnen meewegen."),
    "no-ground": _("Wat er gemeld is, vinden we in de tekst niet terug."),
    "mistaken": _("Bij nader inzien was weghalen niet terecht."),
}
OFFERED = {**AGAINST, **FOR}
"""Ready texts for a reason, by code."""


class JudgingForm(forms.Form):
    """version, last_entry and reply_text: what the moderator saw; the page writes them into the form."""

    ready = forms.ChoiceField(
        label=_("Reden"),
        required=False,
        choices=[
            ("", _("Kies een reden, of schrijf haar zelf")),
            (_("Tegen de regels"), list(AGAINST.items())),
            (_("Binnen de regels"), list(FOR.items())),
        ],
        error_messages={"invalid_choice": _("“%(value)s” staat niet in de lijst; kies er een uit.")},
    )
    reason = forms.CharField(
        label=_("In eigen woorden"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Samen ten hoogste 2.000 tekens. De schrijver leest de reden. Zij blijft in het logboek staan, "
            "dus noem geen namen en haal de tekst niet aan."
        ),
    )
    # Only there where something was found in the reason: see clean.
    is_seen = forms.BooleanField(label=_("Ik heb ernaar gekeken: zo mag het in het logboek blijven."), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    last_entry = forms.IntegerField(widget=forms.HiddenInput)
    reply_text = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["is_seen"]

    def clean(self) -> dict[str, Any]:
        """Ask to look again at what should not stay for ever, as writers of reviews are asked."""
        said = self.cleaned_data
        found = findings({"reason": said.get("reason", "")})
        if not found:
            del self.fields["is_seen"]
        elif not said.get("is_seen"):
            self.add_error("reason", [one.message for one in found])
        return said

    @property
    def full_reason(self) -> str:
        """What was chosen and what was typed below it, as it is stored: Dutch, for every reader."""
        with translation.override("nl"):
            chosen = str(OFFERED.get(self.cleaned_data["ready"], ""))
        return "\n\n".join(text for text in (chosen, self.cleaned_data["reason"].strip()) if text)

    @property
    def reply_text_at(self) -> datetime | None:
        try:
            return parse_datetime(self.cleaned_data["reply_text"])
        except ValueError:
            return None
