"""What a school says of a person, whatever names its federation gives to that."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.exceptions import FederationRefused

SUBJECT_LENGTH = 255
"""OpenID Connect Core 1.0, clause 2: `sub` is at most 255 ASCII characters."""


@dataclass(frozen=True, slots=True)
class ClaimMap:
    """The names that a federation gives to its claims, each with the older names that it may still use.

    subject: what `account keyed on issuer and subject` takes. organization_id: a BRIN of 4 or 6 characters.
    organization_domain: the mail domain of the organisation, where a federation names that and no BRIN.
    """

    subject: str
    affiliation: tuple[str, ...]
    organization_id: tuple[str, ...] = ()
    organization_name: tuple[str, ...] = ()
    organization_domain: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ("openid",)


ENTREE = ClaimMap(
    # What Entree promises to be one person's own and always the same is uid, a hash with the school's realm.
    subject="uid",
    affiliation=("eduPersonAffiliation",),
    organization_id=("nlEduPersonHomeOrganizationId",),
    organization_name=("nlEduPersonHomeOrganization",),
    name=("givenName", "given_name"),
    scopes=("openid", "profile"),
)
"""Entree Federatie, Kennisnet: "Attributen overzicht voor Service Providers", the standard attributes."""

SURFCONEXT = ClaimMap(
    subject="sub",
    affiliation=("eduperson_affiliation", "edu_person_affiliations"),
    organization_name=("schac_home_organization_name",),
    organization_domain=("schac_home_organization",),
    name=("name", "nickname", "given_name"),
    scopes=("openid", "profile"),
)
"""SURFconext, SURF: "Attributes in SURFconext", column OpenID Connect claim."""

CLAIM_MAPS = {"entree": ENTREE, "surfconext": SURFCONEXT}

_BRIN = re.compile(r"[0-9]{2}[A-Z]{2}([0-9]{2})?")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_PRINTABLE_ASCII = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Claims:
    """Who it is, and where they belong. organization_id is a BRIN or "", organization_domain a mail domain or ""."""

    issuer: str
    subject: str
    affiliations: frozenset[str]
    organization_id: str
    organization_name: str
    organization_domain: str
    name: str


def read_claims(claim_map: ClaimMap, issuer: str, data: Mapping[str, Any]) -> Claims:
    """Read a verified token and userinfo. Raises FederationRefused that names the claim, its value and the remedy.

    A person without an affiliation or a school may sign in: such a one is just not known to work anywhere.
    """
    subject = _one(data, (claim_map.subject,))
    if not subject:
        raise FederationRefused(
            _("De federatie stuurt geen “%(claim)s” mee. Zonder dat kenmerk weten we niet wie u bent; vraag uw "
              "school of zij het vrijgeeft.") % {"claim": claim_map.subject}
        )  # fmt: skip
    if len(subject) > SUBJECT_LENGTH or not _PRINTABLE_ASCII.fullmatch(subject):
        raise FederationRefused(
            _("“%(claim)s” van de federatie is geen kenmerk van hooguit %(length)d gewone tekens (“%(value)s”).")
            % {"claim": claim_map.subject, "length": SUBJECT_LENGTH, "value": subject[:40]}
        )
    return Claims(
        issuer=issuer,
        subject=subject,
        affiliations=frozenset(value.strip().lower() for value in _many(data, claim_map.affiliation)),
        organization_id=_brin(data, claim_map.organization_id),
        organization_name=_one(data, claim_map.organization_name)[:200],
        organization_domain=_domain(data, claim_map.organization_domain),
        name=_one(data, claim_map.name)[:150],
    )


def _brin(data: Mapping[str, Any], names: tuple[str, ...]) -> str:
    text = _one(data, names).upper()
    if text and not _BRIN.fullmatch(text):
        raise FederationRefused(
            _("“%(claim)s” van uw school is “%(value)s”. Dat is geen BRIN van 4 of 6 tekens; vraag uw school dit te "
              "verbeteren.") % {"claim": names[0], "value": text[:40]}
        )  # fmt: skip
    return text


def _domain(data: Mapping[str, Any], names: tuple[str, ...]) -> str:
    text = _one(data, names).lower()
    return text if _DOMAIN.fullmatch(text) else ""


def _many(data: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:
    """The values of the first of these claims that is there; one text or a list of them, as federations differ."""
    for name in names:
        value = data.get(name)
        if value is None or value == "":
            continue
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) for each in values):
            raise FederationRefused(
                _("“%(claim)s” van de federatie is geen tekst; vraag uw school dit te verbeteren.") % {"claim": name}
            )
        return [each.strip() for each in values if each.strip()]
    return []


def _one(data: Mapping[str, Any], names: tuple[str, ...]) -> str:
    values = _many(data, names)
    if len(values) > 1:
        raise FederationRefused(
            _("“%(claim)s” van de federatie heeft %(count)d waarden waar er één hoort te zijn.")
            % {"claim": names[0], "count": len(values)}
        )
    return values[0] if values else ""
