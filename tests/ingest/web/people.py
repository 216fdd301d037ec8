"""Who looks at pages."""

import itertools
from typing import Any

from accounts.models import PublisherMember, User
from catalogus.models import Publisher

_numbers = itertools.count(1)


def make_user(**fields: Any) -> User:
    return User.objects.create_user(sign_in_name=f"mens-{next(_numbers)}", **fields)


def make_staff() -> User:
    return make_user(is_staff=True)


def make_member(*slugs: str, role: str = "reader") -> User:
    """A member of the publishers with these slugs."""
    user = make_user()
    for publisher in Publisher.objects.filter(slug__in=slugs):
        PublisherMember.objects.create(user=user, publisher=publisher, role=role)
    return user
