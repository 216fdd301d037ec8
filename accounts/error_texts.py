"""What is said when signing in or changing one's account does not work; django-allauth asks for a text by its code.

A text says what is wrong and what to do, and never whether an account exists.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NO_MATCH = _("E-mailadres of aanmeldnaam en wachtwoord horen niet bij elkaar. Kijk beide na.")

ACCOUNT_ERRORS: dict[str, Promise] = {
    "account_inactive": _("Dit account is niet actief. Vraag de beheerder wat er aan de hand is."),
    "cannot_remove_primary_email": _("Dit is uw enige e-mailadres. Vervang het door een ander."),
    "duplicate_email": _("Dit is al uw e-mailadres."),
    "email_password_mismatch": _NO_MATCH,
    "email_taken": _("Dit e-mailadres hoort al bij een ander account. Kies een ander adres."),
    "enter_current_password": _("Dit is niet uw huidige wachtwoord."),
    "incorrect_code": _("Deze code klopt niet. Kijk hem na, of vraag een nieuwe."),
    "incorrect_password": _("Dit wachtwoord klopt niet."),
    "invalid_login": _("Aanmelden lukt zo niet. Kijk na wat u invulde."),
    "invalid_or_expired_key": _("Deze link klopt niet of is verlopen. Vraag een nieuwe."),
    "invalid_password_reset": _("Deze link klopt niet of is al gebruikt. Vraag een nieuwe."),
    "max_email_addresses": _("U kunt niet meer dan %d e-mailadressen hebben."),
    "rate_limited": _("Dat gaat te snel. Wacht even en probeer het opnieuw."),
    "same_as_current": _("Dit is gelijk aan wat er al stond."),
    "select_only_one": _("Kies er één."),
    "too_many_login_attempts": _("Het is te vaak mislukt. Wacht enkele minuten en probeer het opnieuw."),
    "unknown_email": _("Dit e-mailadres kennen we niet."),
    "unverified_primary_email": _("Bevestig eerst uw e-mailadres."),
    "username_blacklisted": _("Deze aanmeldnaam kan niet. Kies een andere."),
    "username_password_mismatch": _NO_MATCH,
    "username_taken": _("Deze aanmeldnaam is al in gebruik. Kies een andere."),
}

SECOND_FACTOR_ERRORS: dict[str, Promise] = {
    "add_email_blocked": _("Met een tweede stap op uw account kan er geen e-mailadres bij dat niet bevestigd is."),
    "cannot_delete_authenticator": _("Uw rol vraagt een tweede stap. Stel eerst een andere in, dan kan deze weg."),
    "cannot_generate_recovery_codes": _("Stel eerst een authenticator-app of een sleutel in; dan horen er codes bij."),
    "incorrect_code": _("Deze code klopt niet. Wacht op de volgende code in uw app, of neem een andere herstelcode."),
    "unverified_email": _("Bevestig eerst uw e-mailadres; daarna kunt u een tweede stap instellen."),
}

REAUTHENTICATION_WAYS: dict[str, Promise] = {
    "reauthenticate": _("Met uw wachtwoord"),
    "mfa_reauthenticate": _("Met een code uit uw app of een herstelcode"),
    "mfa_reauthenticate:webauthn": _("Met een beveiligingssleutel of passkey"),
}
"""How a person can show once more who they are, by allauth's name for the way."""
