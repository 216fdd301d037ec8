"""Forms that no page of ours makes: of others, sent twice, sent too late, and filled with what nobody types."""

import uuid

import pytest
from django.core.exceptions import TooManyFieldsSent
from django.test import Client

from catalogus.texts import printable
from reviews.models import Review, ReviewDraft
from reviews.rubric import rubric
from reviews.services.drafts import open_draft
from tests.people import sign_in
from tests.review_support import make_review, make_teacher, said_in_a_form
from tests.reviews.writing_support import (
    hidden_fields,
    make_reviewable,
    newest_product,
    open_form,
    send,
    text_of,
    write_url,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return make_teacher(display_name="Noor de Wit")


@pytest.fixture
def client(teacher):
    return sign_in(Client(), teacher)


@pytest.fixture
def method():
    return make_reviewable()


# Sent twice


def test_the_same_form_twice_publishes_once_and_says_so(client, method):
    sent = said_in_a_form(method) | open_form(client, write_url(method)) | {"actie": "publiceren"}
    assert client.post(write_url(method), sent).status_code == 302
    again = client.post(write_url(method), sent)
    assert again.status_code == 409
    assert "Uw beoordeling is al verstuurd" in text_of(again)
    assert Review.objects.count() == 1


def test_the_same_preview_twice_publishes_once_and_says_so(client, method):
    preview = client.get(send(client, method)["Location"])
    address, sent = preview.wsgi_request.path, hidden_fields(preview)
    assert client.post(address, sent).status_code == 302
    again = client.post(address, sent)
    assert again.status_code == 409
    assert "Uw beoordeling is al verstuurd" in text_of(again)
    back = client.get(f"{address}?concept={sent['concept']}", follow=True)
    assert "Dit concept is verstuurd of weggegooid." in text_of(back)
    assert Review.objects.count() == 1


def test_other_words_in_a_form_that_was_sent_are_not_lost(client, method):
    sent = said_in_a_form(method) | open_form(client, write_url(method)) | {"actie": "publiceren"}
    client.post(write_url(method), sent)
    again = client.post(write_url(method), sent | {"weak_point": "Dit bedacht ik later."})
    assert again.status_code == 409
    assert "Dit bedacht ik later." in again.content.decode()
    assert "is intussen verstuurd of weggegooid" in text_of(again)
    assert hidden_fields(again)["draft"] != sent["draft"]


def test_an_older_window_shows_both_and_then_means_it(client, method):
    older = open_form(client, write_url(method))
    send(client, method, "bewaren", body="Uit het nieuwe venster.", levels=["vwo"])
    for action in ("bewaren", "voorbeeld", "publiceren"):
        sent = said_in_a_form(method, body="Uit het oude venster.") | older | {"actie": action}
        page = client.post(write_url(method), sent)
        assert page.status_code == 409
        assert "Uit het oude venster." in page.content.decode()
        differences = page.content.decode().split('<dl class="typed">')[1].split("</dl>")[0]
        assert "Uit het nieuwe venster." in differences
        assert "Vwo" in differences
    assert ReviewDraft.objects.get().fields["body"] == ["Uit het nieuwe venster."]
    meant = said_in_a_form(method, body="Uit het oude venster.") | hidden_fields(page) | {"actie": "publiceren"}
    assert client.post(write_url(method), meant).status_code == 302
    assert Review.objects.get().body == "Uit het oude venster."


# Of another


@pytest.mark.parametrize("key", ["", "geen sleutel", "x" * 1000, str(uuid.UUID(int=0)), "\x00"])
def test_a_forged_key_of_a_draft_is_none(client, method, key):
    page = client.post(write_url(method), said_in_a_form(method) | {"draft": key, "saves": "0", "actie": "publiceren"})
    assert page.status_code == 409
    assert not Review.objects.exists()


def test_the_draft_of_another_is_neither_shown_kept_nor_sent(client, method):
    other = make_teacher()
    draft = open_draft(author=other, method=method)
    ReviewDraft.objects.filter(pk=draft.pk).update(fields={"body": ["Geheim."]}, saves=1)
    sent = said_in_a_form(method) | {"draft": str(draft.key), "saves": "1", "actie": "publiceren"}
    page = client.post(write_url(method), sent)
    assert page.status_code == 409
    assert "Geheim." not in page.content.decode()
    assert client.post(f"{write_url(method)}concept/", sent).status_code == 409
    assert client.get(f"{write_url(method)}voorbeeld/?concept={draft.key}")["Location"] == "/account/beoordelingen/"
    assert client.get(f"/beoordelen/concept/{draft.key}/weggooien/").status_code == 404
    assert client.post(f"/beoordelen/concept/{draft.key}/weggooien/").status_code == 404
    assert "Kompas" not in text_of(client.get("/account/beoordelingen/"))
    draft.refresh_from_db()
    assert (draft.fields, draft.saves) == ({"body": ["Geheim."]}, 1)


def test_the_draft_of_another_method_or_of_a_change_is_not_taken_for_this(client, method, teacher):
    review = make_review(method, author=teacher)
    drafts = (
        open_draft(author=teacher, method=make_reviewable(name="Atlas")),
        open_draft(author=teacher, method=method, review=review),
    )
    for draft in drafts:
        sent = said_in_a_form(method, school_year=str(review.school_year - 1))
        page = client.post(write_url(method), sent | {"draft": str(draft.key), "saves": "0", "actie": "publiceren"})
        assert page.status_code == 409
        assert ReviewDraft.objects.filter(pk=draft.pk, saves=0).exists()
    assert Review.objects.get() == review


def test_a_product_or_edition_of_another_method_is_refused(client, method):
    other = make_reviewable(name="Atlas")
    page = send(client, method, "publiceren", product=newest_product(other).public_id)
    assert page.status_code == 422
    assert "is geen product van deze methode" in text_of(page)
    page = send(client, method, "publiceren", edition=str(other.editions.get(ordinal=1).pk))
    assert page.status_code == 422
    assert "Kies de uitgave die u gebruikte." in text_of(page)


def test_fields_that_there_are_not_change_nothing(client, method, teacher):
    forged = {
        "author": "1",
        "state": "published",
        "assurance": "FEDERATION",
        "score-onzin": "4",
        "total": "4",
        "version": "9",
    }
    assert send(client, method, "publiceren", **forged).status_code == 302
    review = Review.objects.get()
    assert (review.author, review.version, str(review.total)) == (teacher, 1, "3.00")
    assert not review.scores.filter(criterion="onzin").exists()


@pytest.mark.parametrize("saves", ["", "-1", "x", "9" * 30, "1.0", "²"])
def test_a_forged_number_of_an_older_window_is_refused(client, method, saves):
    page = send(client, method, "publiceren", saves=saves)
    assert page.status_code == 409
    assert not Review.objects.exists()


def test_an_unknown_action_publishes_nothing(client, method):
    assert send(client, method, "weggooien").status_code == 302
    assert not Review.objects.exists()
    assert ReviewDraft.objects.get().saves == 1


# What nobody types

NASTY = {
    "script": "<script>alert(1)</script>",
    "attribute": '" autofocus onfocus="alert(1)',
    "template": "{{ request.user }} {% debug %}",
    "end of the text area": "</textarea><h1>Hallo</h1>",
    "right to left": "abc \u202etxt.exe\u2066 \u200f",
    "zero width": "ko\u200bm\u200dpas\ufeff",
    "emoji": "\U0001f469\u200d\U0001f3eb goed \U0001f44d",
    "nul": "voor\x00na",
    "control signs": "a\x07\x1b[31mb\x7f",
    "letters with many marks": "z\u0351\u0352\u0353" * 50,
}


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_whatever_is_typed_is_stored_and_shown_as_text(client, method, nasty):
    texts = dict.fromkeys(("strong_point", "weak_point", "body", "interests_text"), nasty)
    texts |= {f"reason-{code}": nasty for code in rubric().codes}
    preview = client.get(send(client, method, interests="told", **texts)["Location"])
    pages = [preview, client.get(write_url(method)), client.get("/account/beoordelingen/")]
    fields = hidden_fields(preview) | {"gezien": "on"}
    pages.append(client.get(client.post(preview.wsgi_request.path, fields)["Location"]))
    review = Review.objects.get()
    pages.append(client.get(f"/beoordelingen/{review.public_id}/wijzigen/"))
    for page in pages:
        html = page.content.decode()
        assert page.status_code == 200
        assert "\x00" not in html
        for harm in ("<script>alert", 'onfocus="alert', "<h1>Hallo"):
            assert harm not in html
    seen = printable(nasty.replace("\x00", ""))
    assert review.body == review.strong_point == review.scores.get(criterion="didactiek").reason == seen.strip()


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_whatever_is_sent_in_a_choice_is_an_error_and_no_fault_of_ours(client, method, nasty):
    scores = (f"score-{code}" for code in rubric().codes)
    choices = (
        "edition", "product", "school", "school_year", "sector", "subject", "use", "duration", "role", "pupils",
        "would_choose_again", "interests", "shown_as", "after_deletion", *scores,
    )  # fmt: skip
    page = send(client, method, "publiceren", levels=[nasty], years=[nasty], **dict.fromkeys(choices, nasty))
    assert page.status_code == 422
    html = page.content.decode()
    assert "<script>alert" not in html
    assert 'onfocus="alert' not in html
    assert client.get(write_url(method)).status_code == 200
    assert client.get(f"{write_url(method)}voorbeeld/?concept={ReviewDraft.objects.get().key}").status_code == 422


def test_more_fields_than_a_form_can_have_are_refused(client, method):
    sent = {f"levels{number}": "x" for number in range(2000)}
    answer = client.post(write_url(method), sent)
    assert answer.status_code == 400
    assert TooManyFieldsSent.__name__ not in answer.content.decode()


# While typing


def keep(client, method, **fields):
    return client.post(f"{write_url(method)}concept/", fields)


def test_what_is_kept_while_typing_tells_when(client, method):
    fields = open_form(client, write_url(method))
    answer = keep(client, method, **fields, body="Half")
    assert answer.status_code == 200
    assert answer.json()["saves"] == 1
    assert answer.json()["message"].startswith("Bewaard om ")
    assert "no-store" in answer["Cache-Control"]
    older = keep(client, method, **fields, body="Anders")
    assert older.status_code == 409
    assert "in een ander venster is verder geschreven" in older.json()["message"]
    large = keep(client, method, **fields | {"saves": "1"}, body="x" * 100_001)
    assert large.status_code == 422
    assert ReviewDraft.objects.get().fields == {"body": ["Half"]}


def test_who_is_signed_out_keeps_nothing_while_typing(method):
    answer = keep(Client(), method, draft=str(uuid.uuid4()), saves="0")
    assert answer.status_code == 401
    assert "u bent afgemeld" in answer.json()["message"]
    assert Client().get(f"{write_url(method)}concept/").status_code == 405


def test_of_nowhere_is_kept_nothing(client):
    assert client.post("/beoordelen/nergens/concept/", {}).status_code == 404
