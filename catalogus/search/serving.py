"""May the live index be searched? One of another definition would find nothing, and say nothing of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils.translation import gettext as _
from elasticsearch import BadRequestError

from catalogus.exceptions import SearchUnavailable
from catalogus.memory import Memory
from catalogus.search.client import engine_faults, get_client, no_index
from catalogus.search.indices import standing

_TIMEOUT_SECONDS = 1.0
"""The engine answers it from memory in milliseconds; a suggestion or a page waits for it."""


def require_known_index() -> None:
    """Raise SearchUnavailable where the live index is another than this code knows, or is not there.

    Asked of the engine twice a minute in each process at most; a search takes no second call for it.
    """
    if not _is_known.get():
        raise strange_index()


@contextmanager
def known_index() -> Iterator[None]:
    """A block that searches the live index, with the engine's faults as ours. Raises what require_known_index does.

    Where the engine cannot read what is asked, another index may have gone live since that was last looked at, by a
    restore or by hand: that is asked again before it counts as a fault of ours.
    """
    require_known_index()
    try:
        with engine_faults():
            yield
    except BadRequestError:
        forget()
        require_known_index()
        raise


def strange_index() -> SearchUnavailable:
    """What to raise, and what to do, where the live index has another definition."""
    return SearchUnavailable(
        _(
            "De zoekindex heeft een andere indeling dan deze versie van de catalogus kent."
            " Bouw hem opnieuw op met “manage.py search rebuild”."
        )
    )


def forget() -> None:
    """Ask again at the next search: other indexes have gone live."""
    _is_known.forget()


def _read(_before: bool | None) -> bool:
    client = get_client(timeout_seconds=min(_TIMEOUT_SECONDS, settings.ELASTICSEARCH_TIMEOUT_SECONDS))
    with engine_faults():
        found = standing(client)
    if not found.is_there:
        raise no_index()
    return found.is_known


_is_known = Memory[bool](_read)
