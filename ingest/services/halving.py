"""Do with many what the database may refuse for one: that one is found, and the others are done."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

Item = TypeVar("Item")
Result = TypeVar("Result")


@transaction.atomic
def done_in_halves(items: Sequence[Item], work: Callable[[Sequence[Item], str], Result]) -> list[Result]:
    """Do the work with all at once, or else with each half by itself; what came of each part.

    work(items, fault) is one transaction. A single item that the database refuses is worked on once more, with why it
    was refused as its fault; before that the fault is empty.
    """
    try:
        return [work(items, "")]
    except (DataError, IntegrityError, ValidationError) as error:
        if len(items) == 1:
            return [work(items, str(error))]
    middle = len(items) // 2
    return [*done_in_halves(items[:middle], work), *done_in_halves(items[middle:], work)]
