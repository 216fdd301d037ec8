"""What the log says of passes, their parts and what they changed, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Field
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogus.models import ProductVersion
from catalogus.paths import product_path
from catalogus.web import formatting
from catalogus.web.change_words import Difference, change_values, differences, kind_label
from catalogus.web.field_words import Names
from ingest.models import Harvest, HarvestState, Remap, Source


@dataclass(frozen=True, slots=True)
class Part:
    """A number of a sum, and what it counts."""

    label: str
    number: str


@dataclass(frozen=True, slots=True)
class Sum:
    """total = the parts together; is_right says whether they are."""

    total: Part
    parts: tuple[Part, ...]
    is_right: bool

    @property
    def text(self) -> str:
        """ "2.000 = 1.802 + 0 + 120 + 6 + 72"."""
        return f"{self.total.number} {'=' if self.is_right else '≠'} {' + '.join(part.number for part in self.parts)}"


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """A change of a product in a list; a merged product leads to where it went."""

    title: str
    url: str
    ean: str
    kind: str
    at: str
    differences: tuple[Difference, ...]


def harvest_sum(one_pass: Harvest) -> Sum:
    return _sum(one_pass, "received", ("created", "changed", "unchanged", "merged", "refused"))


def remap_sum(remap: Remap) -> Sum:
    return _sum(remap, "read", ("changed", "unchanged", "refused"))


def parts_of(row: Harvest | Remap, names: tuple[str, ...]) -> tuple[Part, ...]:
    """Counters of a row with what they are called."""
    labels = {field.name: str(field.verbose_name) for field in row._meta.get_fields() if isinstance(field, Field)}
    return tuple(Part(labels[name], formatting.number(getattr(row, name))) for name in names)


def _sum(row: Harvest | Remap, total: str, names: tuple[str, ...]) -> Sum:
    return Sum(
        total=parts_of(row, (total,))[0],
        parts=parts_of(row, names),
        is_right=getattr(row, total) == sum(getattr(row, name) for name in names),
    )


def state_explanation(one_pass: Harvest) -> str:
    """What the state means for who reads it, and what happens next."""
    texts = {
        HarvestState.RUNNING: _("De bron wordt nu gelezen."),
        HarvestState.INTERRUPTED: _("De volgende oogst van deze bron gaat verder waar deze ophield."),
        HarvestState.COMPLETE: _("Alles wat de bron heeft, is gelezen."),
        HarvestState.PARTIAL: _("Niet alles is gelezen; wat gelezen is, is verwerkt. Er is niets teruggetrokken."),
        HarvestState.HELD: _(
            "Alles is gelezen, maar er zijn zo veel producten niet meer aangetroffen dat een mens moet beslissen of ze"
            " echt weg zijn."
        ),
        HarvestState.FAULTY: _("Wat ontvangen is, klopt niet met wat de bron telt. Er is niets teruggetrokken."),
        HarvestState.STOPPED: _("Wat gelezen is, is verwerkt; de volgende oogst begint vooraan."),
        HarvestState.FAILED: _("De bron gaf geen bruikbaar antwoord, ook niet bij een nieuwe poging."),
    }
    return texts[HarvestState(one_pass.state)]


def schedule_text(source: Source) -> str:
    if not source.is_active:
        return _("niet in gebruik")
    if source.every_hours is None:
        return _("alleen met de hand")
    if source.every_hours == 1:
        return _("elk uur")
    return _("elke %(hours)s uur") % {"hours": formatting.number(source.every_hours)}


def duration_text(started: datetime, finished: datetime | None) -> str:
    """How long it took, or how long it is at work."""
    return formatting.duration((finished or timezone.now()) - started)


def change_card(version: ProductVersion, names: Names) -> ChangeCard:
    product = version.product
    return ChangeCard(
        title=product.title,
        url=product_path(product.public_id, product.title),
        ean=product.ean or "",
        kind=kind_label(version.kind),
        at=formatting.moment(version.at),
        differences=differences(change_values(version, names)),
    )
