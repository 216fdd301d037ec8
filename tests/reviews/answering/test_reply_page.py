"""The page on which a publisher replies: who comes in, what is kept, and that nothing typed is lost."""

from http import HTTPStatus

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from accounts.models import PublisherRole
from reviews.models import PublisherReply, ReviewState
from reviews.services.publishing import edit_review
from tests.accounts.places import make_person, speak_for
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_publisher
from tests.people import sign_in
from tests.review_support import make_content, make_review, make_teacher

pytestmark = pytest.mark.django_db

TEXT = "Dank u. Het antwoordenboek komt."


@pytest.fixture
def author():
    return make_teacher()


@pytest.fixture
def review(author):
    method = make_method(name="Kompas", publisher=make_publisher(name="De Linde", slug="de-linde"))
    return make_review(method, author=author, weak_point="Er is geen antwoordenboek.\n\nJammer.")


@pytest.fixture
def editor(review):
    return sign_in(Client(), member(review, PublisherRole.EDITOR))


@pytest.fixture
def page(review):
    return f"/beoordelingen/{review.public_id}/antwoord/"


def member(review, role=PublisherRole.EDITOR):
    user = make_person()
    speak_for(user, review.shown_method.publisher, role)
    return user


def fields(response) -> dict[str, str]:
    """What the form on the page holds."""
    page = Page(response)
    values = {one.get("name"): one.get("value") or "" for one in page.all("//form//input[@type='hidden']")}
    return values | {"text": page.all("//textarea")[0].text.strip()}


def test_a_reply_is_placed_changed_and_withdrawn(editor, page, review):
    first = editor.get(page)
    assert "Er is geen antwoordenboek." in Page(first).text()
    placed = editor.post(page, fields(first) | {"text": f"{TEXT}\n<script>alert(1)</script>"}, follow=True)
    assert placed.redirect_chain == [("/account/uitgever/de-linde/beoordelingen/", 302)]
    second = editor.get(page)
    assert fields(second)["text"].startswith(TEXT)
    assert b"<script>alert" not in second.content
    editor.post(page, fields(second) | {"text": "Korter."})
    reply = PublisherReply.objects.get()
    assert (reply.text, reply.edited_at is not None) == ("Korter.", True)
    withdrawn = editor.post(page, fields(editor.get(page)) | {"actie": "intrekken"})
    assert withdrawn.status_code == 302
    assert "Het antwoord is ingetrokken." in [str(one) for one in get_messages(withdrawn.wsgi_request)]
    assert not PublisherReply.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "Een\x00tekst", "x" * 2001])
def test_what_was_typed_is_there_again(editor, page, text):
    answer = editor.post(page, {"text": text, "version": "1", "seen": ""})
    assert answer.status_code == 422
    assert Page(answer).texts("//*[contains(@class, 'form-errors')]//li")
    assert fields(answer)["text"] == text.strip().replace("\x00", "\ufffd")
    assert not PublisherReply.objects.exists()


def test_twenty_thousand_signs_and_signs_that_turn_the_text_around(editor, page):
    answer = editor.post(page, {"text": "a" * 20_000})
    assert "20000" in Page(answer).text("//*[contains(@class, 'form-errors')]")
    editor.post(page, {"text": "Een \u202eomgekeerde\u2028 tekst"})
    assert PublisherReply.objects.get().text == "Een  omgekeerde  tekst"


@pytest.mark.parametrize(
    ("field", "value"), [("version", "x"), ("version", "0"), ("version", "9" * 30), ("seen", "y" * 99)]
)
def test_a_forged_form_is_an_error_and_no_fault(editor, page, field, value):
    answer = editor.post(page, {"text": TEXT, "version": "1", "seen": ""} | {field: value})
    assert answer.status_code == 422
    assert fields(answer)["text"] == TEXT
    assert not PublisherReply.objects.exists()


