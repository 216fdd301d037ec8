from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Beoordelingen")

    def ready(self) -> None:
        from catalogus.services.method_changes import register_method_listener
        from reviews.letters import register_letters
        from reviews.personal_data import register_personal_data
        from reviews.services.summaries import follow_methods

        register_letters()
        register_method_listener(follow_methods)
        register_personal_data()
