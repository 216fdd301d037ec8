"""What the demonstration federation says of its people, under the names that the real ones use.

Entree names a person by `uid`, a hash with the school's realm; SURFconext by `sub`. It imports nothing but Python.
"""

import hashlib
from typing import Any, Final

from accounts.demo.people import Person, school_of

ENTREE: Final = "entree"
SURFCONEXT: Final = "surfconext"
KINDS: Final = (ENTREE, SURFCONEXT)

_AFFILIATIONS: Final = {
    # SURFconext gives all that hold; who is employed there is a member of the organisation too.
    "employee": ["employee", "member"],
    "student": ["student", "member"],
    "affiliate": ["affiliate"],
}


def sub_of(person: Person) -> str:
    """The `sub` of OpenID Connect: the same in every checkout, and it tells nothing."""
    return hashlib.sha256(f"demonstratie {person.key}".encode()).hexdigest()[:40]


def claims_of(person: Person, kind: str) -> dict[str, Any]:
    """What userinfo holds beside `sub`. kind: ENTREE or SURFCONEXT. Raises ValueError for another."""
    school = school_of(person)
    domain = school.domain if school else ""
    if kind == ENTREE:
        given_name = person.name.split()[0]
        claims = {"uid": f"{sub_of(person)}@{domain}", "givenName": given_name}
        if school:
            claims |= {
                "eduPersonAffiliation": person.affiliation,
                "nlEduPersonHomeOrganizationId": school.code,
                "nlEduPersonHomeOrganization": school.name,
            }
        return claims
    if kind == SURFCONEXT:
        return {
            "name": person.name,
            "eduperson_affiliation": _AFFILIATIONS.get(person.affiliation, []),
            "schac_home_organization": domain,
        }
    raise ValueError(f"{kind!r} is no kind of claims: choose from {', '.join(KINDS)}")


def subject_of(person: Person, kind: str) -> str:
    """By what such a federation's people are known here (accounts.claims.ClaimMap.subject)."""
    return str(claims_of(person, kind)["uid"]) if kind == ENTREE else sub_of(person)
