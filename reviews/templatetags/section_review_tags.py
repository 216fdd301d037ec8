"""What the page of a section shows of reviews."""

from typing import Any

from django import template

from accounts.access import Visitor
from accounts.models import Section
from reviews.access import may_let_school_be_named
from reviews.models import SectionConsent

register = template.Library()


@register.inclusion_tag("reviews/components/_section_consent.html")
def section_review_consent(user: Visitor, section: Section) -> dict[str, Any]:
    """Whether the school may be named with reviews, and the way to decide; nothing for who does not lead it."""
    if not may_let_school_be_named(user, section):
        return {}
    return {"section": section, "is_given": SectionConsent.objects.filter(section=section).exists()}
