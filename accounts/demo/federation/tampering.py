"""Answers of the real provider, changed on their way out as the misbehaviour of the moment says."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import jwt
from allauth.core.internal.jwkkit import load_jwk_from_pem
from django.http import HttpResponse, JsonResponse

from accounts.demo.federation.keys import foreign_key_pem, private_key_pem, public_key_pem
from accounts.demo.federation.misbehaviour import Misbehaviour
from accounts.demo.federation.options import current

_ALGORITHM: Final = "RS256"


def tampered(endpoint: str, response: HttpResponse, misbehaviour: Misbehaviour) -> HttpResponse:
    """The answer of an endpoint (a name of misbehaviour.ENDPOINTS) with what goes wrong in it."""
    if endpoint == "authorization":
        return _with_error(response, misbehaviour.authorization_error)
    if response.status_code != 200:
        return response
    data = json.loads(response.content)
    changed = _CHANGES[endpoint](data, misbehaviour)
    return response if changed == data else JsonResponse(changed)


def _with_error(response: HttpResponse, error: str) -> HttpResponse:
    """An error where the code should be (OpenID Connect Core 1.0, clause 3.1.2.6)."""
    parts = urlsplit(response.get("Location", ""))
    query = dict(parse_qsl(parts.query))
    if error and "code" in query:
        del query["code"]
        response["Location"] = urlunsplit(parts._replace(query=urlencode({"error": error, **query})))
    return response


def _token(data: dict[str, Any], misbehaviour: Misbehaviour) -> dict[str, Any]:
    if misbehaviour.changes_id_token and "id_token" in data:
        data = data | {"id_token": _id_token(data["id_token"], misbehaviour)}
    return _changed(data, misbehaviour.token)


def _userinfo(data: dict[str, Any], misbehaviour: Misbehaviour) -> dict[str, Any]:
    return _changed(_changed(data, misbehaviour.claims), misbehaviour.userinfo)


def _id_token(token: str, misbehaviour: Misbehaviour) -> str:
    """The same token, with other claims or another signature."""
    payload: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    about_person = {name: value for name, value in misbehaviour.claims.items() if name in payload}
    now = int(time.time())
    if misbehaviour.issued_seconds_ago is not None:
        payload["iat"] = now - misbehaviour.issued_seconds_ago
    if misbehaviour.expires_after_seconds is not None:
        payload["exp"] = now + misbehaviour.expires_after_seconds
    return _signed(_changed(_changed(payload, about_person), misbehaviour.id_token), misbehaviour.signature)


def _signed(payload: Mapping[str, Any], how: str) -> str:
    """how: one of misbehaviour.SIGNATURES, or "" for the way it should be."""
    own = private_key_pem(current().state)
    kid = load_jwk_from_pem(own)[0]["kid"]
    match how:
        case "none":
            return f"{_unsigned(payload, {'alg': 'none', 'kid': kid})}."
        case "hs256":
            # By hand: libraries refuse a public key as a secret, and a client that does not can be fooled so.
            text = _unsigned(payload, {"alg": "HS256", "kid": kid})
            return f"{text}.{_base64(hmac.new(public_key_pem(own), text.encode(), hashlib.sha256).digest())}"
        case "other-key":
            return _encoded(payload, foreign_key_pem(), kid)
        case "other-kid":
            return _encoded(payload, foreign_key_pem(), load_jwk_from_pem(foreign_key_pem())[0]["kid"])
        case "broken":
            head, body, signature = _encoded(payload, own, kid).split(".")
            return f"{head}.{body}.{signature[::-1]}"
    return _encoded(payload, own, kid)


def _encoded(payload: Mapping[str, Any], pem: str, kid: str) -> str:
    # By hand but for the signature: the library takes no claims of a wrong type.
    text = _unsigned(payload, {"alg": _ALGORITHM, "kid": kid})
    algorithm = jwt.get_algorithm_by_name(_ALGORITHM)
    return f"{text}.{_base64(algorithm.sign(text.encode(), algorithm.prepare_key(pem)))}"


def _unsigned(payload: Mapping[str, Any], header: Mapping[str, Any]) -> str:
    return ".".join(_base64(json.dumps({**part}).encode()) for part in ({"typ": "JWT", **header}, payload))


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _changed(data: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """With the changes; None takes a name away."""
    return {name: value for name, value in {**data, **changes}.items() if not (name in changes and value is None)}


_CHANGES: Final[Mapping[str, Callable[[dict[str, Any], Misbehaviour], dict[str, Any]]]] = {
    "discovery": lambda data, misbehaviour: _changed(data, misbehaviour.discovery),
    "jwks": lambda data, misbehaviour: _changed(data, misbehaviour.jwks),
    "token": _token,
    "userinfo": _userinfo,
}
