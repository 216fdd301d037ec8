"""Harvest a source from the command line."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.management.long_work import STOPPED, progress_bar, stop_when_asked
from catalogus.management.translated import TranslatedCommand
from ingest.exceptions import HarvestBusy, HarvestStopped, NothingHeld, SourceError
from ingest.models import Harvest, HarvestState, Source
from ingest.selectors import refusals
from ingest.services.harvest import harvest
from ingest.services.sources import register_source, set_schedule
from ingest.services.withdrawal import accept_withdrawals as accept_withdrawals_of

MOST_FAULTS = 10
"""The log page shows them all."""


class Command(TranslatedCommand):
    help = gettext_lazy("Oogst een bron: leest al haar records en werkt de catalogus bij.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help=_("code van de bron"))
        parser.add_argument("--url", default="", help=_("adres van de SRU-dienst; maakt de bron aan of wijzigt haar"))
        parser.add_argument(
            "--if-never", action="store_true", help=_("doet niets als er al een volledige oogst van deze bron is")
        )

        parser.add_argument(
            "--accept-withdrawals",
            action="store_true",
            help=_(
                "ga akkoord met het terugtrekken van meer records dan gewoonlijk; ook van een oogst die daarop wacht"
            ),
        )
        parser.add_argument(
            "--every-hours", type=int, default=None, help=_("oogst deze bron voortaan elke zoveel uur; 0 stopt dat")
        )

    def handle(
        self, *_args: Any, source: str, url: str, if_never: bool, accept_withdrawals: bool, **options: Any
    ) -> None:
        found = self._source(source, url)
        if options["every_hours"] is not None:
            self._schedule(found, options["every_hours"])
        done = Harvest.objects.filter(source=found, state=HarvestState.COMPLETE).first()
        if if_never and done is not None:
            self.stdout.write(
                _("Bron %(source)s is al volledig geoogst: %(count)d records.")
                % {"source": found.code, "count": done.received}
            )
            return
        if accept_withdrawals and self._accept_held(found):
            return
        started = time.monotonic()
        one_pass = self._harvest(found, accept_withdrawals=accept_withdrawals)
        self._report(one_pass, time.monotonic() - started)
        if one_pass.state != HarvestState.COMPLETE:
            raise CommandError(one_pass.message)

    def _schedule(self, source: Source, hours: int) -> None:
        try:
            set_schedule(source, every_hours=hours or None)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error

    def _accept_held(self, source: Source) -> bool:
        """Whether a pass waited for agreement: then that one is finished and the source not read again."""
        held = source.harvests.filter(state=HarvestState.HELD).first()
        if held is None:
            return False
        try:
            withdrawn = accept_withdrawals_of(harvest=held, actor=_("de beheerder, op de opdrachtregel"))
        except NothingHeld:
            return False
        self.stdout.write(_("%(count)d records teruggetrokken.") % {"count": withdrawn})
        return True

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

    def _harvest(self, source: Source, *, accept_withdrawals: bool) -> Harvest:
        asked_to_stop = stop_when_asked()
        with progress_bar() as progress:
            task = progress.add_task(_("Oogst %(source)s") % {"source": source.code}, total=None)
            try:
                return harvest(
                    source,
                    watch=lambda seen: progress.update(task, completed=seen.received, total=seen.count_before),
                    should_stop=asked_to_stop.is_set,
                    accept_withdrawals=accept_withdrawals,
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
        if one_pass.missing or one_pass.withdrawn:
            self.stdout.write(
                _("%(missing)d records niet meer aangetroffen, %(withdrawn)d teruggetrokken.")
                % {"missing": one_pass.missing, "withdrawn": one_pass.withdrawn}
            )
        for fault in one_pass.faults.all()[:MOST_FAULTS]:
            self.stdout.write(
                _("  positie %(first)d tot en met %(last)d: %(message)s")
                % {"first": fault.first, "last": fault.last, "message": fault.message}
            )
        for code, count in refusals(one_pass).items():
            self.stdout.write(_("  geweigerd om %(code)s: %(count)d") % {"code": code, "count": count})
