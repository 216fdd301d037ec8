"""The form of a publisher's reply. What it checks, the service checks again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models.reaction import REPLY_LENGTH


class ReplyForm(forms.Form):
    """version and seen: the review and the reply as they were when the form was made."""

    text = forms.CharField(
        label=_("Uw antwoord"),
        help_text=_(
            "Iedereen leest dit onder de beoordeling, met de naam van de uitgever en zonder uw eigen naam. "
            "Noem geen personen. Links worden gewone tekst."
        ),
        # Without a largest size here: the service tells how long the text was.
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": REPLY_LENGTH}),
        error_messages={"required": _("Schrijf uw antwoord.")},
        strip=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=32767)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40, empty_value="")
