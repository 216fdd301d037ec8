"""What federations say of a person, read by their claim maps."""

import pytest

from accounts.claims import ENTREE, SURFCONEXT, read_claims
from accounts.exceptions import FederationRefused

ISSUER = "https://federatie.example"
TEACHER = {
    "sub": "s-1",
    "uid": "qj7cks8qdz9ph54@esdoorn",
    "givenName": "Sanne",
    "eduPersonAffiliation": "employee",
    "nlEduPersonHomeOrganizationId": "99aa01",
    "nlEduPersonHomeOrganization": "De Esdoorn",
}


def test_entree():
    claims = read_claims(ENTREE, ISSUER, TEACHER)
    assert (claims.issuer, claims.subject) == (ISSUER, "qj7cks8qdz9ph54@esdoorn")
    assert claims.affiliations == {"employee"}
    assert (claims.organization_id, claims.organization_name, claims.name) == ("99AA01", "De Esdoorn", "Sanne")


@pytest.mark.parametrize("name", ["eduperson_affiliation", "edu_person_affiliations"])
def test_surfconext(name):
    data = {"sub": "s-1", name: ["Student", " member "], "schac_home_organization": "Esdoorn.example", "name": "Sam"}
    claims = read_claims(SURFCONEXT, ISSUER, data)
    assert claims.subject == "s-1"
    assert claims.affiliations == {"student", "member"}
    assert (claims.organization_id, claims.organization_domain) == ("", "esdoorn.example")


@pytest.mark.parametrize(
    ("changed", "field", "expected"),
    [
        ({"eduPersonAffiliation": None}, "affiliations", frozenset()),
        ({"eduPersonAffiliation": []}, "affiliations", frozenset()),
        ({"eduPersonAffiliation": ["employee", "student"]}, "affiliations", {"employee", "student"}),
        ({"nlEduPersonHomeOrganizationId": None}, "organization_id", ""),
        ({"nlEduPersonHomeOrganizationId": "99AA"}, "organization_id", "99AA"),
        ({"nlEduPersonHomeOrganizationId": ["99AA"]}, "organization_id", "99AA"),
        ({"nlEduPersonHomeOrganization": None}, "organization_name", ""),
        ({"nlEduPersonHomeOrganization": "x" * 300}, "organization_name", "x" * 200),
        ({"givenName": None, "given_name": "Sam"}, "name", "Sam"),
    ],
)
def test_what_may_be_missing_or_differ(changed, field, expected):
    assert getattr(read_claims(ENTREE, ISSUER, TEACHER | changed), field) == expected


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"uid": None}, ["uid"]),
        ({"uid": ""}, ["uid"]),
        ({"uid": "x" * 256}, ["uid", "255"]),
        ({"uid": "a\nb"}, ["uid"]),
        ({"uid": "één"}, ["uid", "één"]),
        ({"uid": 5}, ["uid"]),
        ({"uid": ["a", "b"]}, ["uid", "2"]),
        ({"eduPersonAffiliation": 5}, ["eduPersonAffiliation"]),
        ({"eduPersonAffiliation": [None]}, ["eduPersonAffiliation"]),
        ({"eduPersonAffiliation": {"a": 1}}, ["eduPersonAffiliation"]),
        ({"nlEduPersonHomeOrganizationId": "geen"}, ["nlEduPersonHomeOrganizationId", "GEEN", "BRIN"]),
        ({"nlEduPersonHomeOrganizationId": "99AA0"}, ["nlEduPersonHomeOrganizationId", "99AA0"]),
        ({"nlEduPersonHomeOrganizationId": ["99AA", "99BB"]}, ["nlEduPersonHomeOrganizationId", "2"]),
        ({"nlEduPersonHomeOrganizationId": 99}, ["nlEduPersonHomeOrganizationId"]),
    ],
)
def test_what_cannot_be_used_is_named(changed, told):
    with pytest.raises(FederationRefused) as refused:
        read_claims(ENTREE, ISSUER, TEACHER | changed)
    assert all(text in str(refused.value) for text in told), str(refused.value)
