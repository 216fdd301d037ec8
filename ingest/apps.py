from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IngestConfig(AppConfig):
    name = "ingest"
    verbose_name = _("Aanlevering")

    def ready(self) -> None:
        from ingest.personal_data import register_personal_data

        register_personal_data()
