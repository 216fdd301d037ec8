"""What a publisher's own pages show of reviews and of replies to them."""

from typing import Any

from django import template

from accounts.access import Visitor
from catalogus.models import Publisher
from reviews.access import may_see_reviews_of
from reviews.school_years import school_year_label
from reviews.selectors.publisher_reviews import answered_counts

register = template.Library()

register.filter("school_year", school_year_label)


@register.inclusion_tag("reviews/answering/_publisher_link.html")
def publisher_reviews_link(publisher: Publisher, user: Visitor) -> dict[str, Any]:
    """The way to the reviews of a publisher's methods, with how many have no reply yet; nothing for who may not."""
    if not may_see_reviews_of(user, publisher.pk):
        return {"publisher": None}
    return {"publisher": publisher, "counts": answered_counts(publisher)}
