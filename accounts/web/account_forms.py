"""The forms on a person's own pages. What they check, the services check again."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts import mail_kinds
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


class DeleteForm(forms.Form):
    confirm = forms.BooleanField(
        label=_("Ja, verwijder mijn account en alles wat hierboven verdwijnt. Dit kan niet ongedaan worden gemaakt."),
        error_messages={"required": _("Zet een vinkje als u uw account wilt verwijderen. Er is nog niets gewist.")},
    )
