"""django-allauth's forms for signing up, signing in and changing how one does, in our own words."""

from typing import Any

from allauth.account import forms as allauth_forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import EMAIL, NEW_PASSWORD, PASSWORD_HELP, CodeField, OwnWords


class SignInForm(OwnWords, allauth_forms.LoginForm):
    labels = {
        "login": _("E-mailadres of aanmeldnaam"),
        "password": _("Wachtwoord"),
        "remember": _("Aangemeld blijven"),
    }
    helps = {"remember": _("Vink dit niet aan op een computer die u met anderen deelt.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}


class SignUpForm(OwnWords, allauth_forms.SignupForm):
    labels = {"email": EMAIL, "password1": _("Wachtwoord")}
    helps = {"email": _("We sturen er een code heen, om zeker te zijn dat u het leest."), "password1": PASSWORD_HELP}


class ConfirmEmailForm(OwnWords, allauth_forms.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField(is_numeric=False, label=_("Code uit het bericht"))


class ChangeEmailForm(OwnWords, allauth_forms.AddEmailForm):
    labels = {"email": _("Nieuw e-mailadres")}
    helps = {"email": _("We sturen er een code heen. Uw huidige adres blijft gelden tot u die heeft ingevuld.")}


class ChangePasswordForm(OwnWords, allauth_forms.ChangePasswordForm):
    labels = {"oldpassword": _("Huidig wachtwoord"), "password1": NEW_PASSWORD}
    helps = {"password1": PASSWORD_HELP}


class SetPasswordForm(OwnWords, allauth_forms.SetPasswordForm):
    labels = {"password1": NEW_PASSWORD}
    helps = {"password1": PASSWORD_HELP}


class ForgotPasswordForm(OwnWords, allauth_forms.ResetPasswordForm):
    labels = {"email": EMAIL}


class ChooseNewPasswordForm(OwnWords, allauth_forms.ResetPasswordKeyForm):
    labels = {"password1": NEW_PASSWORD}
    helps = {"password1": PASSWORD_HELP}


class ConfirmPasswordForm(OwnWords, allauth_forms.ReauthenticateForm):
    labels = {"password": _("Wachtwoord")}
