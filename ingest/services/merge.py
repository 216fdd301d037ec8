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
    ordered = _by_belief(statements)
    # Most products have one record, and a harvest merges them all.
    return ordered[0].data if len(ordered) == 1 else merge_traced(ordered)[0]


def merge_traced(statements: Iterable[Statement]) -> tuple[ProductData, dict[str, Statement]]:
    """The product, and for each field that a record states the record that it was taken from."""
    ordered = _by_belief(statements)
    first = ordered[0]
    chosen: dict[str, Any] = {}
    origins: dict[str, Statement] = {}
    for group in _GROUPS:
        statement = _first_stating(group[0], ordered) or first
        for name in group:
            chosen[name] = value = getattr(statement.data, name)
            if is_stated(value):
                origins[name] = statement
    return replace(first.data, **chosen), origins


def is_stated(value: object) -> bool:
    """Whether a value of ProductData says something."""
    return value not in _NOT_STATED


def _by_belief(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda statement: (statement.precedence, statement.identifier))


def _first_stating(name: str, ordered: Sequence[Statement]) -> Statement | None:
    return next((statement for statement in ordered if is_stated(getattr(statement.data, name))), None)
