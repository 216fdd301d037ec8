"""Words explained where they stand."""

from django import template

from catalogus.web.glossary import GLOSSARY, Term

register = template.Library()


@register.inclusion_tag("components/_tip.html")
def tip(code: str) -> dict[str, Term]:
    """The explanation of a word behind a small button; code: of catalogus.web.glossary, once on a page."""
    return {"tip": GLOSSARY[code]}
