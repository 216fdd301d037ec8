"""Trying things as somebody, and telling whether it was allowed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from django.http import HttpResponseBase
from django.urls import reverse

from tests.rights.roles import Person, Role
from tests.rights.world import World

Attempt = Callable[[World, Person], bool]
"""Do it as this person; whether it was allowed. Anything but a plain yes or no is an AssertionError."""


@dataclass(frozen=True)
class Action:
    """One row of the table: what is tried, by which function it is decided, and for which roles it is allowed.

    addresses: the names of the addresses that the row is about; each name of the site is in a row or in PUBLIC.
    """

    area: str
    title: str
    allowed: frozenset[Role]
    attempt: Attempt
    decided_by: str
    addresses: tuple[str, ...] = field(default=())


def is_let_in(response: HttpResponseBase) -> bool:
    """Whether a page was shown or an action taken, and not: sign in, show your second factor, or not for you."""
    if response.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}:
        return False
    if response.status_code == HTTPStatus.FOUND:
        doors = ("account_login", "admin:login", "accounts:second-factor-needed", "mfa_reauthenticate")
        return not response["Location"].startswith(tuple(reverse(door) for door in doors))
    assert response.status_code == HTTPStatus.OK, response.status_code
    return True


def visits(*pages: Callable[[World], str]) -> Attempt:
    """GET each page: all of them or none are shown."""

    def attempt(world: World, person: Person) -> bool:
        answers = {page(world): is_let_in(person.client.get(page(world))) for page in pages}
        assert len(set(answers.values())) == 1, answers
        return all(answers.values())

    return attempt


def sends(
    page: Callable[[World], str], data: Callable[[World], dict[str, str]], took: Callable[[World], bool]
) -> Attempt:
    """POST a form; `took` tells from the database whether it did what it is for, and must agree with the answer."""

    def attempt(world: World, person: Person) -> bool:
        assert not took(world), "it was so before"
        let_in = is_let_in(person.client.post(page(world), data(world)))
        assert took(world) == let_in, f"answer says {let_in}, database says {took(world)}"
        return let_in

    return attempt


def at(name: str, *args: Callable[[World], object]) -> Callable[[World], str]:
    """The address of a page, its parts taken from the world."""
    return lambda world: reverse(name, args=[arg(world) for arg in args])
