"""ID tokens: one sound one, and every way in which one can be wrong."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from accounts.exceptions import FederationRefused
from accounts.federation.tokens import LEEWAY_SECONDS, OLDEST_SECONDS, nonce_for, verified_id_token

ISSUER = "https://federatie.example"
CLIENT = "keuzecatalogus"
NONCE = nonce_for("een geheim van dit bezoek")
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def jwk(key: rsa.RSAPrivateKey, **fields: str) -> dict[str, Any]:
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return {**public, "kid": "1", "alg": "RS256", "use": "sig", **fields}


KEYS = {"keys": [jwk(KEY)]}


@dataclass(frozen=True)
class Shifted:
    """So many seconds from the moment that the token is made."""

    seconds: int


def claims(**changed: Any) -> dict[str, Any]:
    """A sound token's; None takes a claim away."""
    now = int(time.time())
    sound = {"iss": ISSUER, "sub": "abc", "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": NONCE}
    shifted = {name: now + value.seconds if isinstance(value, Shifted) else value for name, value in changed.items()}
    return {name: value for name, value in (sound | shifted).items() if value is not None}


def signed(key: Any = KEY, algorithm: str = "RS256", kid: str = "1", **changed: Any) -> str:
    return jwt.encode(claims(**changed), key, algorithm=algorithm, headers={"kid": kid})


def verify(token: object, keys: dict[str, Any] = KEYS) -> dict[str, Any]:
    return verified_id_token(token, keys=keys, issuer=ISSUER, client_id=CLIENT, nonce=NONCE)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"aud": [CLIENT]},
        {"aud": [CLIENT, "another"], "azp": CLIENT},
        {"azp": CLIENT},
        {"exp": Shifted(-LEEWAY_SECONDS + 20)},
        {"iat": Shifted(LEEWAY_SECONDS - 20)},
    ],
)
def test_a_sound_token_is_believed(changed):
    assert verify(signed(**changed))["sub"] == "abc"


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://andere.example"},
        {"iss": f"{ISSUER}/"},
        {"iss": None},
        {"sub": None},
        {"sub": 5},
        {"aud": "another"},
        {"aud": None},
        {"aud": [CLIENT, "another"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"azp": "another"},
        {"exp": Shifted(-LEEWAY_SECONDS - 20)},
        {"exp": None},
        {"exp": "morgen"},
        {"iat": Shifted(-OLDEST_SECONDS - 20)},
        {"iat": Shifted(LEEWAY_SECONDS + 60)},
        {"iat": None},
        {"nonce": None},
        {"nonce": nonce_for("een ander bezoek")},
        {"nonce": [NONCE]},
    ],
)
def test_a_token_for_another_or_of_another_time_is_refused(changed):
    with pytest.raises(FederationRefused):
        verify(signed(**changed))


PUBLIC_PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def with_hmac() -> str:
    """Signed with the public key as if it were a shared secret; PyJWT itself will not make one."""
    import base64
    import hashlib
    import hmac

    def part(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    head = part(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "1"}).encode())
    body = part(json.dumps(claims()).encode())
    return f"{head}.{body}." + part(hmac.new(PUBLIC_PEM, f"{head}.{body}".encode(), hashlib.sha256).digest())


def cut_off() -> str:
    return signed()[:-10]


def with_other_claims() -> str:
    head, _body, signature = signed().split(".")
    return ".".join([head, jwt.encode(claims(sub="baas"), OTHER_KEY, algorithm="RS256").split(".")[1], signature])


@pytest.mark.parametrize(
    "forge",
    [
        lambda: signed(OTHER_KEY),
        lambda: signed(kid="2"),
        lambda: jwt.encode(claims(), "", algorithm="none", headers={"kid": "1"}),
        with_hmac,
        cut_off,
        with_other_claims,
        lambda: "",
        lambda: "a.b.c",
        lambda: "geen token",
        lambda: None,
        lambda: 5,
        lambda: {"iss": ISSUER},
    ],
)
def test_a_forged_token_is_refused(forge: Callable[[], object]):
    with pytest.raises(FederationRefused):
        verify(forge())


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"keys": []},
        {"keys": "geen"},
        {"keys": [{"kty": "oct", "k": "c2xldXRlbA", "kid": "1"}]},
        {"keys": [jwk(KEY, use="enc")]},
        {"keys": [jwk(OTHER_KEY)]},
        {"keys": [jwk(KEY), jwk(OTHER_KEY)]},
    ],
)
def test_keys_that_are_not_there_or_not_for_this_verify_nothing(keys):
    with pytest.raises(FederationRefused):
        verify(signed(), keys)


def test_the_nonce_is_not_the_challenge_that_everybody_sees():
    import base64
    import hashlib

    challenge = base64.urlsafe_b64encode(hashlib.sha256(b"geheim").digest()).rstrip(b"=").decode()
    assert nonce_for("geheim") not in {challenge, hashlib.sha256(b"geheim").hexdigest()}
