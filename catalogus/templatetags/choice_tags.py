"""The boxes of a facet. Made here and not by a template: there are a hundred on a page of results, and a third of what
that page cost went to them."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogus.web.facet_fields import Choice

register = template.Library()


@register.simple_tag
def choice_list(parameter: str, choices: Iterable[Choice]) -> SafeString:
    """The list with those below; parameter: the name in the address."""
    return SafeString(_boxes(escape(parameter), choices))


def _boxes(parameter: str, choices: Iterable[Choice]) -> str:
    """Every value is escaped here, one by one: format_html takes twice as long."""
    return f'<ul class="choices">{"".join(_box(parameter, choice) for choice in choices)}</ul>'


def _box(parameter: str, choice: Choice) -> str:
    code, label = escape(choice.code), escape(choice.label)
    checked = " checked" if choice.is_selected else ""
    count = "" if choice.count is None else f' <span class="count">{escape(choice.count)}</span>'
    below = _boxes(parameter, choice.children) if choice.children else ""
    if choice.is_folded:
        more = escape(_("%(n)s fijner") % {"n": len(choice.children)})
        below = (
            f'<details id="onder-{parameter}-{code}" class="more" data-fold="{parameter}-{code}">'
            f'<summary>{more} <span class="visually-hidden">({label})</span></summary>{below}</details>'
        )
    # Each box has its own id, by which an update in place knows it again.
    box = f'<input type="checkbox" id="{parameter}-{code}" name="{parameter}" value="{code}"{checked}>'
    return f'<li><label class="check">{box}<span>{label}</span>{count}</label>{below}</li>'
