"""What a version of a product says that changed, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from catalogus.models import ProductVersion, VersionKind
from catalogus.product_data import ProductData
from catalogus.web.field_words import Names, field_label, value_text

MOST_TEXT = 160
"""Signs of a value in a list; the page of the product has it whole."""

_LEAD = 30
"""Of what two long texts share at their beginning, so much is shown before the difference."""

_ORDER = {field.name: place for place, field in enumerate(fields(ProductData))}
"""The history keeps the fields of a change in no order that means anything."""


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    old: str
    new: str


def kind_label(kind: str) -> str:
    return str(VersionKind(kind).label) if kind in VersionKind.values else kind


def change_values(version: ProductVersion, names: Names) -> Mapping[str, tuple[str, str]]:
    """Field -> old and new in words and whole, in the order in which a product is described."""
    changes = sorted(version.changes.items(), key=lambda change: (_ORDER.get(change[0], len(_ORDER)), change[0]))
    return {name: _words(name, pair, names, version.product.currency) for name, pair in changes}


def differences(values: Mapping[str, tuple[str, str]]) -> tuple[Difference, ...]:
    """values: of change_values; long ones are cut."""
    return tuple(Difference(field_label(name), *excerpts(old, new)) for name, (old, new) in values.items())


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Both texts, cut where they are long, so that the place where they begin to differ stands in both."""
    if len(old) <= MOST_TEXT and len(new) <= MOST_TEXT:
        return old, new
    shared = next(
        (place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    start = max(0, shared - _LEAD) if shared > MOST_TEXT // 2 else 0
    return _excerpt(old, start), _excerpt(new, start)


def _words(name: str, pair: object, names: Names, currency: str) -> tuple[str, str]:
    """Old and new; something else than a pair, which no writer of today leaves, reads as the new value."""
    old, new = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
    return (
        value_text(name, old, names=names, currency=currency),
        value_text(name, new, names=names, currency=currency),
    )


def _excerpt(text: str, start: int) -> str:
    cut = text[start : start + MOST_TEXT]
    return f"{'…' if start else ''}{cut}{'…' if start + MOST_TEXT < len(text) else ''}"
