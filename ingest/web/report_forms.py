"""The form by which a visitor reports a fault. How long the text may be, the service says."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.web.trapped_forms import TrappedForm
from ingest.models import FaultKind
from ingest.visitor_text import clean_text


class ReportForm(TrappedForm):
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

    def __init__(self, sent: QueryDict | None = None) -> None:
        if sent is not None:
            # As the page shows it anew: without signs that nobody can find.
            sent = sent.copy()
            sent["text"] = clean_text(sent.get("text", ""))
        super().__init__(sent)
