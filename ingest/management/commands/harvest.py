"""Harvest a source from the command line."""

import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ingest.exceptions import HarvestBusy, HarvestStopped, SourceError
from ingest.models import Harvest, HarvestState, Source
from ingest.selectors import refusals
from ingest.services.harvest import harvest
from ingest.services.sources import register_source

STOPPED = 130
"""What a shell gives a command that Ctrl-C ended."""


class Command(BaseCommand):
    help = gettext_lazy("Oogst een bron: leest al haar records en werkt de catalogus bij.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help=_("code van de bron"))
        parser.add_argument("--url", default="", help=_("adres van de SRU-dienst; maakt de bron aan of wijzigt haar"))
        parser.add_argument(
            "--if-never", action="store_true", help=_("doet niets als er al een volledige oogst van deze bron is")
        )

    def handle(self, *_args: Any, source: str, url: str, if_never: bool, **_options: Any) -> None:
        found = self._source(source, url)
        done = Harvest.objects.filter(source=found, state=HarvestState.COMPLETE).first()
        if if_never and done is not None:
            self.stdout.write(
                _("Bron %(source)s is al volledig geoogst: %(count)d records.")
                % {"source": found.code, "count": done.received}
            )
            return
        started = time.monotonic()
        one_pass = self._harvest(found)
        self._report(one_pass, time.monotonic() - started)
        if one_pass.state != HarvestState.COMPLETE:
            raise CommandError(one_pass.message)

    def _source(self, code: str, url: str) -> Source:
        if url:
            try:
                return register_source(code=code, url=url)
            except ValidationError as error:
                raise CommandError("; ".join(error.messages)) from error
        found = Source.objects.filter(code=code).first()
        if found is None:
            known = ", ".join(Source.objects.values_list("code", flat=True)) or _("nog geen")
            raise CommandError(
                _("Bron “%(source)s” bestaat niet; bekend: %(known)s. Geef met --url haar adres op.")
                % {"source": code, "known": known}
            )
        return found

    def _harvest(self, source: Source) -> Harvest:
        asked_to_stop = threading.Event()
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, lambda *_signal: asked_to_stop.set())
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task(_("Oogst %(source)s") % {"source": source.code}, total=None)
            try:
                return harvest(
                    source,
                    watch=lambda seen: progress.update(task, completed=seen.received, total=seen.count_before),
                    should_stop=asked_to_stop.is_set,
                )
            except (HarvestBusy, SourceError) as error:
                raise CommandError(str(error)) from error
            except HarvestStopped as stopped:
                raise CommandError(str(stopped), returncode=STOPPED) from stopped

    def _report(self, one_pass: Harvest, seconds: float) -> None:
        self.stdout.write(
            _(
                "%(received)d records ontvangen = %(created)d nieuw + %(changed)d gewijzigd + %(unchanged)d gelijk"
                " + %(merged)d samengevoegd + %(refused)d geweigerd, in %(seconds).1f seconden."
            )
            % {
                "received": one_pass.received,
                "created": one_pass.created,
                "changed": one_pass.changed,
                "unchanged": one_pass.unchanged,
                "merged": one_pass.merged,
                "refused": one_pass.refused,
                "seconds": seconds,
            }
        )
        for code, count in refusals(one_pass).items():
            self.stdout.write(_("  geweigerd om %(code)s: %(count)d") % {"code": code, "count": count})
