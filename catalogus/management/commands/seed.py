"""Load the vocabularies that come with the catalogue."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.management.translated import TranslatedCommand
from catalogus.services.seed import load_seed


class Command(TranslatedCommand):
    help = gettext_lazy("Laadt de meegeleverde sectoren, niveaus, jaren en vakken; mag telkens opnieuw.")  # type: ignore[assignment]

    def handle(self, *_args: Any, **_options: Any) -> None:
        concepts, aliases = load_seed()
        self.stdout.write(
            _("%(concepts)d begrippen en %(aliases)d schrijfwijzen staan klaar.")
            % {"concepts": concepts, "aliases": aliases}
        )
