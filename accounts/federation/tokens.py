"""ID tokens, checked whole: OpenID Connect Core 1.0, clause 3.1.3.7, the signature always among it."""

import hashlib
import logging
import time
from collections.abc import Mapping
from typing import Any

import jwt
from django.utils.translation import gettext as _

from accounts.exceptions import FederationRefused

logger = logging.getLogger(__name__)

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a key pair. "none" and HMAC are not among them: a public key would pass for the latter's secret."""

LEEWAY_SECONDS = 60
"""How much the clocks of a federation and of this machine may differ."""

OLDEST_SECONDS = 600
"""A token that was made longer ago was not made for this visit; the state of a visit lasts as long."""


def nonce_for(code_verifier: str) -> str:
    """The nonce of a visit, out of the secret that it keeps already for PKCE (RFC 7636, clause 4.1).

    Not the challenge, which is public, so neither tells the other.
    """
    return hashlib.sha256(b"nonce " + code_verifier.encode()).hexdigest()


def verified_id_token(
    token: object, *, keys: Mapping[str, Any], issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """The claims of an ID token that is signed by this issuer for this client in this visit.

    keys: a JWK set (RFC 7517). Raises FederationRefused.
    """
    if not isinstance(token, str) or not token:
        raise FederationRefused(_("De federatie stuurt geen “id_token” mee."))
    try:
        key, algorithm = _key(token, keys)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat"], "strict_aud": False},
        )
    except jwt.PyJWTError as error:
        # The library says more, in English and for who runs the site.
        logger.warning("an ID token of %s was refused: %s", issuer, error)
        raise FederationRefused(_told(error)) from error
    is_for_many = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if is_for_many else client_id) != client_id:
        raise FederationRefused(_("Het “id_token” van de federatie is voor een ander gemaakt (“azp”)."))
    if claims.get("nonce") != nonce:
        raise FederationRefused(_("Het “id_token” van de federatie hoort niet bij dit bezoek (“nonce”)."))
    if claims["iat"] < time.time() - OLDEST_SECONDS:
        raise FederationRefused(_("Het “id_token” van de federatie is te oud (“iat”)."))
    return claims


def _told(error: jwt.PyJWTError) -> str:
    match error:
        case jwt.ExpiredSignatureError():
            return _("Het “id_token” van de federatie is verlopen (“exp”). Meld u opnieuw aan.")
        case jwt.InvalidAudienceError():
            return _("Het “id_token” van de federatie is voor een ander gemaakt (“aud”).")
        case jwt.InvalidIssuerError():
            return _("Het “id_token” komt van een andere federatie (“iss”).")
        case jwt.InvalidSignatureError() | jwt.InvalidKeyError() | jwt.InvalidAlgorithmError():
            return _("Het “id_token” is niet ondertekend door de federatie.")
        case _:
            return _("Het “id_token” van de federatie is niet te lezen.")


def _key(token: str, keys: Mapping[str, Any]) -> tuple[jwt.PyJWK, str]:
    header = jwt.get_unverified_header(token)
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise jwt.InvalidAlgorithmError(f"{str(algorithm)[:20]!r} is not among {ALGORITHMS}")
    usable = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if key.public_key_use in {None, "sig"}]
    if "kid" in header:
        usable = [key for key in usable if key.key_id == header["kid"]]
    if len(usable) != 1:
        raise jwt.InvalidKeyError(f"{len(usable)} keys of the federation may have signed it")
    return usable[0], str(algorithm)
