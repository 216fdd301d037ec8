"""Second factors that people own: an app whose codes are computed as apps do, and a key as a browser registers one."""

import base64
import hashlib
import hmac
import secrets
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from accounts.models import User

PERIOD_SECONDS = 30
_SECONDS_TO_TYPE = 8
_ATTESTED_BY_A_PRESENT_PERSON = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT


def totp_code(secret: str, *, at: float | None = None, digits: int = 6) -> str:
    """The code that an app shows now (RFC 6238, clause 4, with HMAC-SHA-1); secret: base32."""
    counter = int(time.time() if at is None else at) // PERIOD_SECONDS
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def next_totp_code(secret: str) -> str:
    """A code that is taken, though it was shown before, and that is good for some seconds more."""
    cache.clear()  # Where it is kept which codes were used.
    left = PERIOD_SECONDS - time.time() % PERIOD_SECONDS
    if left < _SECONDS_TO_TYPE:
        time.sleep(left + 0.2)
    return totp_code(secret)


def give_app(user: User) -> str:
    """Set up an app; returns its secret in base32."""
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    TOTP.activate(user, secret)
    return secret


def give_recovery_codes(user: User) -> list[str]:
    return list(RecoveryCodes.activate(user).get_unused_codes())


def give_key(user: User, *, name: str = "Laptop van school", is_passkey: bool = False) -> Authenticator:
    """Register a key that this program made up (Web Authentication level 2, clause 6.5, attestation "none")."""
    identifier = secrets.token_bytes(16)
    public_key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    attested = AuthenticatorData.create(
        hashlib.sha256(b"testserver").digest(),
        _ATTESTED_BY_A_PRESENT_PERSON,
        0,
        AttestedCredentialData.create(bytes(16), identifier, public_key),
    )
    client_data = CollectedClientData.create("webauthn.create", secrets.token_bytes(32), "https://testserver")
    credential = {
        "id": websafe_encode(identifier),
        "rawId": websafe_encode(identifier),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client_data),
            "attestationObject": websafe_encode(AttestationObject.create("none", attested, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": is_passkey}},
    }
    key: Authenticator = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": credential}
    )
    return key
