"""What a person's menu has besides what everybody's has."""

from dataclasses import dataclass

from django import template

from accounts.access import Visitor, is_editor, may_moderate, publishers_of, schools_led_by

register = template.Library()


@dataclass(frozen=True, slots=True)
class Duties:
    """confirms: whether the person says of others where they work; speaks: whether for a publisher, or for staff;
    moderates: whether they judge reviews."""

    confirms: bool
    speaks: bool
    moderates: bool


@register.simple_tag
def duties(user: Visitor) -> Duties:
    """A few queries at most, on one's own pages alone."""
    is_staff = is_editor(user)
    return Duties(
        confirms=is_staff or bool(schools_led_by(user)),
        speaks=is_staff or bool(publishers_of(user)),
        moderates=may_moderate(user),
    )
