"""`manage.py ingest remap`: read the stored records again; `ingest due`: which sources are to be harvested now."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.management.long_work import STOPPED, progress_bar, stop_when_asked
from catalogus.management.translated import TranslatedCommand
from catalogus.models import Publisher
from ingest.exceptions import HarvestStopped, RemapBusy
from ingest.models import Record, Remap
from ingest.services.remap import remap
from ingest.services.schedule import due_sources


class Command(TranslatedCommand):
    help = gettext_lazy("Leest opgeslagen records opnieuw, of toont welke bronnen aan de beurt zijn.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        again = actions.add_parser(
            "remap", help=_("lees de opgeslagen records opnieuw; alleen wat verschilt wordt geschreven")
        )
        again.add_argument("--publisher", action="append", default=[], help=_("code van een uitgever (mag vaker)"))
        again.add_argument("--reason", default="", help=_("waarom; staat in het log"))
        actions.add_parser("due", help=_("toon welke bronnen nu aan de beurt zijn"))

    def handle(self, *_args: Any, action: str, **options: Any) -> None:
        if action == "due":
            self._due()
        else:
            self._remap(options["publisher"], options["reason"])

    def _due(self) -> None:
        found = [source.code for source in due_sources()]
        self.stdout.write(", ".join(found) if found else _("Geen bron is nu aan de beurt."))

    def _remap(self, slugs: list[str], reason: str) -> None:
        publishers = list(Publisher.objects.filter(slug__in=slugs))
        if unknown := set(slugs) - {publisher.slug for publisher in publishers}:
            raise CommandError(
                _("Uitgever “%(slug)s” bestaat niet; de code staat in het adres van een zoekopdracht op die uitgever.")
                % {"slug": ", ".join(sorted(unknown))}
            )
        asked_to_stop = stop_when_asked()
        started = time.monotonic()
        with progress_bar() as progress:
            task = progress.add_task(_("Records opnieuw lezen"), total=_total(publishers))
            try:
                done = remap(
                    publishers=publishers,
                    reason=reason or _("met de hand gestart"),
                    watch=lambda seen: progress.update(task, completed=seen.read),
                    should_stop=asked_to_stop.is_set,
                )
            except RemapBusy as busy:
                raise CommandError(str(busy)) from busy
            except HarvestStopped as stopped:
                raise CommandError(str(stopped), returncode=STOPPED) from stopped
        self._report(done, time.monotonic() - started)

    def _report(self, done: Remap, seconds: float) -> None:
        self.stdout.write(
            _(
                "%(read)d records gelezen = %(changed)d gewijzigd + %(unchanged)d gelijk + %(refused)d geweigerd,"
                " in %(seconds).1f seconden."
            )
            % {
                "read": done.read,
                "changed": done.changed,
                "unchanged": done.unchanged,
                "refused": done.refused,
                "seconds": seconds,
            }
        )


def _total(publishers: list[Publisher]) -> int:
    found = Record.objects.exclude(state="absent")
    return (found.filter(publisher__in=publishers) if publishers else found).count()
