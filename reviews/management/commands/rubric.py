"""`manage.py rubric load FILE [--mapping FILE] | list | use VERSION`: the rubrics that reviews are made with."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.management.translated import TranslatedCommand
from reviews.exceptions import RubricRefused
from reviews.models import Review, RubricVersion
from reviews.services.rubrics import load_rubric, unmapped_codes, use_rubric

_LARGEST_BYTES = 1_000_000
"""The shipped one is 10 KB."""


class Command(TranslatedCommand):
    help = gettext_lazy("De rubrieken waarmee wordt beoordeeld: laden, opsommen, in gebruik nemen.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar=_("actie"))
        loading = actions.add_parser(
            "load", help=_("kijkt een bestand na en slaat de rubriek op; in gebruik komt zij met “use”")
        )
        loading.add_argument("file", type=Path, metavar=_("BESTAND"))
        loading.add_argument(
            "--mapping",
            type=Path,
            metavar=_("BESTAND"),
            help=_(
                "welk criterium van een eerdere rubriek hoe heet: {“van”: …, “naar”: …, “criteria”: {“oud”: “nieuw”}}"
            ),
        )
        actions.add_parser("list", help=_("toont alle rubrieken en hoeveel beoordelingen ermee zijn gemaakt"))
        using = actions.add_parser("use", help=_("neemt een rubriek in gebruik voor nieuwe beoordelingen"))
        using.add_argument("version", metavar=_("VERSIE"))

    def handle(self, *_args: Any, action: str, **options: Any) -> None:
        try:
            if action == "load":
                self._load(options["file"], options["mapping"])
            elif action == "use":
                self._use(options["version"])
            else:
                self._list()
        except RubricRefused as refused:
            raise CommandError(str(refused)) from refused

    def _load(self, file: Path, mapping: Path | None) -> None:
        loaded = load_rubric(_read(file), mapping=_read(mapping) if mapping else None)
        told = (
            _("Rubriek “%(version)s” is geladen.") if loaded.is_new else _("Rubriek “%(version)s” was er al, gelijk.")
        )
        self.stdout.write(told % {"version": loaded.rubric.version})
        if loaded.mapped:
            self.stdout.write(_("%(count)d criteria vertaald.") % {"count": loaded.mapped})
        if not loaded.rubric.is_current:
            text = _("Neem haar in gebruik met: manage.py rubric use “%(version)s”")
            self.stdout.write(text % {"version": loaded.rubric.version})

    def _use(self, version: str) -> None:
        before = RubricVersion.objects.filter(is_current=True).first()
        chosen = use_rubric(version)
        text = _("Nieuwe beoordelingen worden gemaakt met rubriek “%(version)s”; eerdere houden de hunne.")
        self.stdout.write(text % {"version": chosen.version})
        if before is not None and (codes := unmapped_codes(before, chosen)):
            text = _("Zonder vertaling staan los van de nieuwe: %(codes)s (van “%(version)s”).")
            self.stdout.write(text % {"codes": ", ".join(codes), "version": before.version})

    def _list(self) -> None:
        counts = dict(Review.objects.order_by().values_list("rubric").annotate(Count("pk")))
        for row in RubricVersion.objects.order_by("pk"):
            values = {
                "mark": "*" if row.is_current else " ",
                "version": row.version,
                "criteria": len(row.document["criteria"]),
                "reviews": counts.get(row.pk, 0),
                "day": timezone.localdate(row.loaded_at).isoformat(),
            }
            text = _("%(mark)s %(version)s: %(criteria)d criteria, %(reviews)d beoordelingen, geladen op %(day)s")
            self.stdout.write(text % values)
        self.stdout.write(_("* in gebruik voor nieuwe beoordelingen"))


def _read(file: Path) -> object:
    """What a file holds. Raises CommandError where it cannot be read, or is no JSON."""
    try:
        with file.open("rb") as opened:
            held = opened.read(_LARGEST_BYTES + 1)
    except OSError as error:
        text = _("%(file)s kan niet worden gelezen: %(reason)s. Kijk of het pad klopt.")
        raise CommandError(text % {"file": file, "reason": error.strerror or error}) from error
    if len(held) > _LARGEST_BYTES:
        text = _("%(file)s is groter dan %(most)d bytes: dit is geen rubriek.")
        raise CommandError(text % {"file": file, "most": _LARGEST_BYTES})
    try:
        return json.loads(held.decode(), object_pairs_hook=_once)
    except (UnicodeDecodeError, RecursionError) as error:
        raise CommandError(_("%(file)s is geen JSON in UTF-8. Sla het zo op.") % {"file": file}) from error
    except json.JSONDecodeError as error:
        text = _("%(file)s, regel %(line)d, teken %(column)d: dit is geen JSON (%(reason)s). Verbeter het daar.")
        values = {"file": file, "line": error.lineno, "column": error.colno, "reason": error.msg}
        raise CommandError(text % values) from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose names are there once; of two, JSON keeps the last without a word."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = ", ".join(sorted({name for name in names if names.count(name) > 1}))
        raise CommandError(_("“%(names)s” staat twee keer in hetzelfde object. Haal er een weg.") % {"names": twice})
    return found
