"""`manage.py demo_people`: store the demonstration's invented people, tell who they are, and give codes."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import needs_second_factor
from accounts.demo.credentials import current_code, demonstration_password
from accounts.demo.federated import DemoFederation, demonstration_federation
from accounts.demo.loading import load_demonstration
from accounts.demo.people import PEOPLE, Person
from accounts.exceptions import DemonstrationRefused
from accounts.models import DEMONSTRATION_ISSUER, User
from catalogus.management.translated import TranslatedCommand


class Command(TranslatedCommand):
    help = gettext_lazy("De verzonnen mensen van de demonstratie: opslaan, opsommen, en codes van hun tweede stap.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True, metavar="load|list|code")
        parts.add_parser("load", help=_("Sla scholen, vaksecties en mensen op; mag telkens opnieuw."))
        parts.add_parser("list", help=_("Toon wie er zijn en hoe zij zich aanmelden."))
        code = parts.add_parser("code", help=_("Toon de code van nu voor de tweede stap van één account."))
        code.add_argument("who", metavar="EMAIL", help=_("E-mailadres of rol, bijvoorbeeld “beheerder”."))

    def handle(self, *_args: Any, part: str, who: str = "", **_options: Any) -> None:
        if part == "load":
            self._load()
            return
        if not settings.DEMONSTRATION:
            raise CommandError(
                _("Dit is geen demonstratie (DEMONSTRATION staat uit): hier zijn geen verzonnen mensen.")
            )
        if part == "list":
            self._list()
        else:
            self._code(who)

    def _load(self) -> None:
        try:
            loaded = load_demonstration()
        except DemonstrationRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            _("%(people)d verzonnen mensen, %(schools)d scholen en %(sections)d vaksecties staan klaar.")
            % {"people": loaded.people, "schools": loaded.schools, "sections": loaded.sections}
        )
        if loaded.publisher is None:
            self.stdout.write(_("De catalogus is leeg: de mensen van een uitgever horen nog nergens bij."))
        if loaded.federation is None:
            self.stdout.write(_("Er is geen federatie op deze machine (FEDERATIONS): haar mensen zijn overgeslagen."))

    def _list(self) -> None:
        federation = demonstration_federation()
        rows = [(_("rol"), _("naam"), _("aanmelden"), _("wachtwoord"))]
        rows += [(person.role, person.name, *_way_in(person, federation)) for person in PEOPLE]
        for line in _aligned(rows):
            self.stdout.write(line)

    def _code(self, who: str) -> None:
        person = next((person for person in PEOPLE if person.email and who.lower() in {person.email, person.key}), None)
        user = User.objects.filter(issuer=DEMONSTRATION_ISSUER, subject=person.key).first() if person else None
        if person is None or user is None:
            known = ", ".join(person.email for person in PEOPLE if person.email)
            raise CommandError(
                _("“%(who)s” is geen account van de demonstratie; kies uit %(known)s, of voer eerst "
                  "`manage.py demo_people load` uit.") % {"who": who, "known": known}
            )  # fmt: skip
        code = current_code(user)
        if code is None:
            raise CommandError(
                _("%(email)s moet een tweede stap hebben en heeft er geen: `manage.py demo_people load` maakt die.")
                % {"email": person.email}
                if needs_second_factor(user)
                else _("%(email)s heeft geen tweede stap nodig; het wachtwoord volstaat.") % {"email": person.email}
            )
        self.stdout.write(
            _("%(code)s  (nog %(seconds)d seconden; een code geldt één keer)")
            % {"code": code.text, "seconds": code.seconds_left}
        )


def _way_in(person: Person, federation: DemoFederation | None) -> tuple[str, str]:
    """How somebody signs in, and with which password."""
    if person.is_federated:
        if federation is None:
            return _("kan niet: er is geen federatie (FEDERATIONS)"), ""
        return _("via “%(label)s”") % {"label": federation.label}, _("geen")
    user = User.objects.filter(issuer=DEMONSTRATION_ISSUER, subject=person.key).first()
    if user is None:
        return _("nog niet: eerst `manage.py demo_people load`"), ""
    way_in = _("%(email)s, met code") if needs_second_factor(user) else "%(email)s"
    return way_in % {"email": person.email}, demonstration_password()


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns as wide as their widest text, so that any terminal can wrap them and any pipe can cut them."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]
