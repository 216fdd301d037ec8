"""`manage.py schools load`, `mergers`, `merge` and `end`: keep the list of schools in line with DUO's register."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.duo.addresses import AddressFile, read_addresses
from accounts.duo.columns import ADDRESS_FIELDS, DATE, MERGER_FIELDS, NEW, OLD, Field
from accounts.duo.mergers import Merger, read_mergers
from accounts.duo.refusals import Refusal, RowRefused
from accounts.duo.values import day
from accounts.exceptions import AddressFileRefused, SchoolRefused, SchoolsStopped
from accounts.models import School
from accounts.services.school_ends import Merged, end_school, merge_schools
from accounts.services.schools import end_absent, find_absence, store_schools
from catalogus.management.long_work import STOPPED, progress_bar, stop_when_asked
from catalogus.management.translated import TranslatedCommand

_SHOWN_CODES = 10
"""As many as one can look up by hand; the count tells the rest."""


class Command(TranslatedCommand):
    help = gettext_lazy("Houdt de lijst van scholen gelijk met het register van DUO.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar=_("actie"))
        load = actions.add_parser("load", help=_("lees een adresbestand van DUO"))
        load.add_argument("file", type=Path, help=_("CSV-bestand, met ; of , tussen de velden"))
        load.add_argument(
            "--sector", action="append", required=True, help=_("sector van de scholen erin, zoals po (mag vaker)")
        )
        load.add_argument(
            "--complete",
            action="store_true",
            help=_("het bestand noemt alle scholen van de sector; hef op wat er niet in staat"),
        )
        load.add_argument("--accept-ends", action="store_true", help=_("ga akkoord met meer opheffen dan gewoonlijk"))
        load.add_argument(
            "--reopen", action="store_true", help=_("heropen scholen die hier zijn opgeheven en in het bestand staan")
        )
        mergers = actions.add_parser("mergers", help=_("lees een lijst van fusies: oude code, nieuwe code, datum"))
        mergers.add_argument("file", type=Path, help=_("CSV-bestand, met ; of , tussen de velden"))
        for with_file, fields in ((load, ADDRESS_FIELDS), (mergers, MERGER_FIELDS)):
            names = ", ".join(field.name for field in fields)
            with_file.add_argument(
                "--column",
                action="append",
                default=[],
                type=_column,
                metavar=_("VELD=KOLOM"),
                help=_("naam van een kolom als die niet bekend is (mag vaker); velden: %(fields)s") % {"fields": names},
            )
        merge = actions.add_parser("merge", help=_("laat een school opgaan in een andere"))
        merge.add_argument("old", metavar=_("OUD"), help=_("code van de school die opgaat"))
        merge.add_argument("new", metavar=_("NIEUW"), help=_("code van de school die doorgaat"))
        end = actions.add_parser("end", help=_("hef een school op"))
        end.add_argument("code", metavar=_("CODE"), help=_("code van de school"))
        for dated in (merge, end):
            dated.add_argument("--on", type=_day, help=_("de dag waarop, zoals 2026-08-01; standaard vandaag"))
        for each in (load, mergers, merge, end):
            each.add_argument("--dry-run", action="store_true", help=_("toon wat er zou gebeuren en wijzig niets"))

    def handle(self, *_args: Any, action: str, dry_run: bool, **options: Any) -> None:
        actions: dict[str, Callable[[dict[str, Any]], None]] = {
            "load": self._load,
            "mergers": self._mergers,
            "merge": self._merge,
            "end": self._end,
        }
        try:
            if not dry_run:
                actions[action](options)
                return
            with transaction.atomic():
                actions[action](options)
                transaction.set_rollback(True)
        except (AddressFileRefused, SchoolRefused) as refused:
            raise CommandError(str(refused)) from refused
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        except SchoolsStopped as stopped:
            raise CommandError(str(stopped), returncode=STOPPED) from stopped
        finally:
            if dry_run:
                self.stdout.write(_("Dit was een proef: er is niets gewijzigd."))

    def _load(self, options: dict[str, Any]) -> None:
        started = time.monotonic()
        sectors = list(dict.fromkeys(options["sector"]))
        found = read_addresses(options["file"], dict(options["column"]))
        should_stop = stop_when_asked().is_set
        with _shown(_("Scholen opslaan"), len(found.addresses)) as watch:
            stored = store_schools(
                addresses=found.addresses,
                sectors=sectors,
                on=timezone.localdate(),
                reopen=options["reopen"],
                watch=watch,
                should_stop=should_stop,
            )
        self.stdout.write(
            _(
                "%(received)d rijen gelezen = %(new)d nieuw + %(changed)d gewijzigd + %(same)d gelijk"
                " + %(refused)d geweigerd, in %(seconds).1f seconden; %(institutions)d instellingen erbij gemaakt."
            )
            % {
                "received": found.received,
                "new": stored.new,
                "changed": stored.changed,
                "same": stored.same,
                "refused": len(found.refusals),
                "institutions": stored.institutions,
                "seconds": time.monotonic() - started,
            }
        )
        if stored.closed:
            self.stdout.write(
                _("%(count)d scholen uit het bestand zijn hier opgeheven of opgegaan en blijven dat: %(codes)s.")
                % {"count": len(stored.closed), "codes": _codes(stored.closed)}
                + " "
                + _("Met --reopen gaan de opgeheven scholen weer open.")
            )
        self._tell(found.refusals)
        if options["complete"]:
            self._end_absent(found, sectors, should_stop, accept_ends=options["accept_ends"])
        _fail_for(found.refusals)

    def _end_absent(
        self, found: AddressFile, sectors: Sequence[str], should_stop: Callable[[], bool], *, accept_ends: bool
    ) -> None:
        if unreadable := [refusal.row for refusal in found.refusals if not refusal.code]:
            raise CommandError(
                _("Niets opgeheven: van %(count)d geweigerde rijen is niet te lezen over welke school ze gaan. Verbeter"
                  " die en lees het bestand opnieuw.") % {"count": len(unreadable)}
            )  # fmt: skip
        named = [address.code for address in found.addresses] + [refusal.code for refusal in found.refusals]
        absence = find_absence(named=named, sectors=sectors)
        if absence.needs_agreement and not accept_ends:
            raise CommandError(
                _("Niets opgeheven: het bestand mist %(missing)d van %(present)d scholen, meer dan gewoonlijk. Kijk of"
                  " het heel is en bij de sector hoort; ga daarna akkoord met --accept-ends.")
                % {"missing": len(absence.due) + len(absence.partly), "present": absence.present}
            )  # fmt: skip
        codes = sorted(School.objects.filter(pk__in=absence.due).values_list("code", flat=True))
        with _shown(_("Scholen opheffen"), len(absence.due)) as watch:
            ended = end_absent(
                absence=absence, sectors=sectors, on=timezone.localdate(), watch=watch, should_stop=should_stop
            )
        self.stdout.write(
            _(
                "%(count)d scholen opgeheven die het bestand niet noemt%(codes)s; %(partly)d hebben nog een andere"
                " sector."
            )
            % {"count": ended, "codes": f" ({_codes(codes)})" if codes else "", "partly": len(absence.partly)}
        )

    def _mergers(self, options: dict[str, Any]) -> None:
        mergers, refusals = read_mergers(options["file"], dict(options["column"]))
        received = len(mergers) + len(refusals)
        asked_to_stop = stop_when_asked()
        counts = {"new": 0, "same": 0, "unknown": 0}
        with _shown(_("Fusies verwerken"), len(mergers)) as watch:
            for done, merger in enumerate(mergers, 1):
                if asked_to_stop.is_set():
                    raise SchoolsStopped(
                        _("Gestopt na %(done)d van %(all)d fusies. Begin opnieuw om verder te gaan.")
                        % {"done": done - 1, "all": len(mergers)}
                    )
                outcome = _merge_row(merger)
                if isinstance(outcome, Refusal):
                    refusals.append(outcome)
                else:
                    counts[outcome] += 1
                watch(done)
        self.stdout.write(
            _(
                "%(received)d fusies gelezen = %(new)d verwerkt + %(same)d al bekend + %(unknown)d van scholen die hier"
                " niet bekend zijn + %(refused)d geweigerd."
            )
            % {"received": received, "refused": len(refusals), **counts}
        )
        refusals.sort(key=lambda refusal: refusal.row)
        self._tell(refusals)
        _fail_for(refusals)

    def _merge(self, options: dict[str, Any]) -> None:
        old = _school(options["old"])
        merged = merge_schools(old=old, into=_school(options["new"]), on=options["on"] or timezone.localdate())
        self.stdout.write(_merged(old, merged))

    def _end(self, options: dict[str, Any]) -> None:
        school = _school(options["code"])
        ended = end_school(school=school, on=options["on"] or timezone.localdate())
        self.stdout.write(
            _(
                "%(school)s (%(code)s): %(schools)d scholen opgeheven, %(people)d banden en %(sections)d vaksecties"
                " beëindigd."
            )
            % {
                "school": school,
                "code": school.code,
                "schools": ended.schools,
                "people": ended.affiliations,
                "sections": ended.sections,
            }
        )

    def _tell(self, refusals: Sequence[Refusal]) -> None:
        """All of them: they are told nowhere else."""
        for refusal in refusals:
            self.stdout.write(f"  {refusal}")


def _fail_for(refusals: Sequence[Refusal]) -> None:
    if refusals:
        raise CommandError(
            _("%(count)d rijen zijn geweigerd; de andere zijn opgeslagen. Verbeter ze en lees het bestand opnieuw.")
            % {"count": len(refusals)}
        )


def _merge_row(merger: Merger) -> str | Refusal:
    """ "new", "same", "unknown", or why not."""
    known = {school.code: school for school in School.objects.filter(code__in=[merger.old, merger.new])}
    old, into = known.get(merger.old), known.get(merger.new)
    if old is None:
        return "unknown"
    if into is None:
        told = _("is hier niet bekend. Lees eerst het adresbestand waar die school in staat.")
        return Refusal(merger.row, str(NEW.label), merger.new, told)
    try:
        merged = merge_schools(old=old, into=into, on=merger.on)
    except SchoolRefused as refused:
        field: Field = DATE if merger.on > timezone.localdate() else OLD
        return Refusal(merger.row, str(field.label), str(merger.on) if field is DATE else merger.old, str(refused))
    return "new" if merged.schools else "same"


def _merged(old: School, merged: Merged) -> str:
    return _(
        "%(old)s (%(old_code)s) gaat op in %(new)s (%(new_code)s): %(moved)d banden verhuisd, %(joined)d waren er al;"
        " %(sections)d vaksecties verhuisd, %(joined_sections)d samengevoegd."
    ) % {
        "old": old,
        "old_code": old.code,
        "new": merged.into,
        "new_code": merged.into.code,
        "moved": merged.affiliations_moved,
        "joined": merged.affiliations_joined,
        "sections": merged.sections_moved,
        "joined_sections": merged.sections_joined,
    }


def _school(code: str) -> School:
    found = School.objects.filter(code=code.strip().upper()).first()
    if found is None:
        raise CommandError(
            _("School “%(code)s” is niet bekend. Geef een code van 4 of 6 tekens uit een adresbestand dat gelezen is.")
            % {"code": code}
        )
    return found


def _codes(codes: Sequence[str]) -> str:
    return ", ".join(codes[:_SHOWN_CODES]) + (", …" if len(codes) > _SHOWN_CODES else "")


def _column(text: str) -> tuple[str, str]:
    field, separator, column = text.partition("=")
    if not (separator and field.strip() and column.strip()):
        raise ArgumentTypeError(_("“%(text)s” is geen VELD=KOLOM, zoals place=PLAATSNAAM.") % {"text": text})
    return field.strip(), column.strip()


def _day(text: str) -> date:
    try:
        return day(DATE, text)
    except RowRefused as refused:
        raise ArgumentTypeError(f"“{text}” {refused.remedy}") from refused


@contextmanager
def _shown(description: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how far the work is; what is yielded takes how many are done."""
    with progress_bar() as progress:
        task = progress.add_task(description, total=total, visible=total > 0)
        yield lambda done: progress.update(task, completed=done)
