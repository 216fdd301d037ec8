"""How fields of django-allauth's forms are worded and typed into on this site."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators
from django.core.validators import MaxLengthValidator
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EMAIL_LENGTH = 254
"""What the columns hold: the longest address that mail can be sent to (RFC 5321, clause 4.5.3.1.3)."""
EMAIL = gettext_lazy("E-mailadres")
NEW_PASSWORD = gettext_lazy("Nieuw wachtwoord")


class OwnWords(forms.Form):
    """Our labels and help in the place of allauth's, by the name of the field.

    Without placeholders, which vanish as soon as one types; and a new password is asked once, for a second field
    proves no more than that one can copy. Who mistyped it asks for another by mail.
    """

    labels: ClassVar[Mapping[str, Any]] = {}
    helps: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = self.helps.get(name, "")
            if name in self.labels:
                field.label = self.labels[name]
        if "email" in self.fields:
            _limit(self.fields["email"], EMAIL_LENGTH)


class CodeField(forms.CharField):
    """A code that was sent or is shown elsewhere. Spaces are dropped: apps show "123 456"."""

    def __init__(self, *, is_numeric: bool, **kwargs: Any) -> None:
        attrs = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        if is_numeric:
            attrs["inputmode"] = "numeric"
        super().__init__(max_length=32, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return "".join(text.split())


def _limit(field: forms.Field, length: int) -> None:
    """Refuse what the database cannot hold; Django's own limit for an address is wider than the column's."""
    field.validators.append(MaxLengthValidator(length))
    field.widget.attrs["maxlength"] = str(length)


def _password_help() -> str:
    lengths = [
        rule.min_length for rule in get_default_password_validators() if isinstance(rule, MinimumLengthValidator)
    ]
    return _(
        "Ten minste %(length)d tekens. Een paar woorden achter elkaar zijn makkelijk te onthouden en moeilijk te raden."
    ) % {"length": max(lengths, default=1)}


PASSWORD_HELP = lazy(_password_help, str)()
