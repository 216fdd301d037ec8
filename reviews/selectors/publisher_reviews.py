"""The reviews that a publisher may reply to: of its methods, and of those of publishers that were merged into it."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from catalogus.models import Method, Publisher
from catalogus.services.publishers import family_of
from reviews.models import Review
from reviews.querysets import published_reviews
from reviews.selectors.authors import AUTHOR_RELATIONS


@dataclass(frozen=True, slots=True)
class Answered:
    """How many published reviews have a reply, and how many none. A reply that a moderator removed is one."""

    waiting: int
    done: int


def reviews_of_publisher(publisher: Publisher) -> QuerySet[Review]:
    return published_reviews().filter(shown_method__publisher__in=family_of(publisher.pk))


def reviews_to_answer(publisher: Publisher, *, is_answered: bool, method: Method | None = None) -> QuerySet[Review]:
    """Those with a reply, or those without; with all that a page shows of them."""
    rows = reviews_of_publisher(publisher).filter(reply__isnull=not is_answered)
    if method is not None:
        rows = rows.filter(shown_method=method)
    return rows.select_related("shown_method", "shown_edition", "reply__publisher", *AUTHOR_RELATIONS)


def answered_counts(publisher: Publisher, method: Method | None = None) -> Answered:
    """One query."""
    rows = reviews_of_publisher(publisher)
    if method is not None:
        rows = rows.filter(shown_method=method)
    found = rows.aggregate(
        waiting=Count("pk", filter=Q(reply__isnull=True)), done=Count("pk", filter=Q(reply__isnull=False))
    )
    return Answered(**found)


def reviewed_methods_of(publisher: Publisher) -> list[Method]:
    """The publisher's methods that have published reviews, by name."""
    reviewed = reviews_of_publisher(publisher).values("shown_method")
    return list(Method.objects.filter(pk__in=reviewed).order_by("name", "pk"))
