"""The journal of edits: what each one wrote, and which later ones stand in the way of undoing it.

What an edit writes is named by cells: "method:12:name", "product:7:place". An edit can be undone unless a later one
wrote a cell that it wrote or rests on, or holds a cell that it wrote; others are undone in any order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone

from catalogus.exceptions import EditRefused
from catalogus.models import Cause, Edit, EditKind, Method, Publisher
from catalogus.services.history import Told

_LONGEST_NAME = 150
"""Of three names in a summary none is cut short of what tells it apart."""


@dataclass(slots=True)
class Cells:
    """wrote: what an edit changes. rests_on: what must be as it was for undoing it. holds: what may not be taken back.

    A merge of two methods rests on its target not being merged, and holds both under the publisher that they share.
    """

    wrote: list[str] = field(default_factory=list)
    rests_on: list[str] = field(default_factory=list)
    holds: list[str] = field(default_factory=list)


def merged(row: Method | Publisher) -> str:
    """The cell of what a method or publisher was merged into."""
    return f"{'method' if isinstance(row, Method) else 'publisher'}:{row.pk}:merged"


def places(product_ids: Iterable[int]) -> list[str]:
    """The cells of where products stand: method and edition."""
    return [f"product:{pk}:place" for pk in product_ids]


def publishers_of(method_ids: Iterable[int]) -> list[str]:
    """The cells of whose methods are."""
    return [f"method:{pk}:publisher" for pk in method_ids]


def write_edit(
    kind: EditKind,
    summary: str,
    *,
    cells: Cells,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    actor: str,
    reason: str,
    publisher: Publisher,
    method: Method | None = None,
) -> Edit:
    """Store one action with what undoing it needs. The summary is Dutch, whatever language its editor reads."""
    edit = Edit(
        kind=kind,
        summary=summary,
        method=method,
        publisher=publisher,
        before=dict(before),
        after={**after, **asdict(cells)},
        actor=actor[:200],
        reason=reason,
        at=timezone.now(),
    )
    edit.full_clean()
    edit.save()
    return edit


def told_by(edit: Edit) -> Told:
    """What the versions of the products say of an edit."""
    return Told(Cause.EDITOR, edit.at, actor=edit.actor, run=f"edit-{edit.pk}", reason=edit.reason)


def later_edits(edit: Edit) -> list[Edit]:
    """Those that must be undone before this one, newest first."""
    wrote, rests_on = edit.after["wrote"], edit.after["rests_on"]
    meets = Q(after__wrote__has_any_keys=[*wrote, *rests_on]) | Q(after__holds__has_any_keys=wrote)
    return list(Edit.objects.filter(meets, pk__gt=edit.pk, undone_at=None).order_by("-pk"))


def refuse_if(refusals: tuple[str, ...]) -> None:
    """Raise EditRefused with the refusals of a plan, where it has any."""
    if refusals:
        raise EditRefused(*refusals)


def short(name: str) -> str:
    """A name as it stands in a summary."""
    return f"“{name[:_LONGEST_NAME]}”"
