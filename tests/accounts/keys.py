"""A key for signing in, in software: what a browser sends of one that was touched, with or without its PIN."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from accounts.models import User

ORIGIN = "http://testserver"
_PRESENT, _VERIFIED = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV


@dataclass(frozen=True, slots=True)
class SoftKey:
    """identifier: what the key calls itself. verifies: whether it asks for a PIN or a finger."""

    identifier: bytes = b"sleutel van de test"
    verifies: bool = True
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def belong_to(self, user: User) -> Authenticator:
        """Store it as the site does when somebody adds it."""
        credential = AttestedCredentialData.create(
            Aaguid.NONE, self.identifier, ES256.from_cryptography_key(self.private.public_key())
        )
        data = self._data(AuthenticatorData.FLAG.AT, credential)
        response = {
            "clientDataJSON": websafe_encode(_client_data("webauthn.create", "")),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return Authenticator.objects.create(
            user=user,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "Sleutel", "credential": self._sent(response)},
        )

    def answer(self, challenge: str, user: User) -> str:
        """What the script posts when the key of this person was touched for a challenge."""
        data, client_data = self._data(), _client_data("webauthn.get", challenge)
        signature = self.private.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client_data),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": websafe_encode(user_pk_to_url_str(user).encode()),
        }
        return json.dumps(self._sent(response))

    def _data(self, flags: int = 0, credential: Any = b"") -> AuthenticatorData:
        flags |= _PRESENT | (_VERIFIED if self.verifies else 0)
        data: AuthenticatorData = AuthenticatorData.create(hashlib.sha256(b"testserver").digest(), flags, 0, credential)
        return data

    def _sent(self, response: dict[str, str]) -> dict[str, Any]:
        identifier = websafe_encode(self.identifier)
        return {
            "id": identifier,
            "rawId": identifier,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": response,
        }


def _client_data(kind: str, challenge: str) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": ORIGIN}).encode()
