"""What the pages of the catalogue show of reviews: the same for every visitor, without anything personal."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from catalogus.models import Method, Product
from catalogus.web import formatting
from catalogus.web.review_words import rating_text
from reviews.selectors.detail import method_detail
from reviews.selectors.filtering import ReviewFilter, review_facts
from reviews.selectors.listing import reviews_of, reviews_of_product
from reviews.web.cards import review_cards
from reviews.web.summary import current_text, number_text, stored_headline, stored_spread, summary_of

register = template.Library()

MOST_IN_SHORT = 3


@register.inclusion_tag("reviews/components/_method_reviews.html")
def method_reviews(method: Method) -> dict[str, Any]:
    """What reviewers say of a method as a whole, and its newest reviews; that there are none is said.

    No query for a method without reviews, six for any other. Mean and number are those that the catalogue keeps, as
    every other page shows them.
    """
    count = method.review_count + method.older_review_count
    if not count:
        return {"method": method, "has_reviews": False}
    facts = review_facts(method)
    newest = reviews_of(method, ReviewFilter(), size=MOST_IN_SHORT, facts=facts)
    return {
        "method": method,
        "has_reviews": True,
        "headline": stored_headline(method),
        "spread": stored_spread(method),
        "number": current_text(method.review_count, method.older_review_count),
        "summary": summary_of(method_detail(method, facts=facts)) if facts else None,
        "cards": review_cards(newest.reviews),
        "all_text": _("Lees alle beoordelingen (%(n)s)") % {"n": formatting.number(count)},
    }


@register.inclusion_tag("reviews/components/_product_reviews.html")
def product_reviews(product: Product) -> dict[str, Any]:
    """What reviewers say of the product's method, and the newest reviews that name the product itself.

    No query where the method has no reviews, two at most.
    """
    method = product.method
    count = method.review_count + method.older_review_count
    return {
        "product": product,
        "rating": rating_text(method),
        "number": number_text(count) if count else "",
        "cards": review_cards(reviews_of_product(product, MOST_IN_SHORT)) if count else [],
    }
