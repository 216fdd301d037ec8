"""How covers stand, and what became of their files."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.covers.fetching import missing_files
from catalogus.management.translated import TranslatedCommand
from catalogus.models import CoverImage, CoverState


class Command(TranslatedCommand):
    help = gettext_lazy("Vertelt hoe het met de omslagen staat; check haalt opnieuw op wat uit de map verdween.")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=("status", "check"))

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.COVERS_ENABLED:
            self.stdout.write(_("Omslagen staan uit; COVERS_ENABLED=true zet ze aan."))
        if options["action"] == "check":
            self.stdout.write(_("%(n)d omslagen worden opnieuw opgehaald.") % {"n": missing_files()})
        counts = dict(CoverImage.objects.order_by().values_list("state").annotate(Count("pk")))
        for state in CoverState:
            self.stdout.write(f"{state.label}: {counts.get(state, 0)}")
        reasons = CoverImage.objects.filter(state=CoverState.GIVEN_UP).order_by().values_list("reason")
        for reason, count in reasons.annotate(n=Count("pk")).order_by("-n", "reason")[:10]:
            self.stdout.write(f"  {count} × {reason}")
