"""What the pages of an account show of a person's reviews, where they delete it or look at what they wrote."""

from typing import Any

from django import template
from django.template.context import RequestContext

from accounts.models import User
from reviews.models import AfterDeletion, Review
from reviews.services.deletion import reviews_at_deletion

register = template.Library()


@register.inclusion_tag("reviews/privacy/_at_deletion.html", takes_context=True)
def reviews_when_deleted(context: RequestContext) -> dict[str, Any]:
    """How many of the reader's reviews stay and go with their account, and the choice for all; nothing without any."""
    user = context["user"]
    assert isinstance(user, User)  # noqa: S101  The page is for who is signed in.
    return {"found": reviews_at_deletion(user), "csrf_token": context["csrf_token"]}


@register.inclusion_tag("reviews/privacy/_after_deletion.html", takes_context=True)
def choice_after_deletion(context: RequestContext, review: Review) -> dict[str, Any]:
    """The choice for one review, with a button of its own."""
    return {"review": review, "choices": AfterDeletion.choices, "csrf_token": context["csrf_token"]}
