"""What the provider does wrong on demand, as README.md names it: from now on, until it is told otherwise."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Final

from accounts.demo.people import federated_people

ENDPOINTS: Final = {
    "/.well-known/openid-configuration": "discovery",
    "/.well-known/jwks.json": "jwks",
    "/identity/o/authorize": "authorization",
    "/identity/o/api/token": "token",
    "/identity/o/api/userinfo": "userinfo",
}
"""The path of each endpoint and its name in `endpoints`."""

SIGNATURES: Final = ("other-key", "other-kid", "none", "hs256", "broken")


class BadMisbehaviour(ValueError):
    """What was asked for is nothing that this provider can do wrong; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What an endpoint answers instead of what it should. location: a redirect. delay_seconds: before any answer."""

    status: int = 200
    body: str = ""
    content_type: str = "application/json"
    location: str = ""
    delay_seconds: float = 0.0

    @property
    def is_an_answer(self) -> bool:
        return self.status != 200 or bool(self.body or self.location)


@dataclass(frozen=True, slots=True, kw_only=True)
class Misbehaviour:
    """What goes wrong; as made, nothing.

    person: who signs in, whichever button is pressed. claims: changes in what is said of people, in userinfo and, for
    what it holds too, in the token. id_token, userinfo, token, discovery, jwks: changes in that answer. In all of them
    None takes a name away. signature: one of SIGNATURES. expires_after_seconds and issued_seconds_ago: of the token,
    counted from now. authorization_error: comes back in the place of a code. endpoints: by name, what it answers.
    """

    person: str = ""
    claims: Mapping[str, Any] = field(default_factory=dict)
    id_token: Mapping[str, Any] = field(default_factory=dict)
    userinfo: Mapping[str, Any] = field(default_factory=dict)
    token: Mapping[str, Any] = field(default_factory=dict)
    discovery: Mapping[str, Any] = field(default_factory=dict)
    jwks: Mapping[str, Any] = field(default_factory=dict)
    signature: str = ""
    expires_after_seconds: int | None = None
    issued_seconds_ago: int | None = None
    authorization_error: str = ""
    endpoints: Mapping[str, Trouble] = field(default_factory=dict)

    @property
    def changes_id_token(self) -> bool:
        return bool(
            self.claims
            or self.id_token
            or self.signature
            or self.expires_after_seconds is not None
            or self.issued_seconds_ago is not None
        )


def read_misbehaviour(data: object) -> Misbehaviour:
    """Out of JSON; {} for none. Raises BadMisbehaviour that names the field, its value and what it may be."""
    values = _object("it", data)
    _known("it", values, Misbehaviour)
    _one_of("person", values.get("person", ""), ("", *(person.key for person in federated_people())))
    _one_of("signature", values.get("signature", ""), ("", *SIGNATURES))
    troubles = _object("endpoints", values.get("endpoints", {}))
    for name in troubles:
        _one_of("endpoints", name, tuple(ENDPOINTS.values()))
    return Misbehaviour(**values | {"endpoints": {name: _trouble(name, each) for name, each in troubles.items()}})


def _trouble(name: str, data: object) -> Trouble:
    values = _object(f"endpoints.{name}", data)
    _known(f"endpoints.{name}", values, Trouble)
    return Trouble(**values)


def _known(where: str, values: Mapping[str, Any], kind: type) -> None:
    """Every name is one of the dataclass's, with a value of the type of its default."""
    known = {each.name: each for each in fields(kind)}
    for name, value in values.items():
        _one_of(where, name, tuple(known))
        default = known[name].default
        wanted = dict if default is MISSING else int if default is None else type(default)
        is_number = wanted is float and isinstance(value, int | float)
        if isinstance(value, bool) or not (isinstance(value, wanted) or is_number):
            raise BadMisbehaviour(f"{name} is {value!r}: give a {wanted.__name__}")


def _object(name: str, data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise BadMisbehaviour(f"{name} is {data!r}: give a JSON object")
    return data


def _one_of(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise BadMisbehaviour(f"{name} has {value!r}: choose from {', '.join(filter(None, choices))}")


_now: list[Misbehaviour] = [Misbehaviour()]


def current() -> Misbehaviour:
    """What goes wrong now; one process answers, so its memory is the place."""
    return _now[0]


def change(misbehaviour: Misbehaviour) -> None:
    _now[0] = misbehaviour
