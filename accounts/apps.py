from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Mensen")

    def ready(self) -> None:
        from accounts import receivers  # noqa: F401  They connect themselves.
        from accounts.api import schema  # noqa: F401  Idem, to the document of the API.
        from accounts.personal_data.catalogue import register_catalogue
        from accounts.personal_data.own import register_own
        from accounts.personal_data.sign_in import register_sign_in

        register_own()
        register_sign_in()
        register_catalogue()

        from accounts.checks import check_federations  # Settings are there only now.

        register(check_federations)
