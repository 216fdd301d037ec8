"""`manage.py demo_reviews`: some thousand invented reviews for the demonstration."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.exceptions import DemonstrationRefused
from catalogus.management.translated import TranslatedCommand
from reviews.demo.loading import COUNT, load_reviews

_MOST = 20_000
"""More come from `make bench`; invented people would write too many each."""


def _count(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or not 1 <= int(text[:9]) <= _MOST:
        raise ArgumentTypeError(
            _("“%(text)s” is geen aantal; geef een heel getal van 1 tot en met %(most)d")
            % {"text": text, "most": _MOST}
        )
    return int(text)


class Command(TranslatedCommand):
    help = gettext_lazy("Laadt de verzonnen beoordelingen van de demonstratie, één keer.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=_count, default=COUNT, metavar="N", help=_("hoeveel hoogstens"))

    def handle(self, *_args: Any, count: int, **_options: Any) -> None:
        started = time.monotonic()
        try:
            loaded = load_reviews(count=count)
        except DemonstrationRefused as refused:
            raise CommandError(str(refused)) from refused
        values = {
            "added": loaded.added,
            "own": loaded.own,
            "reviews": loaded.reviews,
            "methods": loaded.methods,
            "waiting": loaded.waiting,
            "seconds": time.monotonic() - started,
        }
        if loaded.added or loaded.own:
            text = _("%(added)d verzonnen beoordelingen geladen, en %(own)d van de docent (%(seconds).1f seconden).")
        else:
            text = _("De verzonnen beoordelingen staan er al, of de catalogus is leeg; er kwam niets bij.")
        self.stdout.write(text % values)
        text = _("Er zijn er nu %(reviews)d, te lezen bij %(methods)d methodes; %(waiting)d wachten op een moderator.")
        self.stdout.write(text % values)
