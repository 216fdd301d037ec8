"""The form by which a reader tells that a review or a reply is against the rules. The service checks what it says."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.web.trapped_forms import TrappedForm
from catalogus.texts import printable
from reviews.models import FlagReason


class FlagForm(TrappedForm):
    """version and reply_text: which text the reader saw; what was sent is shown anew with those of today."""

    reason = forms.ChoiceField(
        label=_("Wat is er?"),
        choices=FlagReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wat er is. Past niets, kies dan “iets anders”."),
            "invalid_choice": _("“%(value)s” staat niet in de lijst; kies er een uit."),
        },
    )
    text = forms.CharField(
        label=_("Toelichting"),
        required=False,
        strip=False,
        # Without a largest size here: a browser would cut off what was pasted, and the service tells how long it was.
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Ten hoogste 1.000 tekens. Wijs aan om welke woorden het gaat. Noem geen namen van leerlingen of collega's."
        ),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reply_text = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, sent: QueryDict | None = None, *, version: int, reply_text: str, is_of_reply: bool) -> None:
        self.seen = (sent.get("version", ""), sent.get("reply_text", "")) if sent is not None else ("", "")
        if sent is not None:
            sent = sent.copy()
            sent["text"] = "\n".join(printable(line) for line in sent.get("text", "").split("\n"))
            sent["version"], sent["reply_text"] = str(version), reply_text
        super().__init__(sent, initial={"version": version, "reply_text": reply_text})
        if is_of_reply:
            # A reply stands in the publisher's name, and nobody wrote it as a teacher.
            without = {FlagReason.NAME, FlagReason.UNTRUE_AUTHOR, FlagReason.INTEREST}
            reason = self.fields["reason"]
            assert isinstance(reason, forms.ChoiceField)  # noqa: S101  It is declared above.
            reason.choices = [one for one in FlagReason.choices if one[0] not in without]
