"""Bring the rows in line with what records say now; who calls this holds Lock.COVERS."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from catalogus.covers.files import remove_unused
from catalogus.models import CoverImage, CoverState, Product

AT_ONCE = 2_000
"""Rows; a catalogue of twenty thousand is in line after ten runs."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Rows that came, that have another address now, and that went."""

    new: int
    renewed: int
    removed: int


def keep_up() -> Upkeep:
    """Want what live products name, drop what they name no longer; may be run again at any time."""
    return Upkeep(_want_new(), _renew(), _remove())


def _want_new() -> int:
    """Products with an address and no row."""
    now = timezone.now()
    rows = Product.objects.live().filter(cover=None).exclude(cover_url="").order_by("pk")[:AT_ONCE]
    made = CoverImage.objects.bulk_create(
        [
            CoverImage(product_id=product_id, address=address, next_try_at=now)
            for product_id, address in rows.values_list("pk", "cover_url")
        ],
        ignore_conflicts=True,
    )
    return len(made)


def _renew() -> int:
    """Rows whose product names another address now: the old picture goes at once, for it may be of another book."""
    rows = CoverImage.objects.exclude(product__cover_url="").exclude(address=F("product__cover_url"))
    with transaction.atomic():
        found = list(rows.select_related("product").select_for_update(of=("self",)).order_by("pk")[:AT_ONCE])
        old = {cover.content_hash for cover in found}
        for cover in found:
            cover.address = cover.product.cover_url
            cover.state, cover.content_hash, cover.tries, cover.reason = CoverState.WAITING, "", 0, ""
            cover.next_try_at = timezone.now()
        CoverImage.objects.bulk_update(
            found, ["address", "state", "content_hash", "tries", "reason", "next_try_at"], batch_size=500
        )
    remove_unused(old)
    return len(found)


def _remove() -> int:
    """Rows of products that were withdrawn or merged, or that name no address."""
    gone = CoverImage.objects.filter(
        ~Q(product__withdrawn_at=None) | ~Q(product__merged_into=None) | Q(product__cover_url="")
    )
    found = dict(gone.order_by("pk").values_list("pk", "content_hash")[:AT_ONCE])
    CoverImage.objects.filter(pk__in=found).delete()
    remove_unused(found.values())
    return len(found)
