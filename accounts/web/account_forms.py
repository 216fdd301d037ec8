"""The forms on a person's own pages. What they check, the services check again."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts import mail_kinds
from accounts.models import TokenScope
from accounts.services.personal_tokens import NAME_LENGTH as NAME_OF_TOKEN_LENGTH
from accounts.services.profile import NAME_LENGTH


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("Weergavenaam"),
        required=False,
        # Without a largest size here: the service tells how long the name was.
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": NAME_LENGTH}),
        help_text=_(
            "Zo staat u bij wat u hier schrijft. Laat u dit leeg, dan zien anderen alleen uw rol en uw school. "
            "Geen e-mailadres of link."
        ),
        strip=False,
    )
    language = forms.ChoiceField(
        label=_("Taal"),
        required=False,
        choices=[("", _("Zoals mijn browser vraagt")), *settings.LANGUAGES],
        help_text=_("Zo ziet u de site overal waar u zich aanmeldt, en zo schrijven we u."),
        error_messages={"invalid_choice": _("“%(value)s” is geen taal van deze site; kies er een uit de lijst.")},
    )


class MailForm(forms.Form):
    """A tick for each kind of mail that may be refused. wanted: code -> whether it is wanted now."""

    def __init__(self, *args: Any, wanted: dict[str, bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in mail_kinds.optional_kinds():
            self.fields[kind.name] = forms.BooleanField(
                label=str(kind.label), required=False, initial=wanted.get(kind.name, kind.is_on_by_default)
            )


class TokenForm(forms.Form):
    """What a personal token is for, what it may and how long; the service says within which limits."""

    name = forms.CharField(
        label=_("Waarvoor"),
        # Without a largest size here: the service tells how long the name was.
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": NAME_OF_TOKEN_LENGTH}),
        help_text=_("Bijvoorbeeld de naam van het programma dat het gaat gebruiken. Alleen u ziet dit."),
        error_messages={"required": _("Schrijf waarvoor het token is, zoals de naam van het programma.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("Wat ermee mag"),
        choices=TokenScope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Kies ten minste één ding dat met het token mag."),
            "invalid_choice": _("“%(value)s” kan een token niet; kies uit de lijst."),
        },
    )
    expires_on = forms.DateField(
        label=_("Werkt tot en met"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Ten hoogste een jaar. Daarna maakt u een nieuw."),
        error_messages={
            "required": _("Kies de laatste dag waarop het token werkt."),
            "invalid": _("Dit is geen datum. Schrijf hem als 2027-08-01."),
        },
    )

    def clean_scopes(self) -> list[TokenScope]:
        return [TokenScope(scope) for scope in self.cleaned_data["scopes"]]


class DeleteForm(forms.Form):
    confirm = forms.BooleanField(
        label=_("Ja, verwijder mijn account en alles wat hierboven verdwijnt. Dit kan niet ongedaan worden gemaakt."),
        error_messages={"required": _("Zet een vinkje als u uw account wilt verwijderen. Er is nog niets gewist.")},
    )
