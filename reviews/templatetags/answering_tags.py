"""What other pages show of the publisher's replies and of readers' votes."""

from typing import Any

from django import template
from django.template.context import RequestContext

from accounts.access import Visitor
from accounts.models import User
from catalogus.models import Publisher
from reviews.access import is_author, may_find_helpful, may_see_reviews_of
from reviews.models import Review
from reviews.school_years import school_year_label
from reviews.selectors.publisher_reviews import answered_counts
from reviews.selectors.votes import found_helpful

register = template.Library()

register.filter("school_year", school_year_label)


@register.inclusion_tag("reviews/answering/_publisher_link.html")
def publisher_reviews_link(publisher: Publisher, user: Visitor) -> dict[str, Any]:
    """The way to the reviews of a publisher's methods, with how many have no reply yet; nothing for who may not."""
    if not may_see_reviews_of(user, publisher.pk):
        return {"publisher": None}
    return {"publisher": publisher, "counts": answered_counts(publisher)}


@register.inclusion_tag("reviews/answering/_helpful.html", takes_context=True)
def helpful(context: RequestContext, review: Review) -> dict[str, Any]:
    """How many found a review of use, and for who may say so the button; for one review on a page.

    A visitor without an account sees the number alone, and their page gets no cookie by it.
    """
    request = context["request"]
    user = request.user
    has_voted = isinstance(user, User) and bool(found_helpful(user, [review.pk]))
    return {
        "review": review,
        "has_voted": has_voted,
        "is_own": is_author(user, review),
        "may_vote": has_voted or may_find_helpful(user, review),
        "next": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
