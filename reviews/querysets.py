"""Which reviews are meant, in one place: what is published, what is of an older edition, what counts."""

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber

from reviews.models import Review, ReviewState

IS_OLDER = Q(
    shown_edition__ordinal__isnull=False,
    shown_method__current_ordinal__isnull=False,
    shown_edition__ordinal__lt=F("shown_method__current_ordinal"),
)
"""Of an edition that a later one replaced. One without a number ("onbekend") may be the current one."""


def published_reviews() -> QuerySet[Review]:
    """What everybody may read."""
    return Review.objects.filter(state=ReviewState.PUBLISHED)


def counting_reviews() -> QuerySet[Review]:
    """What totals are made of: published, with enough scores, of the current edition of a method that stands.

    Of each author the newest of a method, as spread.one_of_each has it.
    """
    rows = published_reviews().filter(total__isnull=False, shown_method__merged_into=None).exclude(IS_OLDER)
    place = Window(
        RowNumber(),
        # Whose author is gone counts singly: below nothing is no number of an account.
        partition_by=[F("shown_method"), Coalesce(F("author"), -F("pk"))],
        order_by=["-school_year", "-published_at", "-pk"],
    )
    return Review.objects.filter(pk__in=rows.order_by().annotate(place=place).filter(place=1).values("pk"))
