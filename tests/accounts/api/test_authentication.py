"""Whom the API takes a request to be from: by a token, by a visit, or by nobody; and what each of them opens."""

import logging
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from accounts.models import Affiliation, PublisherMember, PublisherRole, User
from catalogus.api.urls import urlpatterns as api_urls
from tests.accounts.api.views_with_people import urlpatterns as with_people
from tests.accounts.schools import make_affiliation, make_person, make_school
from tests.accounts.tokens import make_token, token_text
from tests.catalogus.api.test_api_problems import problem
from tests.factories import make_publisher
from tests.people import sign_in

handler404 = "portal.errors.page_not_found"
urlpatterns = [
    # Among those of the API itself, whose answers anybody keeps.
    path("api/v1/", include(([*with_people, *api_urls], "api"))),
    path("", include("config.urls")),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

WHO, WRITE = "/api/v1/who/", "/api/v1/write/"
JSON = "application/json"
TEXT = token_text(4711)
CHALLENGE = 'Bearer realm="Open Keuzecatalogus"'


def bearing(text: str = TEXT, scheme: str = "Bearer") -> dict[str, str]:
    return {"Authorization": f"{scheme} {text}"}


@pytest.fixture
def person() -> User:
    return make_person()


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_token_tells_whose_it_is(client, person, scheme):
    token = make_token(person, text=TEXT)
    response = client.get(WHO, headers=bearing(scheme=scheme))
    assert response.status_code == 200
    assert response.json()["user"] == person.pk
    assert response.json()["token"] == token.prefix
    assert response["Cache-Control"] == "no-store", "the addresses of the API are kept by anybody otherwise"
    assert not response.has_header("ETag")
    assert not response.cookies
    token.refresh_from_db()
    assert token.last_used_at is not None


def make_powerful() -> User:
    """Somebody of every role that asks for a second factor."""
    user = User.objects.create_superuser("alles")
    user.is_moderator = True
    user.save()
    PublisherMember.objects.create(user=user, publisher=make_publisher(), role=PublisherRole.OWNER)
    return user


POWERS = ("has_second_factor", "is_editor", "may_administer", "may_moderate", "publishers")


def test_a_token_has_none_of_the_powers_of_a_second_factor(client):
    """Whatever the person may, and though the browser that sends it along has shown one."""
    user = make_powerful()
    sign_in(client, user)
    by_visit = client.get(WHO).json()
    assert all(by_visit[power] for power in POWERS)
    make_token(user, text=TEXT)
    by_token = client.get(WHO, headers=bearing()).json()
    assert by_token["user"] == user.pk
    assert not any(by_token[power] for power in POWERS)
    assert client.get("/beheer/", headers=bearing()).status_code == 200, "the visit itself is as it was"
    assert Client().get("/beheer/", headers=bearing()).status_code == 302


def test_a_token_acts_as_a_teacher(client, person):
    make_affiliation(person, make_school("99AA"))
    make_token(person, text=TEXT)
    assert client.get(WHO, headers=bearing()).json()["may_review"]
    Affiliation.objects.all().delete()
    assert not client.get(WHO, headers=bearing()).json()["may_review"]


def test_the_token_counts_and_not_the_visit(client, person):
    other = make_person()
    make_token(person, text=TEXT)
    sign_in(client, other)
    assert client.get(WHO, headers=bearing()).json()["user"] == person.pk
    assert client.get(WHO, headers=bearing(token_text(1))).status_code == 401


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (None, "meld u aan, of stuur een persoonlijk token mee"),
        ("", "meld u aan, of stuur een persoonlijk token mee"),
        ("Basic YTpi", "meld u aan, of stuur een persoonlijk token mee"),
        (TEXT, "meld u aan, of stuur een persoonlijk token mee"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_proof_the_way_in_is_told(client, person, header, said, method):
    make_token(person, text=TEXT)
    headers = {} if header is None else {"Authorization": header}
    response = getattr(client, method)(WHO if method == "get" else WRITE, headers=headers)
    assert said in problem(response, 401)["detail"]
    assert response["WWW-Authenticate"] == CHALLENGE


@pytest.mark.parametrize(
    ("fields", "sent", "said"),
    [
        ({}, token_text(4712), "Dit token kennen we niet"),
        ({}, TEXT[:-1] + "0", "Dit token kennen we niet"),
        ({}, "geheim", "Dit token kennen we niet"),
        ({}, "gehé\N{LATIN SMALL LETTER I}m", "Dit token kennen we niet"),
        ({"revoked_at": timedelta()}, TEXT, "Dit token is ingetrokken"),
        ({"expires_at": timedelta(seconds=-1)}, TEXT, "niet meer. Maak bij uw account een nieuw."),
    ],
)
def test_a_token_that_is_none_any_more(client, person, fields, sent, said):
    now = timezone.now()
    make_token(
        person, text=TEXT, created_at=now - timedelta(days=9), **{name: now + after for name, after in fields.items()}
    )
    response = client.get(WHO, headers=bearing(sent.encode().decode("latin-1")))
    assert said in problem(response, 401)["detail"]
    assert response["WWW-Authenticate"] == f'{CHALLENGE}, error="invalid_token"'


def test_a_token_of_an_account_that_was_switched_off(client, person):
    make_token(person, text=TEXT)
    User.objects.filter(pk=person.pk).update(is_active=False)
    response = client.get(WHO, headers=bearing())
    assert "Dit account is niet actief" in problem(response, 401)["detail"]


@pytest.mark.parametrize("header", ["Bearer", "Bearer  ", f"Bearer {TEXT} {TEXT}"])
def test_a_header_that_is_not_whole(client, person, header):
    make_token(person, text=TEXT)
    response = client.get(WHO, headers={"Authorization": header})
    assert "Schrijf de kop als" in problem(response, 400)["detail"]
    assert response["WWW-Authenticate"] == f'{CHALLENGE}, error="invalid_request"'


@pytest.mark.parametrize("name", ["access_token", "token", "q"])
@pytest.mark.parametrize("headers", [{}, bearing()])
def test_a_token_in_the_address_is_refused_and_not_repeated(client, person, name, headers, caplog):
    make_token(person, text=TEXT)
    with caplog.at_level(logging.DEBUG):
        response = client.get(WHO, {name: TEXT}, headers=headers)
    document = problem(response, 400)
    assert "Trek dit token in" in document["detail"]
    assert response["WWW-Authenticate"] == f'{CHALLENGE}, error="invalid_request"'
    assert "5ec4e7" not in response.content.decode()
    assert "5ec4e7" not in caplog.text


def test_no_log_and_no_answer_tells_a_token(client, person, caplog):
    make_token(person, text=TEXT)
    with caplog.at_level(logging.DEBUG):
        answers = [client.get(WHO, headers=bearing(text)) for text in (TEXT, TEXT[:-1] + "0", f"{TEXT}x")]
    assert [answer.status_code for answer in answers] == [200, 401, 401]
    assert not any("5ec4e7" in answer.content.decode() for answer in answers)
    own = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert own, "what should be told, is"
    assert "5ec4e7" not in " ".join(own)


@pytest.mark.parametrize(
    ("scopes", "may_read", "may_write"),
    [(["read"], True, False), (["review"], False, True), (["read", "review"], True, True)],
)
def test_a_token_may_what_it_was_made_for(client, person, scopes, may_read, may_write):
    make_token(person, text=TEXT, scopes=scopes)
    for response, may, scope in (
        (client.get(WHO, headers=bearing()), may_read, "read"),
        (client.post(WRITE, headers=bearing()), may_write, "review"),
    ):
        if may:
            assert response.status_code in {200, 201}
        else:
            assert "Met dit token mag dit niet" in problem(response, 403)["detail"]
            expected = f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"'
            assert response["WWW-Authenticate"] == expected


def test_a_visit_has_every_scope_and_a_change_needs_proof_of_our_page(person):
    client = sign_in(Client(enforce_csrf_checks=True), person)
    assert client.get(WHO).json()["user"] == person.pk
    assert client.get(WHO)["Cache-Control"] == "no-store"
    refused = client.post(WRITE, content_type=JSON)
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert "X-CSRFToken" in refused.json()["detail"]
    client.get("/account/profiel/")
    proof = client.cookies["csrftoken"].value
    assert client.post(WRITE, content_type=JSON, headers={"X-CSRFToken": proof}).status_code == 201
    assert client.post(WRITE, content_type=JSON, headers={"X-CSRFToken": "x" * 32}).status_code == 403


def test_a_token_needs_no_proof_of_our_page(person):
    make_token(person, text=TEXT)
    assert Client(enforce_csrf_checks=True).post(WRITE, headers=bearing()).status_code == 201


@override_settings(ROOT_URLCONF=__name__)
def test_the_document_of_the_api_tells_the_ways_in():
    document = SchemaGenerator(api_version="v1").get_schema(request=None, public=True)
    schemes = document["components"]["securitySchemes"]
    assert schemes["personalToken"]["scheme"] == "bearer"
    assert schemes["session"]["in"] == "cookie"
