"""How often one visitor may do something, account or not. Nobody's address is stored: what counts is a keyed hash of
it, for a day at most."""

import ipaddress
from enum import Enum

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

USUAL_RATES = "20/10m/key,100/d/key"
"""A whole school may share one address: a section that goes through a method together must not be stopped by it."""

WAIT_SECONDS = 600

_IPV6_NETWORK = 64
"""What one household or school is given; each of its addresses is the same visitor."""


class Limit(Enum):
    FREE = "free"
    REACHED = "reached"
    UNKNOWN = "unknown"


def count_once_more(request: HttpRequest, action: str, rates: str = USUAL_RATES) -> Limit:
    """Count what this visitor does once more: whether they may, or whether nobody can tell (Valkey is away)."""
    try:
        refusal = ratelimit.consume_or_429(
            request, action=action, config={action: rates}, key=_visitor(request, action)
        )
    except (RedisError, OSError):
        return Limit.UNKNOWN
    return Limit.FREE if refusal is None else Limit.REACHED


def _visitor(request: HttpRequest, action: str) -> str:
    address = get_adapter(request).get_client_ip(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        pass
    else:
        if isinstance(parsed, ipaddress.IPv6Address):
            # A socket for both kinds tells IPv4 as ::ffff:192.0.2.1; all of those are in one /64.
            network = ipaddress.IPv6Network((parsed, _IPV6_NETWORK), strict=False)
            address = str(parsed.ipv4_mapped or network)
    return salted_hmac(f"visitor.{action}", address, algorithm="sha256").hexdigest()