def test_what_a_colleague_wrote_meanwhile_is_shown_and_nothing_is_lost(editor, page, review):
    old = fields(editor.get(page))
    colleague = sign_in(Client(), member(review, PublisherRole.OWNER))
    colleague.post(page, fields(colleague.get(page)) | {"text": "Van een collega."})
    answer = editor.post(page, old | {"text": TEXT})
    assert answer.status_code == 409
    assert "Van een collega." in Page(answer).text()
    assert fields(answer)["text"] == TEXT
    assert PublisherReply.objects.get().text == "Van een collega."
    editor.post(page, fields(answer))
    assert PublisherReply.objects.get().text == TEXT


def test_the_review_as_it_is_now_is_shown_before_it_is_answered(editor, page, review, author):
    old = fields(editor.get(page))
    edit_review(author=author, review=review, content=make_content(review.method, body="Het is er nu wel."), version=1)
    answer = editor.post(page, old | {"text": TEXT})
    assert answer.status_code == 409
    assert "Het is er nu wel." in Page(answer).text()
    editor.post(page, fields(answer))
    assert PublisherReply.objects.get().answered_version == 2


def test_the_same_form_sent_twice_is_one_reply(editor, page):
    form = fields(editor.get(page)) | {"text": TEXT}
    assert [editor.post(page, form).status_code for _time in range(2)] == [302, 302]
    assert PublisherReply.objects.get().edited_at is None


def test_a_removed_reply_shows_its_reason_and_takes_no_other(editor, page):
    editor.post(page, {"text": TEXT})
    PublisherReply.objects.update(removed_at=timezone.now(), removal_reason="Er staat een naam in.")
    shown = editor.get(page)
    assert "Er staat een naam in." in Page(shown).text()
    assert TEXT in Page(shown).text()
    assert not Page(shown).all("//textarea")
    for sent in ({"text": "Anders."}, {"actie": "intrekken"}):
        answer = editor.post(page, sent)
        assert answer.status_code == 403
        assert "Er staat een naam in." in Page(answer).text()
    assert PublisherReply.objects.get().text == TEXT


def test_who_comes_in(page, review, author):
    doors = {
        "editor": (member(review), 200),
        "owner": (member(review, PublisherRole.OWNER), 200),
        "reader": (member(review, PublisherRole.READER), 403),
        "rival": (speak_for(rival := make_person(), make_publisher(), PublisherRole.OWNER) and rival, 403),
        "writer": (author, 403),
        "staff": (make_person(is_staff=True), 403),
    }
    for who, (user, status) in doors.items():
        client = sign_in(Client(), user)
        assert client.get(page).status_code == status, who
        seen = fields(client.get(page)) if status == HTTPStatus.OK else {}
        sent = client.post(page, seen | {"text": f"Van {who}."})
        assert PublisherReply.objects.filter(text=f"Van {who}.").exists() == (status == 200), who
        assert sent.status_code == (302 if status == 200 else 403), who
    unproven = sign_in(Client(), member(review), second_factor=False)
    assert unproven.post(page, {"text": "Zonder tweede stap."})["Location"].startswith("/account/")
    assert Client().post(page, {"text": "Zonder account."})["Location"].startswith("/account/aanmelden/")
    assert PublisherReply.objects.get().text == "Van owner."


def test_without_the_forms_token_nothing_happens(page, review):
    client = sign_in(Client(enforce_csrf_checks=True), member(review))
    assert client.post(page, {"text": TEXT}).status_code == 403
    assert not PublisherReply.objects.exists()


@pytest.mark.parametrize("state", [ReviewState.WAITING, ReviewState.REMOVED, ReviewState.WITHDRAWN])
def test_what_nobody_reads_is_not_there(editor, page, review, state):
    is_closed = state in {ReviewState.REMOVED, ReviewState.WITHDRAWN}
    review.state, review.closed_at = state, timezone.now() if is_closed else None
    review.removal_reason = "Een naam." if state == ReviewState.REMOVED else ""
    review.save()
    assert editor.get(page).status_code == 404
    assert editor.post(page, {"text": TEXT}).status_code == 404
    assert editor.get("/beoordelingen/%00/antwoord/").status_code == 404
    assert editor.get("/beoordelingen/bestaatniet/antwoord/").status_code == 404


def test_nobody_keeps_the_page(editor, page):
    assert "no-store" in editor.get(page)["Cache-Control"]
