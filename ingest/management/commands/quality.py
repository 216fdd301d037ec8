"""`manage.py quality`: how a source or publisher stands, in a terminal; `manage.py quality refresh` counts anew."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from catalogus.models import Publisher
from catalogus.services.publishers import survivor
from catalogus.web.formatting import number
from ingest.models import Source
from ingest.quality.report import FindingLine, PartLine, Report, quality_report
from ingest.quality.snapshots import retake_snapshots
from ingest.quality.subjects import Subject
from ingest.services.suggestions import refresh_suggestions
from ingest.web.quality_text import percent

REFRESH = "refresh"
"""Instead of a source: no source has this code, for it is one of our own words."""

WIDTH = 120
"""Of a table that is not written to a terminal, such as a log or a mail."""


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("Toont hoe het staat met wat een bron of uitgever aanlevert.")
        parser.add_argument(
            "source", nargs="?", default="", help=_("code van de bron, of “refresh”: tel alles opnieuw")
        )
        parser.add_argument("--publisher", default="", metavar="SLUG", help=_("code van een uitgever"))

    def handle(self, *_args: Any, source: str, publisher: str, **_options: Any) -> None:
        if bool(source) == bool(publisher):
            raise CommandError(_("Geef een bron, of --publisher met een uitgever, of “refresh”."))
        if source == REFRESH:
            self._refresh()
            return
        subject = _of_publisher(publisher) if publisher else _of_source(source)
        report = quality_report(subject)
        if report is None:
            raise CommandError(
                _("Van %(name)s is nog niets geteld; doe eerst een oogst, of `manage.py quality refresh`.")
                % {"name": subject.name}
            )
        self._tell(report)

    def _refresh(self) -> None:
        snapshots = retake_snapshots()
        texts = refresh_suggestions()
        self.stdout.write(
            _("%(snapshots)d momentopnamen en %(texts)d onbekende teksten zijn opnieuw geteld.")
            % {"snapshots": snapshots, "texts": texts}
        )

    def _tell(self, report: Report) -> None:
        # A pipe has no width of its own.
        console = Console(width=None if self.stdout.isatty() else WIDTH)
        with console.capture() as captured:
            _print(console, report)
        self.stdout.write(captured.get(), ending="")


def _print(console: Console, report: Report) -> None:
    now = report.now
    console.print(
        _("%(name)s: %(records)s records, %(quarantined)s in quarantaine, %(flagged)s met een waarschuwing.")
        % {
            "name": report.subject.name,
            "records": number(now.records),
            "quarantined": number(now.quarantined),
            "flagged": number(now.flagged),
        },
        markup=False,
    )
    console.print(
        _("Volledigheid %(completeness)s, juistheid %(correctness)s.")
        % {"completeness": percent(now.completeness), "correctness": percent(now.correctness)}
    )
    console.print(_findings([*report.errors, *report.warnings]))
    console.print(_parts(report.parts))


def _of_source(code: str) -> Subject:
    found = Source.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Source.objects.values_list("code", flat=True)) or _("nog geen")
        raise CommandError(_("Bron “%(source)s” bestaat niet; bekend: %(known)s.") % {"source": code, "known": known})
    return Subject.of_source(found)


def _of_publisher(slug: str) -> Subject:
    found = Publisher.objects.select_related("merged_into").filter(slug=slug).first()
    if found is None:
        raise CommandError(_("Uitgever “%(publisher)s” bestaat niet.") % {"publisher": slug})
    return Subject.of_publisher(survivor(found))


def _findings(lines: Iterable[FindingLine]) -> Table:
    table = Table(_("Ernst"), _("Bevinding"), _("Code"))
    table.add_column(_("Records"), justify="right")
    table.add_column(_("Deel"), justify="right")
    for line in lines:
        check = line.check
        table.add_row(str(check.grade.label), str(check.name), check.code, number(line.records), percent(line.share))
    return table


def _parts(lines: Iterable[PartLine]) -> Table:
    table = Table(_("Veld"), _("Element"))
    table.add_column(_("Punten"), justify="right")
    table.add_column(_("Ingevuld"), justify="right")
    table.add_column(_("Deel"), justify="right")
    for line in lines:
        part = line.part
        table.add_row(str(part.name), part.elements, str(part.points), number(line.filled), percent(line.share))
    return table
