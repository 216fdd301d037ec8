"""One product out of the records that describe it: each field from the most believed record that states it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from catalogus.choices import Form, Medium, ProductState, Role
from catalogus.product_data import ProductData

# Fields that mean something only together come from one record.
_TOGETHER: tuple[tuple[str, ...], ...] = (
    ("price_cents", "price_excl_cents", "vat_rate", "currency", "is_price_indicative"),
    ("form", "form_confidence"),
    ("medium",),
    ("state",),
    ("family_name", "edition_text"),
    ("classification", "rubrics"),
)
_NOT_STATED: tuple[Any, ...] = (
    None,
    "",
    (),
    ProductState.UNKNOWN.value,
    Medium.UNKNOWN.value,
    Form.UNKNOWN.value,
    Role.UNKNOWN.value,
)
_GROUPED = {name for group in _TOGETHER for name in group}
_GROUPS = (*_TOGETHER, *((field.name,) for field in fields(ProductData) if field.name not in _GROUPED))


@dataclass(frozen=True, slots=True)
class Statement:
    """What one record says, and how much it is believed: a lower precedence more, ties by identifier."""

    precedence: int
    identifier: str
    data: ProductData


def merge(statements: Iterable[Statement]) -> ProductData:
    """The product that these records describe together; at least one record."""
    ordered = sorted(statements, key=lambda statement: (statement.precedence, statement.identifier))
    first = ordered[0].data
    if len(ordered) == 1:
        return first
    chosen: dict[str, Any] = {}
    for group in _GROUPS:
        data = _first_stating(group[0], ordered) or first
        chosen |= {name: getattr(data, name) for name in group}
    return replace(first, **chosen)


def _first_stating(name: str, ordered: Sequence[Statement]) -> ProductData | None:
    return next((statement.data for statement in ordered if getattr(statement.data, name) not in _NOT_STATED), None)
