"""Since when readers have a review that was withdrawn and is written anew."""

from datetime import datetime

from django.db.models import Min, Q

from reviews.models import Review


def first_published(review: Review) -> datetime | None:
    """When its author first published one of this edition and school year; None for the first of them.

    Else who withdraws and writes anew would be the newest again and again. Versions tell what a review was about before
    it was changed, so that one that is moved to another school year makes no room either.
    """
    is_so_now = Q(shown_edition=review.shown_edition_id, school_year=review.school_year)
    was_so = Q(versions__content__edition=review.edition_id, versions__content__school_year=review.school_year)
    own = Review.objects.filter(is_so_now | was_so, author=review.author_id, shown_method=review.shown_method_id)
    found: datetime | None = own.aggregate(first=Min("published_at"))["first"]
    return found
