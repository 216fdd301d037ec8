"""What the pages of the catalogue show of reviews."""

from typing import Any

from django import template

from catalogus.models import Method

register = template.Library()


@register.inclusion_tag("reviews/components/_method_reviews.html")
def method_reviews(method: Method) -> dict[str, Any]:
    """What reviewers say of a method as a whole, and room for their reviews; that there are none is said."""
    return {"method": method, "count": method.review_count, "mean": method.review_mean}
