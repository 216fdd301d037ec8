"""A form that everybody may send, with a trap: people do not see the field, programs that fill in everything do."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class TrappedForm(forms.Form):
    """What was sent is shown anew with an empty trap, so that a person who fell into it can send it again."""

    website = forms.CharField(
        label=_("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, sent: QueryDict | None = None, **more: Any) -> None:
        self.is_trapped = bool(sent and sent.get("website"))
        if sent is not None:
            sent = sent.copy()
            sent["website"] = ""
        super().__init__(sent, **more)

    def clean(self) -> dict[str, Any] | None:
        if self.is_trapped:
            raise forms.ValidationError(
                _(
                    "Een verborgen veld was ingevuld, zoals programma's dat doen. "
                    "We hebben het leeggemaakt: verstuur de melding nog een keer."
                )
            )
        return super().clean()
