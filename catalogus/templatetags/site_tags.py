"""The small parts that templates of every room use."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

SPRITE = "vendor/lucide/icons.svg"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture beside words that say the same, so unseen by screen readers; name: of a symbol in the sprite.

    The sprite is a file of its own rather than part of each page: a browser asks for it once.
    """
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', static(SPRITE), name
    )
