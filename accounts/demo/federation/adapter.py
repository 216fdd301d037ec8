"""What django-allauth's provider asks about people: they come from the table of the demonstration."""

from collections.abc import Iterable
from typing import Any, Literal

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import User

from accounts.demo.claims import claims_of, sub_of
from accounts.demo.federation.options import current
from accounts.demo.people import Person, federated_people, person_by_key


class ProviderAdapter(DefaultOIDCAdapter):
    def get_issuer(self) -> str:
        """One name, whatever address it was asked at."""
        return current().issuer

    def get_user_sub(self, client: Any, user: AbstractBaseUser) -> str:  # noqa: ARG002  allauth's signature.
        return sub_of(_person(user))

    def get_user_by_sub(self, client: Any, sub: str) -> User | None:  # noqa: ARG002  Idem.
        for person in federated_people():
            if sub_of(person) == sub:
                return User.objects.filter(username=person.key, is_active=True).first()
        return None

    def get_claims(
        self,
        purpose: Literal["id_token", "userinfo"],
        user: AbstractBaseUser,
        client: Any,
        scopes: Iterable[str],  # noqa: ARG002  Idem.
        email: str | None = None,  # noqa: ARG002  Idem.
        **_kwargs: Any,
    ) -> dict[str, Any]:
        """The token says who it is, userinfo what they are: so do the federations, whatever scopes are asked for."""
        claims: dict[str, Any] = {"sub": self.get_user_sub(client, user)}
        if purpose == "userinfo":
            claims |= claims_of(_person(user), current().claims)
        return claims

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """Of all that allauth can do, this provider's one client may do one thing."""
        data |= {"grant_types_supported": ["authorization_code"], "response_types_supported": ["code"]}


def _person(user: AbstractBaseUser) -> Person:
    person = person_by_key(user.get_username())
    if person is None:
        raise LookupError(f"the demonstration has nobody called {user.get_username()}")
    return person
