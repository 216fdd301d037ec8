"""`manage.py reviews recount [--check]`: whether all that is counted of reviews equals their rows; mend it."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.management.long_work import STOPPED, progress_bar, stop_when_asked
from catalogus.management.translated import TranslatedCommand
from reviews.services.checking import Checked, Difference
from reviews.services.mending import START, Part, Position, Step, look_over, row_counts

_KINDS = {
    Checked.CONTENT: gettext_lazy("beoordeling %(ref)s, inhoud: opgeslagen “%(stored)s”, moet “%(expected)s” zijn"),
    Checked.TOTAL: gettext_lazy("beoordeling %(ref)s, totaal: opgeslagen “%(stored)s”, moet “%(expected)s” zijn"),
    Checked.PLACE: gettext_lazy("beoordeling %(ref)s, plaats: opgeslagen “%(stored)s”, moet “%(expected)s” zijn"),
    Checked.VOTES: gettext_lazy("beoordeling %(ref)s, nuttig: opgeslagen “%(stored)s”, moet “%(expected)s” zijn"),
    Checked.SUMMARY: gettext_lazy("methode %(ref)s: opgeslagen “%(stored)s”, moet “%(expected)s” zijn"),
    Checked.PRIOR: gettext_lazy("uitgangspunt van de volgorde: vastgesteld “%(stored)s”, moet “%(expected)s” zijn"),
}
_DOING = {
    Part.REVIEWS: gettext_lazy("Beoordelingen nakijken"),
    Part.METHODS: gettext_lazy("Samenvattingen nakijken"),
}


def _position(text: str) -> Position:
    found = Position.of(text)
    if found is None:
        raise ArgumentTypeError(
            _("“%(text)s” is geen plaats om verder te gaan; neem over wat bij het stoppen stond, zoals “reviews:1200”")
            % {"text": text}
        )
    return found


class Command(TranslatedCommand):
    help = gettext_lazy("Vergelijkt wat van beoordelingen is geteld met de beoordelingen zelf, en herstelt het.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar=_("actie"))
        recount = actions.add_parser(
            "recount", help=_("kijkt alle tellingen, totalen, plaatsen en samenvattingen na en herstelt wat verschilt")
        )
        recount.add_argument(
            "--check", action="store_true", help=_("vergelijkt alleen en herstelt niets; verschillen geven code 1")
        )
        recount.add_argument(
            "--after", type=_position, default=START, metavar=_("PLAATS"), help=_("gaat verder waar het werd gestopt")
        )

    def handle(self, *_args: Any, check: bool, after: Position, **_options: Any) -> None:
        should_stop = stop_when_asked().is_set
        started = time.monotonic()
        counts = row_counts(after)
        found = 0
        with progress_bar() as progress:
            tasks = {part: progress.add_task(str(text), total=counts[part]) for part, text in _DOING.items()}
            for step in look_over(is_mending=not check, after=after):
                found += len(step.differences)
                for one in step.differences:
                    self.stdout.write(_told(one))
                if step.position.part in tasks:
                    progress.advance(tasks[step.position.part], step.count)
                if should_stop() and step.position.part is not Part.PRIOR:
                    raise CommandError(_stopped(step, is_checking=check), returncode=STOPPED)
        self._report(counts, found, is_checking=check, seconds=time.monotonic() - started)

    def _report(self, counts: dict[Part, int], found: int, *, is_checking: bool, seconds: float) -> None:
        if found and is_checking:
            raise CommandError(
                _("%(count)d verschillen. Zoek uit waar zij vandaan komen; “manage.py reviews recount” herstelt ze.")
                % {"count": found}
            )
        values = {
            "reviews": counts[Part.REVIEWS],
            "methods": counts[Part.METHODS],
            "seconds": seconds,
            "count": found,
        }
        self.stdout.write(
            _("%(reviews)d beoordelingen en %(methods)d samenvattingen nagekeken, %(count)d verschillen hersteld"
              " (%(seconds).1f seconden).") % values
            if found
            else _("%(reviews)d beoordelingen en %(methods)d samenvattingen kloppen (%(seconds).1f seconden).") % values
        )  # fmt: skip


def _told(one: Difference) -> str:
    return str(_KINDS[one.checked]) % {"ref": one.ref, "stored": one.stored, "expected": one.expected}


def _stopped(step: Step, *, is_checking: bool) -> str:
    again = f"manage.py reviews recount{' --check' if is_checking else ''} --after {step.position}"
    return _("Gestopt; wat nagekeken is, blijft zo. Ga verder met “%(command)s”.") % {"command": again}
