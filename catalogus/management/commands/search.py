"""Look after the search index from the command line."""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from catalogus.exceptions import CatalogusError
from catalogus.management.translated import TranslatedCommand
from catalogus.search.indexing import KindReport, RebuildReport, check, drain, ensure, rebuild

_SHOWN_IDS = 10
"""As many as one can look up by hand; the counts tell the rest."""


class _Rate(ProgressColumn):
    """Documents a second."""

    def render(self, task: Task) -> Text:
        return Text(_("%(rate)d/s") % {"rate": task.finished_speed or task.speed or 0})


class Command(TranslatedCommand):
    help = gettext_lazy("Beheert de zoekindex: opbouwen, vergelijken met de database, bijwerken.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar=_("actie"))
        rebuilding = actions.add_parser(
            "rebuild", help=_("bouwt de index opnieuw op; de oude blijft tot de nieuwe klopt")
        )
        rebuilding.add_argument(
            "--if-missing", action="store_true", help=_("alleen als er geen index is, of een met een andere indeling")
        )
        actions.add_parser("check", help=_("vergelijkt elk document met de database; verschillen geven code 1"))
        actions.add_parser("drain", help=_("werkt bij wat er wacht"))

    def handle(self, *_args: Any, action: str, if_missing: bool = False, **_options: Any) -> None:
        actions: dict[str, Callable[[], None]] = {
            "rebuild": lambda: self._rebuild(if_missing=if_missing),
            "check": self._check,
            "drain": self._drain,
        }
        try:
            actions[action]()
        except CatalogusError as error:
            raise CommandError(str(error)) from error

    def _rebuild(self, *, if_missing: bool) -> None:
        with _shown_progress(_("Zoekindex opbouwen")) as progress:
            report = ensure(progress) if if_missing else rebuild(progress)
        self.stdout.write(_rebuilt(report) if report else _("De zoekindex is er al."))

    def _check(self) -> None:
        started = time.monotonic()
        report = check()
        for kind in report.kinds:
            self._show(kind)
        if not report.is_equal:
            raise CommandError(
                _("De zoekindex verschilt van de database. Bouw hem opnieuw op met “manage.py search rebuild”.")
            )
        self.stdout.write(
            _("De zoekindex en de database zijn gelijk (%(seconds).1f seconden).")
            % {"seconds": time.monotonic() - started}
        )

    def _show(self, report: KindReport) -> None:
        self.stdout.write(
            _("%(kind)s: %(database)d in de database, %(index)d in de index, %(waiting)d wachten")
            % {
                "kind": report.kind.label,
                "database": report.database,
                "index": report.index,
                "waiting": report.waiting,
            }
        )
        for label, ids in (
            (_("ontbreekt in de index"), report.differences.missing),
            (_("te veel in de index"), report.differences.superfluous),
            (_("andere inhoud"), report.differences.different),
        ):
            if ids:
                shown = ", ".join(str(pk) for pk in ids[:_SHOWN_IDS])
                more = ", …" if len(ids) > _SHOWN_IDS else ""
                self.stdout.write(f"  {label}: {len(ids)} ({shown}{more})")

    def _drain(self) -> None:
        started = time.monotonic()
        report = drain()
        self.stdout.write(
            _(
                "%(written)d documenten bijgewerkt, %(deleted)d weggehaald, %(refused)d geweigerd"
                " in %(seconds).1f seconden."
            )
            % {
                "written": report.written,
                "deleted": report.deleted,
                "refused": report.refused,
                "seconds": time.monotonic() - started,
            }
        )
        if report.refused:
            raise CommandError(_("Geweigerde documenten blijven wachten; het logboek noemt elk met de reden."))


def _rebuilt(report: RebuildReport) -> str:
    return _(
        "%(products)d producten en %(methods)d methodes geïndexeerd in %(seconds).1f seconden (%(rate)d per seconde)."
    ) % {
        "products": report.products,
        "methods": report.methods,
        "seconds": report.seconds,
        "rate": (report.products + report.methods) / max(report.seconds, 0.001),
    }


@contextmanager
def _shown_progress(description: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far the work is; what is yielded takes the documents done and the documents there are."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        # Seen from the first step on, so that nothing shows where there is nothing to do.
        task = progress.add_task(description, total=None, visible=False)
        yield lambda done, total: progress.update(task, completed=done, total=total, visible=True)
