"""What the pages of the catalogue show of reviews."""

from typing import Any

from django import template

from catalogus.models import Method
from catalogus.web.review_words import review_words

register = template.Library()


@register.inclusion_tag("reviews/components/_method_reviews.html")
def method_reviews(method: Method) -> dict[str, Any]:
    """What reviewers say of a method as a whole, and room for their reviews; that there are none is said.

    charts: the spread of ratings and the profile of the rubric, drawn of the reviews themselves once they are kept.
    """
    found = review_words(method)
    return {"method": method, "rating": str(found) if found.has_reviews else "", "charts": ()}
