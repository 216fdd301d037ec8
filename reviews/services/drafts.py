"""Keep what somebody is writing, as it was typed: nothing of it is checked but its size and the names of its fields.

A draft is its writer's alone. It is kept also for who may not review any more: nothing typed is lost by that.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalogus.models import Method, Product
from catalogus.survivors import leading_to
from reviews.exceptions import DraftChanged
from reviews.models import Review, ReviewDraft

MOST_BYTES = 100_000
"""A review that can be published takes half of it at the very most."""

Fields = Mapping[str, Sequence[str]]
"""What stands in a form: name -> texts."""

_UNKNOWN_TO_POSTGRESQL = str.maketrans("", "", "\x00")


@transaction.atomic
def open_draft(
    *, author: User, method: Method, product: Product | None = None, review: Review | None = None
) -> ReviewDraft:
    """The draft that the person has of this method, or of the change of this review; a new, empty one else.

    method: one that stands; a draft of a method that was merged into it is that of it. product: kept with a new one.
    """
    if review is not None:
        mine = ReviewDraft.objects.filter(author=author, review=review)
    else:
        mine = ReviewDraft.objects.filter(author=author, review=None, method__in=leading_to(method.pk))
    found = mine.select_related("method", "product", "review").order_by("-updated_at", "-pk").first()
    if found is not None:
        return found
    # Two windows that open at once get one draft: the constraint lets one of them make it.
    made, _is_new = ReviewDraft.objects.get_or_create(
        author=author, method=method, review=review, defaults={"key": uuid.uuid4(), "product": product}
    )
    return made


@transaction.atomic
def save_draft(*, draft: ReviewDraft, fields: Fields, saves: int, names: frozenset[str]) -> ReviewDraft:
    """Keep what stands in the form now.

    saves: of the draft as the window saw it; names: of the form's fields, all others are left out. Raises DraftChanged
    where another window kept it meanwhile, or it is gone; ValidationError ("draft") where it is too large.
    """
    kept = {name: [text.translate(_UNKNOWN_TO_POSTGRESQL) for text in fields[name]] for name in fields if name in names}
    size = len(json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace"))
    if size > MOST_BYTES:
        text = _("Dit is te lang om als concept te bewaren: %(size)d van hoogstens %(most)d kB. Maak het korter.")
        raise ValidationError({"draft": text % {"size": -(-size // 1000), "most": MOST_BYTES // 1000}})
    found = ReviewDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if found is None:
        raise DraftChanged(_("Dit concept is intussen verstuurd of weggegooid."), None)
    if found.saves != saves and found.fields == kept:
        return found  # The answer got lost, and it is sent once more.
    if found.saves != saves:
        raise DraftChanged(_("In een ander venster is intussen verder geschreven aan dit concept."), found)
    found.fields, found.saves, found.updated_at = kept, saves + 1, timezone.now()
    found.save(update_fields=["fields", "saves", "updated_at"])
    return found


def discard_draft(*, author: User, key: UUID) -> bool:
    """Whether there was one of theirs; gone is gone."""
    rows, _by_model = ReviewDraft.objects.filter(author=author, key=key).delete()
    return bool(rows)
