"""The form by which a visitor reports a fault. How long the text may be, the service says."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ingest.models import FaultKind
from ingest.visitor_text import clean_text


class ReportForm(forms.Form):
    """website is a trap: people do not see it, programs that fill in everything do."""

    kind = forms.ChoiceField(
        label=_("Wat klopt er niet?"),
        choices=FaultKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wat er niet klopt. Past niets, kies dan “Iets anders”."),
            "invalid_choice": _("“%(value)s” staat niet in de lijst; kies er een uit."),
        },
    )
    text = forms.CharField(
        label=_("Wat staat er, en wat zou er moeten staan?"),
        # Without a largest size here: a browser would cut off what was pasted, and the service tells how long it was.
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Ten hoogste 2.000 tekens. Zeg erbij hoe u het weet, zoals een link of het omslag. "
            "Noem geen namen van leerlingen of collega's."
        ),
        error_messages={"required": _("Schrijf op wat er niet klopt.")},
    )
    reply_email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_(
            "Alleen als u antwoord wilt. We wissen het zodra de melding is afgehandeld, en in elk geval na 90 dagen."
        ),
        error_messages={
            "invalid": _("Dit is geen e-mailadres. Schrijf het als naam@school.nl, of laat het leeg."),
        },
    )
    website = forms.CharField(
        label=_("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, sent: QueryDict | None = None) -> None:
        self.is_trapped = bool(sent and sent.get("website"))
        if sent is not None:
            # As the page shows it anew: without signs that nobody can find, and with an empty trap, so that a person
            # who fell into it can send it again.
            sent = sent.copy()
            sent["text"] = clean_text(sent.get("text", ""))
            sent["website"] = ""
        super().__init__(sent)

    def clean(self) -> dict[str, Any] | None:
        if self.is_trapped:
            raise forms.ValidationError(
                _(
                    "Een verborgen veld was ingevuld, zoals programma's dat doen. "
                    "We hebben het leeggemaakt: verstuur de melding nog een keer."
                )
            )
        return super().clean()
