"""Look after the search index from the command line."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from catalogus.exceptions import CatalogusError, WorkStopped
from catalogus.management.long_work import STOPPED, stop_when_asked
from catalogus.management.translated import TranslatedCommand
from catalogus.search.indexing import (
    CheckReport,
    KindReport,
    RebuildReport,
    Status,
    check,
    drain,
    ensure,
    rebuild,
    status,
)
from catalogus.services.search_rows import RowDifferences, add_missing_search_rows, check_search_rows

_SHOWN_IDS = 10
"""As many as one can look up by hand; the counts tell the rest."""

NEEDS_REBUILD = 3
"""The exit code of `status`: neither what Python gives for a fault (1) nor what argparse does (2)."""


class _Rate(ProgressColumn):
    """Documents a second."""

    def render(self, task: Task) -> Text:
        return Text(_("%(rate)d/s") % {"rate": task.finished_speed or task.speed or 0})


def _documents_a_second(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(
            _("“%(text)s” is geen aantal documenten per seconde; geef een heel getal vanaf 1") % {"text": text}
        )
    return int(text)


class Command(TranslatedCommand):
    help = gettext_lazy("Beheert de zoekindex: opbouwen, vergelijken met de database, bijwerken, stand.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar=_("actie"))
        rebuilding = actions.add_parser(
            "rebuild",
            help=_("bouwt de index opnieuw op, of gaat daarmee verder; de oude blijft tot de nieuwe klopt"),
        )
        rebuilding.add_argument(
            "--if-missing",
            action="store_true",
            help=_("alleen als er geen index is, of een met een andere indeling of andere meegeleverde woorden"),
        )
        rebuilding.add_argument(
            "--fresh", action="store_true", help=_("begint vooraan, ook als er iets onderbroken is")
        )
        rebuilding.add_argument(
            "--max-rate",
            type=_documents_a_second,
            metavar="N",
            help=_("schrijft hoogstens N documenten per seconde, zodat zoeken er geen last van heeft"),
        )
        checking = actions.add_parser(
            "check", help=_("vergelijkt elk document met de database; verschillen geven code 1")
        )
        checking.add_argument("--repair", action="store_true", help=_("herstelt wat verschilt"))
        actions.add_parser("drain", help=_("werkt bij wat er wacht"))
        rows = actions.add_parser(
            "rows",
            help=_("maakt de zoekregels van de basismodus gelijk met de producten; nodig na een uitrol die ze brengt"),
        )
        rows.add_argument("--check", action="store_true", help=_("vergelijkt alleen; verschillen geven code 1"))
        actions.add_parser("status", help=_("vertelt hoe de index ervoor staat; code 3 als hij opnieuw opgebouwd moet"))

    def handle(self, *_args: Any, action: str, **options: Any) -> None:
        actions: dict[str, Callable[..., None]] = {
            "rebuild": self._rebuild,
            "check": self._check,
            "drain": self._drain,
            "status": self._status,
            "rows": self._rows,
        }
        try:
            actions[action](options)
        except WorkStopped as stopped:
            raise CommandError(str(stopped), returncode=STOPPED) from stopped
        except CatalogusError as error:
            raise CommandError(str(error)) from error

    def _rebuild(self, options: dict[str, Any]) -> None:
        asked = {
            "is_fresh": options["fresh"],
            "max_rate": options["max_rate"],
            "should_stop": stop_when_asked().is_set,
            "tell": self.stdout.write,
        }
        with _shown_progress(_("Zoekindex opbouwen")) as progress:
            report = ensure(progress, **asked) if options["if_missing"] else rebuild(progress, **asked)
        self.stdout.write(_rebuilt(report) if report else _("De zoekindex is er al."))

    def _check(self, options: dict[str, Any]) -> None:
        asked_to_stop = stop_when_asked()
        with _shown_progress(_("Zoekindex vergelijken")) as progress:
            report = check(progress, should_stop=asked_to_stop.is_set, is_repairing=options["repair"])
        for kind in report.kinds:
            self._show(kind)
        self.stdout.write(_rows_told(report.rows))
        if not report.is_equal:
            raise CommandError(_what_is_left(report, is_repaired=options["repair"]))
        if report.repaired:
            self.stdout.write(_("%(count)d documenten hersteld.") % {"count": report.repaired})
        self.stdout.write(
            _("De zoekindex en de database zijn gelijk (%(seconds).1f seconden).") % {"seconds": report.seconds}
        )

    def _rows(self, options: dict[str, Any]) -> None:
        if not options["check"]:
            added = add_missing_search_rows()
            self.stdout.write(_("%(count)d zoekregels toegevoegd.") % {"count": added})
        found = check_search_rows(repair=not options["check"])
        self.stdout.write(_rows_told(found))
        if found and options["check"]:
            raise CommandError(_("Maak de zoekregels gelijk met “manage.py search rows”."))

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

    def _drain(self, _options: dict[str, Any]) -> None:
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

    def _status(self, _options: dict[str, Any]) -> None:
        found = status()
        for line in _told(found):
            self.stdout.write(line)
        if found.needs_rebuild:
            raise CommandError(
                _("De zoekindex moet opnieuw opgebouwd worden: “manage.py search rebuild”."), returncode=NEEDS_REBUILD
            )
        self.stdout.write(_("De zoekindex hoeft niet opnieuw opgebouwd te worden."))


def _rows_told(found: RowDifferences) -> str:
    return _("zoekregels: %(missing)d ontbraken, %(superfluous)d te veel, %(different)d met andere inhoud") % {
        "missing": found.missing,
        "superfluous": found.superfluous,
        "different": found.different,
    }


def _rebuilt(report: RebuildReport) -> str:
    return _(
        "%(products)d producten en %(methods)d methodes geïndexeerd; %(written)d documenten geschreven"
        " in %(seconds).1f seconden (%(rate)d per seconde)."
    ) % {
        "products": report.products,
        "methods": report.methods,
        "written": report.written,
        "seconds": report.seconds,
        "rate": report.written / max(report.seconds, 0.001),
    }


def _what_is_left(report: CheckReport, *, is_repaired: bool) -> str:
    if not is_repaired:
        return _("De zoekindex verschilt van de database. Herstel hem met “manage.py search check --repair”.")
    if report.refused:
        return _(
            "De zoekmachine weigert %(count)d documenten; ze blijven wachten en het logboek noemt elk met de reden."
        ) % {"count": report.refused}
    return _(
        "%(count)d documenten hersteld, maar de zoekindex verschilt nog van de database."
        " Bouw hem opnieuw op met “manage.py search rebuild --fresh”."
    ) % {"count": report.repaired}


def _told(found: Status) -> Iterator[str]:
    """What `status` says, a line each."""
    for kind in found.kinds:
        names = ", ".join(kind.indexes) or _("geen index")
        yield _("%(kind)s: %(names)s; %(documents)d documenten, %(waiting)d wachten") % {
            "kind": kind.kind.label,
            "names": names,
            "documents": kind.documents,
            "waiting": kind.waiting,
        }
        if kind.indexes and not kind.has_same_definition:
            yield "  " + _("andere indeling dan deze versie kent: zoeken gebruikt deze index niet")
        if kind.indexes and not kind.has_same_words:
            yield "  " + _("gemaakt met andere meegeleverde woorden")
    if not found.is_writable:
        yield _("Wijzigingen wachten: een index is van een andere versie, of wordt daardoor opgebouwd")
    for reason in found.requests:
        yield _("Gevraagd om een nieuwe opbouw: %(reason)s") % {"reason": reason}
    yield from _run_told(found)
    last = found.last_check
    yield (
        _("Laatste controle: %(at)s, %(documents)d documenten, %(left)d verschillen over")
        % {"at": _moment(last.at), "documents": last.documents, "left": last.left}
        if last
        else _("Laatste controle: nog geen")
    )


def _run_told(found: Status) -> Iterator[str]:
    run = found.run
    if run is None:
        return
    values = {
        "at": _moment(run.heartbeat_at),
        "done": run.done,
        "total": run.total,
        "reason": run.failure or _("afgebroken"),
    }
    if found.is_running:
        yield _("Opbouw bezig: %(done)d van %(total)d documenten, laatste teken %(at)s") % values
    else:
        yield (
            _(
                "Opbouw onderbroken na %(done)d van %(total)d documenten, %(at)s (%(reason)s);"
                " “manage.py search rebuild” gaat verder"
            )
            % values
        )


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%d-%m-%Y %H:%M}"


@contextmanager
def _shown_progress(description: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far the work is; what is yielded takes the documents done and the documents there are."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        # Seen from the first step on, so that nothing shows where there is nothing to do.
        task = progress.add_task(description, total=None, visible=False)
        yield lambda done, total: progress.update(task, completed=done, total=total, visible=True)
