"""The small parts that templates of every room use."""

from django import template
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

SPRITE = "vendor/lucide/icons.svg"

MOST_PRINTED = 2_000
"""Signs of an address: more fit no line that anybody would type over."""


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture beside words that say the same, so unseen by screen readers; name: of a symbol in the sprite.

    The sprite is a file of its own rather than part of each page: a browser asks for it once.
    """
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', static(SPRITE), name
    )


@register.simple_tag(takes_context=True)
def page_address(context: Context) -> str:
    """The address of this page, to be printed below it: whole, or without an overlong query.

    Nothing where the host is none of ours.
    """
    request: HttpRequest | None = context.get("request")
    try:
        address = request.build_absolute_uri() if request else ""
    except DisallowedHost:
        return ""
    return address if len(address) <= MOST_PRINTED else address.partition("?")[0]
