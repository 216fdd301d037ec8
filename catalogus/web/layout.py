"""How results stand on the page: a parameter of its own beside the search, for it finds nothing else."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.utils.translation import gettext as _

from catalogus.exceptions import InvalidCriteria

PARAMETER = "layout"


class Layout(StrEnum):
    LIST = "list"
    TABLE = "table"

    def parameters(self) -> list[tuple[str, str]]:
        """What an address says of it; the usual one is left out."""
        return [] if self == Layout.LIST else [(PARAMETER, self.value)]


def layout_of(query: Mapping[str, Iterable[str]]) -> Layout:
    """Read it of an address (name -> values); the last one that is given counts, as of the search's own parameters.

    Raises InvalidCriteria, which names field, value and remedy.
    """
    given = [value.strip() for value in query.get(PARAMETER, ()) if value.strip()]
    try:
        return Layout(given[-1]) if given else Layout.LIST
    except ValueError as error:
        message = _("“%(value)s” bestaat niet; kies uit %(choices)s.") % {
            "value": given[-1][:80],
            "choices": ", ".join(layout.value for layout in Layout),
        }
        raise InvalidCriteria({PARAMETER: [message]}) from error


def layout_or_usual(query: Mapping[str, Iterable[str]]) -> Layout:
    """As layout_of, but the usual one for what cannot be read: where something else is wrong with the address."""
    try:
        return layout_of(query)
    except InvalidCriteria:
        return Layout.LIST
