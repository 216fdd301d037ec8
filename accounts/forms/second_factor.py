"""django-allauth's forms for the second factor, in our own words and with an answer to whatever a browser sends."""

from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from allauth.mfa.webauthn.internal.auth import get_state
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from fido2.webauthn import UserVerificationRequirement

from accounts.forms.fields import CodeField, OwnWords

KEY_NAME_LENGTH = 60


class ActivateAppForm(OwnWords, totp_forms.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("Zes cijfers, elke halve minuut andere.")
        self.fields["code"] = CodeField(is_numeric=True, label=_("Code uit uw app"), help_text=help_text)


class _EnterCode(OwnWords):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("Zes cijfers uit uw app, of een van uw herstelcodes.")
        self.fields["code"] = CodeField(is_numeric=True, label=_("Code"), help_text=help_text)


class EnterCodeForm(_EnterCode, base_forms.AuthenticateForm):
    pass


class EnterCodeAgainForm(_EnterCode, base_forms.ReauthenticateForm):
    pass


class _UseKey(OwnWords):
    """A credential as the browser's script sends it; what it should be is the key's business, not the person's."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # allauth's form stands behind it.
        except (forms.ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise _not_recognised(error) from error


class UseKeyForm(_UseKey, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class UseKeyAgainForm(_UseKey, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


class UsePasskeyForm(_UseKey, webauthn_forms.LoginWebAuthnForm):
    def clean_credential(self) -> Any:
        """Refuse an answer to another question than that of this form.

        allauth keeps the last question of a visit, whoever asked it, and that of a second step asks for no PIN or
        finger: a stolen key would be enough by itself.
        """
        asked = get_state() or {}
        if asked.get("user_verification") != UserVerificationRequirement.REQUIRED:
            raise _not_recognised(ValueError("the key was asked for no PIN"))
        return super().clean_credential()


class AddKeyForm(OwnWords, webauthn_forms.AddWebAuthnForm):
    labels = {
        "name": gettext_lazy("Naam van de sleutel"),
        "passwordless": gettext_lazy("Ook aanmelden zonder wachtwoord"),
    }
    helps = {
        "name": gettext_lazy("Zo herkent u hem later terug, bijvoorbeeld “laptop van school”."),
        "passwordless": gettext_lazy(
            "De sleutel wordt dan een passkey: die alleen is genoeg, met uw vingerafdruk, gezicht of pincode."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _limit_name(self)

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean() or {}
        except (forms.ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise _not_recognised(error) from error
        return cleaned


class RenameKeyForm(OwnWords, webauthn_forms.EditWebAuthnForm):
    labels = {"name": gettext_lazy("Naam van de sleutel")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _limit_name(self)


def _limit_name(form: forms.Form) -> None:
    name = form.fields["name"]
    name.validators.append(forms.CharField(max_length=KEY_NAME_LENGTH).validators[0])
    name.widget.attrs["maxlength"] = str(KEY_NAME_LENGTH)


def _not_recognised(error: Exception) -> forms.ValidationError:
    """What to tell; a limit on guessing keeps its own words, for waiting is its remedy."""
    if isinstance(error, forms.ValidationError) and getattr(error, "code", "") not in {"incorrect_code", "invalid"}:
        return error
    return forms.ValidationError(_("De sleutel werd niet herkend. Probeer het opnieuw."), code="incorrect_code")
