"""The addresses of signing in: those of django-allauth's views that are used here, under the names that it looks up.

Named one by one, so that an upgrade opens no page that nobody looked at.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache

from accounts.web import second_factor, visits
from accounts.web.account import local_only
from accounts.web.second_factor import owned_factor_shown

urlpatterns = [
    path("aanmelden/", account.login, name="account_login"),
    path("aanmelden/passkey/", second_factor.login_webauthn, name="mfa_login_webauthn"),
    path("aanmelden/tweede-stap/", mfa.authenticate, name="mfa_authenticate"),
    path("aanmelden/mislukt/", social.login_error, name="socialaccount_login_error"),
    path("aanmelden/afgebroken/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("aanmelden/via/", include("accounts.federation.urls")),
    path("afmelden/", account.logout, name="account_logout"),
    path("inactief/", account.account_inactive, name="account_inactive"),
    path("nieuw/", account.signup, name="account_signup"),
    path("bevestigen/", account.email_verification_sent, name="account_email_verification_sent"),
    path("opnieuw/", account.reauthenticate, name="account_reauthenticate"),
    path("opnieuw/tweede-stap/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("opnieuw/sleutel/", second_factor.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("e-mailadres/", account.email, name="account_email"),
    path("wachtwoord/", account.password_change, name="account_change_password"),
    path("wachtwoord/instellen/", local_only(account.password_set), name="account_set_password"),
    path("wachtwoord/vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "wachtwoord/vergeten/klaar/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^wachtwoord/vergeten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("tweede-stap/", mfa.index, name="mfa_index"),
    path("tweede-stap/app/", owned_factor_shown(second_factor.activate_totp), name="mfa_activate_totp"),
    path("tweede-stap/app/qr.svg", owned_factor_shown(second_factor.totp_picture), name="mfa_totp_picture"),
    path("tweede-stap/app/weg/", owned_factor_shown(second_factor.deactivate_totp), name="mfa_deactivate_totp"),
    path("tweede-stap/sleutels/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("tweede-stap/sleutels/nieuw/", owned_factor_shown(second_factor.add_webauthn), name="mfa_add_webauthn"),
    path("tweede-stap/sleutels/<int:pk>/", owned_factor_shown(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "tweede-stap/sleutels/<int:pk>/weg/",
        owned_factor_shown(second_factor.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "tweede-stap/herstelcodes/",
        never_cache(owned_factor_shown(recovery_codes.view_recovery_codes)),
        name="mfa_view_recovery_codes",
    ),
    path(
        "tweede-stap/herstelcodes/nieuw/",
        owned_factor_shown(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "tweede-stap/herstelcodes/bestand/",
        owned_factor_shown(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("sessies/", visits.list_usersessions, name="usersessions_list"),
]
