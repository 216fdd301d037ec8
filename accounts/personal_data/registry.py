"""The registry itself: what is said of a table, and the rows of one person as plain JSON values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User

Row: TypeAlias = dict[str, Any]
Text: TypeAlias = str | Promise


class Ground(TextChoices):
    """Why it may be held: the points of article 6, clause 1, of the AVG (GDPR) that are used here."""

    CONSENT = "a", _("uw toestemming")
    CONTRACT = "b", _("nodig voor wat u hier doet (uitvoering van de overeenkomst)")
    LEGAL = "c", _("wettelijke plicht")
    LEGITIMATE = "f", _("gerechtvaardigd belang")


class Deletion(TextChoices):
    """What becomes of the rows when their person deletes the account."""

    ERASED = "erased", _("wordt gewist")
    EMPTIED = "emptied", _("blijft, zonder u erin")


@dataclass(frozen=True, slots=True)
class Holding:
    """What is held in one table of one person.

    key: its name in the download, in English. fields: the personal columns, each with its name for people. rows: those
    of one person, as plain JSON values and without secrets. forget: what deletion does beyond what goes with the user's
    own row, or None; it may be called again. lock: waits for the rows that forget writes, before anybody waits for the
    person's own row, or None. is_of_editors: held of nobody but who works for the catalogue, or did.
    """

    key: str
    model: type[Model]
    name: Text
    fields: Mapping[str, Text]
    purpose: Text
    ground: Ground
    kept: Text
    deletion: Deletion
    rows: Callable[[User], Iterable[Row]]
    deletion_note: Text = ""
    forget: Callable[[User], None] | None = None
    lock: Callable[[User], None] | None = None
    is_of_editors: bool = False


_holdings: dict[str, Holding] = {}


def register(*added: Holding) -> None:
    """Add what a room holds. Raises ImproperlyConfigured for a key that is taken."""
    for holding in added:
        if holding.key in _holdings:
            raise ImproperlyConfigured(f"personal data {holding.key!r} is registered twice: give one another key")
        _holdings[holding.key] = holding


def holdings() -> tuple[Holding, ...]:
    """All of them, in the order in which the rooms were started."""
    return tuple(_holdings.values())


def holdings_by_audience() -> list[Holding]:
    """The same for people to read: first what is held of anybody, then what is held of editors alone."""
    return sorted(holdings(), key=lambda holding: holding.is_of_editors)


def rows_of(
    model: type[Model], columns: Mapping[str, str], condition: Callable[[User], Q]
) -> Callable[[User], Iterator[Row]]:
    """A function for Holding.rows. columns: key in the download -> field, or path over a relation."""

    def rows(user: User) -> Iterator[Row]:
        found: QuerySet[Any] = model._default_manager.filter(condition(user)).order_by("pk")
        for values in found.values_list(*columns.values()).iterator(chunk_size=500):
            yield {key: plain(value) for key, value in zip(columns, values, strict=True)}

    return rows


def plain(value: object) -> Any:
    """A value as JSON knows it: moments and days as ISO 8601, anything unknown as its text."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, Iterable):
        return [plain(each) for each in value]
    return str(value)
