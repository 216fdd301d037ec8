"""System checks of the settings that name federations: what is wrong in them shows at deployment, not at a sign-in."""

import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from accounts.claims import CLAIM_MAPS

_NAME = re.compile(r"[a-z][a-z0-9_-]*")
"""A name stands in addresses, and in capitals in the environment."""


def check_federations(**_options: Any) -> list[CheckMessage]:
    """Every federation of settings.FEDERATIONS has a name that fits, a claim map that is known, and a client."""
    found: list[CheckMessage] = []
    for name, federation in settings.FEDERATIONS.items():
        variable = f"FEDERATION_{name.upper()}"
        if not _NAME.fullmatch(name):
            found.append(
                Error(
                    f"FEDERATIONS names {name!r}.",
                    hint="Use small letters, digits, - and _, and begin with a letter.",
                    id="accounts.E001",
                )
            )
        if federation["claims"] not in CLAIM_MAPS:
            found.append(
                Error(
                    f"{variable}_CLAIMS is {federation['claims']!r}, and no claim map is called so.",
                    hint=f"Choose from {', '.join(CLAIM_MAPS)}.",
                    id="accounts.E002",
                )
            )
        found += [
            Error(f"{variable}_{key.upper()} is empty.", hint="The federation gave it.", id="accounts.E003")
            for key in ("issuer", "client_id", "client_secret", "label")
            if not federation[key]
        ]
    return found
