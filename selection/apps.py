from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SelectionConfig(AppConfig):
    name = "selection"
    verbose_name = _("Lijsten en vergelijkingen")

    def ready(self) -> None:
        from accounts.mail_kinds import MailKind
        from accounts.services.letters import register_letter
        from selection.letters import digest_context
        from selection.personal_data import register_personal_data
        from selection.services.digest import DIGEST

        label = _("Er is iets nieuws bij uw bewaarde zoekopdrachten (hoogstens één bericht per week)")
        register_letter(MailKind(DIGEST, label, folder="selection/mail"), digest_context)
        register_personal_data()
