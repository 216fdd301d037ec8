"""Every cell of docs/rights.md, tried: for each action everybody tries it, and who may is let in and nobody else."""

import pytest
from django.db import transaction
from django.urls import URLResolver, get_resolver

from tests.conftest import REPOSITORY
from tests.rights.attempts import Action
from tests.rights.document import document
from tests.rights.roles import Role, make_person
from tests.rights.table import FUNCTIONS, PUBLIC, TABLE
from tests.rights.world import make_world


class _UndoneAgain(Exception):
    pass


@pytest.mark.search
@pytest.mark.usefixtures("search_index")
@pytest.mark.parametrize("action", TABLE, ids=[f"{action.area}: {action.title}" for action in TABLE])
def test_who_may(action: Action):
    world = make_world()
    people = {role: make_person(role, world) for role in Role}
    found = {}
    for role, person in people.items():
        try:
            with transaction.atomic():
                found[role] = action.attempt(world, person)
                raise _UndoneAgain  # noqa: TRY301  The next person finds the world as this one did.
        except _UndoneAgain:
            pass
    assert {role for role, was_allowed in found.items() if was_allowed} == action.allowed


def test_the_page_says_what_the_table_says():
    assert (REPOSITORY / "docs" / "rights.md").read_text() == document(), "run `make rights`"


def test_every_address_of_the_site_is_in_the_table():
    named = {name for action in TABLE for name in action.addresses}
    assert set(_names(get_resolver())) - named - set(PUBLIC) == set()
    assert not named & set(PUBLIC)


def test_every_function_that_decides_is_in_the_table():
    assert FUNCTIONS - {name for action in TABLE for name in action.decided_by.split(", ")} == set()


def _names(resolver: URLResolver, namespace: str = "") -> list[str]:
    """All names; of the administration only its front door, for Django's permissions decide behind that."""
    names = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            names += _names(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif not namespace.startswith("admin:") or pattern.name in {"index", "login"}:
            names.append(f"{namespace}{pattern.name}")
    return names
