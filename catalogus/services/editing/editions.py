"""Rename editions, and find or make the one that an editor means."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from catalogus.families import parse_edition_element
from catalogus.models import UNKNOWN_EDITION, Edit, Edition, EditKind, Method, OutboxKind, Product
from catalogus.naming import normal_form
from catalogus.services.editing.journal import Cells, refuse_if, short, write_edit
from catalogus.services.editors import begin_editing
from catalogus.services.method_changes import tell_methods_changed
from catalogus.services.outbox import enqueue

LONGEST_LABEL = 100
_HIGHEST_ORDINAL = 9999
"""Years are the highest; a longer number is a slip."""


@dataclass(frozen=True, slots=True)
class EditionNamePlan:
    """What another label and ordinal do. The edition with the highest ordinal counts as the current one."""

    edition: Edition
    label: str
    ordinal: int | None
    product_count: int
    refusals: tuple[str, ...]


def plan_rename_edition(*, edition: Edition, label: str, ordinal: int | None) -> EditionNamePlan:
    """What renaming would do as things are now."""
    label = " ".join(label.split())
    refusals = []
    if edition.is_unknown:
        refusals.append(
            _("De onbekende uitgave heeft geen naam; verplaats de producten naar een uitgave die er een heeft.")
        )
    if not normal_form(label) or "\x00" in label or len(label) > LONGEST_LABEL:
        text = _("Geef een aanduiding met letters of cijfers, van hoogstens %(most)d tekens.")
        refusals.append(text % {"most": LONGEST_LABEL})
    if ordinal is not None and not 0 < ordinal <= _HIGHEST_ORDINAL:
        text = _("Een volgnummer of jaar ligt tussen 1 en %(most)d; laat het leeg als dat er niet is.")
        refusals.append(text % {"most": _HIGHEST_ORDINAL})
    others = edition.method.editions.exclude(pk=edition.pk)
    twin = next((other for other in others if label and _is_called(other, label)), None)
    if twin is not None:
        text = _("De methode heeft al een uitgave “%(label)s”; verplaats de producten daarheen.")
        refusals.append(text % {"label": twin.label})
    if (label, ordinal, True) == (edition.label, edition.ordinal, edition.is_locked):
        refusals.append(_("De uitgave heet al zo, en is vastgezet."))
    count = Product.objects.filter(edition=edition).count()
    return EditionNamePlan(edition, label, ordinal, count, tuple(refusals))


@transaction.atomic
def rename_edition(*, edition: Edition, label: str, ordinal: int | None, actor: str, reason: str) -> Edit:
    """Give an edition another label and ordinal, and lock it. Its records are still known by their own label.

    Raises EditRefused, and ValidationError without actor or reason.
    """
    begin_editing(actor=actor, reason=reason)
    edition = Edition.objects.select_for_update(of=("self",)).select_related("method__publisher").get(pk=edition.pk)
    plan = plan_rename_edition(edition=edition, label=label, ordinal=ordinal)
    refuse_if(plan.refusals)
    before = {"edition": edition.pk, "label": edition.label, "ordinal": edition.ordinal, "is_locked": edition.is_locked}
    after = {"label": plan.label, "ordinal": plan.ordinal, "is_locked": True}
    edit = write_edit(
        EditKind.RENAME_EDITION,
        f"Uitgave {short(edition.label)} van {short(edition.method.name)} hernoemd tot {short(plan.label)}",
        cells=Cells(
            wrote=[f"edition:{edition.pk}:label", *([] if edition.is_locked else [f"edition:{edition.pk}:locked"])]
        ),
        before=before,
        after=after,
        actor=actor,
        reason=reason,
        publisher=edition.method.publisher,
        method=edition.method,
    )
    name_edition(edition, plan.label, plan.ordinal, is_locked=True)
    return edit


def name_edition(edition: Edition, label: str, ordinal: int | None, *, is_locked: bool) -> None:
    """Write what an edition is called, and what shows it."""
    Edition.objects.filter(pk=edition.pk).update(label=label, ordinal=ordinal, is_locked=is_locked)
    enqueue(OutboxKind.METHOD, [edition.method_id])
    if ordinal != edition.ordinal:
        tell_methods_changed([edition.method_id])
    enqueue(OutboxKind.PRODUCT, Product.objects.filter(edition=edition).values_list("pk", flat=True))


def find_edition(method: Method, label: str) -> Edition | None:
    """The method's edition that a label means, however it is spelled; an empty one means the unknown edition."""
    own_label = " ".join(label.split())
    key = _read(label)[1]
    editions = list(method.editions.order_by("pk"))
    by_label = (edition for edition in editions if own_label and _is_called(edition, own_label))
    return next(by_label, None) or next((edition for edition in editions if edition.key == key), None)


def make_edition(method: Method, label: str) -> Edition:
    """Store the edition that a label means, as a harvest would that read it."""
    read, key, ordinal = _read(label)
    edition = Edition(method=method, label=read, key=key, ordinal=ordinal)
    edition.full_clean()
    edition.save()
    return edition


def _read(label: str) -> tuple[str, str, int | None]:
    """Label, key and ordinal: "3e dr." -> ("3e druk", "3e druk", 3)."""
    read, ordinal = parse_edition_element(label)
    key = normal_form(read)[:LONGEST_LABEL]
    return (read[:LONGEST_LABEL], key, ordinal) if key else (UNKNOWN_EDITION, "", None)


def _is_called(edition: Edition, label: str) -> bool:
    return normal_form(label) in (edition.key, normal_form(edition.label))
