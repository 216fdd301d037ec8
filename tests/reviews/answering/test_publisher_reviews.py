"""A publisher's own page of reviews: first those without a reply, by method, in pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import PublisherRole
from reviews.models import PublisherReply, ReviewState
from reviews.web import publisher_reviews
from tests.accounts.places import make_person, speak_for
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_publisher
from tests.people import sign_in
from tests.review_support import make_review, make_teacher

pytestmark = pytest.mark.django_db

PAGE = "/account/uitgever/de-linde/beoordelingen/"


@pytest.fixture
def publisher():
    return make_publisher(name="De Linde", slug="de-linde")


@pytest.fixture
def editor(publisher):
    user = make_person()
    speak_for(user, publisher, PublisherRole.EDITOR)
    return sign_in(Client(), user)


def replied(review, text="Dank u."):
    return PublisherReply.objects.create(
        review=review, publisher=review.shown_method.publisher, text=text, answered_version=review.version
    )


def points(response) -> list[str]:
    """What the reviews on the page say, in their order."""
    return Page(response).texts("//ol/li//dd")


def test_first_come_those_without_a_reply(editor, publisher):
    method = make_method(publisher=publisher, name="Kompas")
    for text in ("Oud.", "Beantwoord.", "Nieuw."):
        review = make_review(method, strong_point=text)
        if text == "Beantwoord.":
            replied(review)
    make_review(make_method(), strong_point="Van een ander.")
    waiting = make_review(method, strong_point="Wacht.")
    waiting.state = ReviewState.WAITING
    waiting.save()
    page = editor.get(PAGE)
    assert points(page) == ["Nieuw.", "Oud."]
    assert Page(page).texts("//nav//a[@aria-current='page']")[-1] == "Nog geen antwoord (2)"
    answered = editor.get(Page(page).href("Beantwoord (1)"))
    assert points(answered) == ["Beantwoord."]
    assert "Dank u." in Page(answered).text()


def test_the_reviews_of_one_method_alone(editor, publisher):
    methods = [make_method(publisher=publisher, name=name) for name in ("Kompas", "Anker")]
    for method in methods:
        make_review(method, strong_point=f"Over {method}.")
    page = editor.get(PAGE)
    assert Page(page).texts("//select/option") == ["Alle methodes", "Anker", "Kompas"]
    only = editor.get(PAGE, {"methode": methods[0].public_id})
    assert points(only) == ["Over Kompas."]
    assert Page(only).texts("//select/option[@selected]") == ["Kompas"]
    assert Page(only).href("Beantwoord (0)") == f"{PAGE}?methode={methods[0].public_id}&toon=beantwoord"
    assert editor.get(PAGE, {"methode": make_method().public_id}).status_code == 404


def test_pages_by_the_row_that_they_begin_after(editor, publisher, monkeypatch):
    monkeypatch.setattr(publisher_reviews, "PER_PAGE", 2)
    method = make_method(publisher=publisher)
    reviews = [make_review(method, strong_point=f"Punt {number}.") for number in range(5)]
    first = editor.get(PAGE)
    assert Page(first).href("Oudere").endswith(f"?na={reviews[3].public_id}"), "a number would tell when it was written"
    second = editor.get(Page(first).href("Oudere"))
    third = editor.get(Page(second).href("Oudere"))
    assert [points(page) for page in (first, second, third)] == [
        ["Punt 4.", "Punt 3."],
        ["Punt 2.", "Punt 1."],
        ["Punt 0."],
    ]
    assert points(editor.get(Page(third).href("Nieuwere"))) == ["Punt 2.", "Punt 1."]


@pytest.mark.parametrize(
    "query", ["toon=x", "na=x", "voor=-1", "na=bestaatniet", "voor=%00", "methode=%00", "methode=niets"]
)
def test_an_address_that_cannot_be_read_is_no_page(editor, publisher, query):
    make_review(make_method(publisher=publisher))
    assert editor.get(f"{PAGE}?{query}").status_code == 404


def test_who_may_see_it_and_who_may_reply(publisher):
    review = make_review(make_method(publisher=publisher))
    merged = make_publisher(slug="de-oude-linde", merged_into=publisher)

    def visit(role: PublisherRole | None = None, of=publisher, **fields) -> Client:
        user = make_person(**fields)
        if role:
            speak_for(user, of, role)
        return sign_in(Client(), user)

    doors = {
        "reader": (visit(PublisherRole.READER), 200, False),
        "editor": (visit(PublisherRole.EDITOR), 200, True),
        "owner of a merged one": (visit(PublisherRole.OWNER, merged), 200, True),
        "staff": (visit(is_staff=True), 200, False),
        "rival": (visit(PublisherRole.OWNER, make_publisher()), 403, False),
        "teacher": (sign_in(Client(), make_teacher()), 403, False),
        "moderator": (visit(is_moderator=True), 403, False),
        "nobody": (Client(), 302, False),
    }
    for who, (client, status, replies) in doors.items():
        page = client.get(PAGE)
        assert page.status_code == status, who
        assert (f"/beoordelingen/{review.public_id}/antwoord/" in page.content.decode()) == replies, who
    assert doors["staff"][0].get("/account/uitgever/de-oude-linde/beoordelingen/")["Location"] == PAGE
    assert doors["staff"][0].get("/account/uitgever/bestaat-niet/beoordelingen/").status_code == 404


def test_the_publishers_page_leads_there_with_how_many_wait(editor, publisher):
    assert "nog niet beoordeeld" in Page(editor.get("/account/uitgever/de-linde/")).text()
    make_review(make_method(publisher=publisher))
    page = Page(editor.get("/account/uitgever/de-linde/"))
    assert "1 beoordeling van uw methodes heeft nog geen antwoord." in page.text()
    assert page.href("Lezen en antwoorden") == PAGE


def test_it_asks_the_database_no_more_often_for_more_reviews(editor, publisher):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            editor.get(PAGE)
        return len(captured)

    method = make_method(publisher=publisher)
    make_review(method)
    asked()  # What a process remembers is read once.
    few = asked()
    for _number in range(8):
        make_review(method)
    assert asked() == few


def test_nobody_keeps_the_page(editor):
    assert "no-store" in editor.get(PAGE)["Cache-Control"]
