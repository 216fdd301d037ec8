"""Writing by the API: the rules of the pages, told as problem documents, for a visit and for a token alike."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import PublisherRole, TokenScope
from reviews.models import Appeal, PreModeration, Review, ReviewState
from reviews.rubric import rubric
from tests.accounts.places import make_person, speak_for
from tests.factories import make_edition, make_method, make_product
from tests.review_support import edition_of, make_review, make_teacher
from tests.reviews.api.support import (
    REVIEWS,
    by_token,
    by_visit,
    fields_of,
    post,
    problem,
    put,
    said,
    set_state,
    without_method,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def method():
    method = make_method(name="Kompas")
    make_edition(method=method, label="2e editie", key="2", ordinal=2)
    return method


@pytest.fixture
def author():
    return make_teacher()


@pytest.fixture
def client(author):
    return by_token(author)


@pytest.fixture
def review(method, author):
    return make_review(method, author=author)


def one(review: Review, ending: str = "") -> str:
    return f"{REVIEWS}{review.public_id}/{ending}"


@pytest.mark.parametrize("way", [by_token, by_visit])
def test_a_review_is_written_changed_and_withdrawn(way, author, method):
    client = way(author)
    made = post(client, REVIEWS, said(method, names_school=False, body="Een.\n\nTwee."))
    assert made.status_code == 201, made.content
    told = made.json()
    assert made["Location"] == told["url"]
    assert "no-store" in made["Cache-Control"]
    assert (told["state"]["code"], told["version"], told["body"]) == ("published", 1, "Een.\n\nTwee.")
    changed = put(client, told["url"], without_method(method, score="4"), **{"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert changed.json()["scores"][0]["score"] == 4
    for _time in range(2):
        gone = post(client, f"{told['url']}withdraw/")
        assert (gone.status_code, gone.json()["state"]["code"]) == (200, "withdrawn")
    assert Client().get(told["url"]).status_code == 404
    assert post(client, REVIEWS, said(method)).status_code == 201


def test_a_product_says_the_edition(client, method):
    product = make_product(method=method)
    made = post(client, REVIEWS, said(method, product=product.public_id, edition=None)).json()
    assert (made["product"]["public_id"], made["edition"]["id"]) == (product.public_id, product.edition_id)


def test_the_same_again_names_the_one_there_is(client, method):
    first = post(client, REVIEWS, said(method)).json()
    document = problem(post(client, REVIEWS, said(method)), 409)
    assert document["errors"][0]["value"] == first["url"]
    assert Review.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one(author, method, django_db_serialized_rollback):
    client = by_visit(author)
    start, statuses = threading.Barrier(2), []

    def send() -> None:
        try:
            start.wait(20)
            statuses.append(post(client, REVIEWS, said(method)).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(statuses) == [201, 409]
    assert Review.objects.count() == 1


def test_all_faults_at_once_with_field_value_and_remedy(client, method):
    scores = {code: {"answer": "3"} for code in rubric().codes}
    first, second = rubric().codes[:2]
    scores[first], scores[second] = {"answer": "5"}, {"answer": "1"}
    sent = said(method, sector="bovenbouw", school_year=1999, scores=scores, strong_point="", use=None)
    document = problem(post(client, REVIEWS, sent), 422)
    found = {error["field"]: error for error in document["errors"]}
    assert set(found) == {
        "sector", "school_year", "use", "strong_point", f"score-{first}", f"reason-{second}",
    }  # fmt: skip
    assert (found["sector"]["value"], found["school_year"]["value"]) == ("bovenbouw", "1999")
    assert found[f"score-{first}"]["value"] == "5"
    assert "value" not in found["use"]
    assert not Review.objects.exists()


def test_the_text_asks_for_a_second_look(client, method):
    sent = said(method, body="Mail a@school.example of bel 06-12345678.")
    document = problem(post(client, REVIEWS, sent), 409)
    assert [error["value"] for error in document["errors"]] == ["a@school.example", "06-12345678"]
    assert set(fields_of(document)) == {"body"}
    assert not Review.objects.exists()
    assert post(client, REVIEWS, sent | {"acknowledged": True}).status_code == 201


def test_one_that_waits_says_so_and_nobody_else_reads_it(client, method):
    PreModeration.objects.create(method=method)
    made = post(client, REVIEWS, said(method)).json()
    assert made["state"]["code"] == "waiting"
    assert Client().get(made["url"]).status_code == 404
    assert client.get(made["url"]).json()["state"]["code"] == "waiting"


def test_who_may_not_is_told_why(method):
    spokesman = make_teacher()
    speak_for(spokesman, method.publisher, PublisherRole.OWNER)
    for user in (make_person(), spokesman):
        document = problem(post(by_token(user), REVIEWS, said(method)), 403)
        assert document["type"].endswith("review-not-allowed")
    assert not Review.objects.exists()


def test_nobody_and_a_token_that_is_no_good(author, method, review):
    tokens = {
        "nobody": (Client(), 401),
        "revoked": (by_token(author, revoked_at=timezone.now() + timedelta(seconds=1)), 401),
        "of another kind": (by_token(author, TokenScope.READ), 403),
        "made up": (Client(headers={"Authorization": "Bearer okc_p_00000000_" + "0" * 64}), 401),
        "a password": (Client(headers={"Authorization": "Basic YTpi"}), 401),
    }
    before = Review.objects.values_list("version", "state").get()
    for who, (client, status) in tokens.items():
        answers = (
            post(client, REVIEWS, said(make_method())),
            put(client, one(review), without_method(method)),
            post(client, one(review, "withdraw/")),
            post(client, one(review, "flags/"), {"reason": "abuse"}),
            put(client, one(review, "helpful/")),
            client.delete(one(review, "helpful/")),
            put(client, one(review, "reply/"), {"text": "Dank u."}),
            client.delete(one(review, "reply/")),
            post(client, one(review, "appeals/"), {"text": "Toch.", "version": 1}),
        )
        for answer in answers:
            assert problem(answer, status), who
            assert "WWW-Authenticate" in answer, who
    assert Review.objects.values_list("version", "state").get() == before


def test_a_visit_needs_the_proof_that_a_page_of_ours_sent_it(author, method, review):
    client = Client(enforce_csrf_checks=True)
    client.cookies = by_visit(author).cookies
    assert problem(post(client, REVIEWS, said(make_method())), 403)
    assert problem(put(client, one(review), without_method(method)), 403)
    assert problem(post(client, one(review, "withdraw/")), 403)
    assert problem(client.delete(one(review, "helpful/")), 403)
    assert Review.objects.get().state == ReviewState.PUBLISHED
    secret = "a" * 32
    client.cookies["csrftoken"] = secret
    made = client.post(REVIEWS, said(make_method()), content_type="application/json", headers={"X-CSRFToken": secret})
    assert made.status_code == 201, made.content


def test_another_persons_review_is_not_there_to_change(review, method):
    for client in (by_token(make_teacher()), by_visit(make_person(is_moderator=True))):
        assert problem(put(client, one(review), without_method(method)), 404)
        assert problem(post(client, one(review, "withdraw/")), 404)
        assert problem(post(client, one(review, "appeals/"), {"text": "Toch.", "version": 1}), 404)
    assert Review.objects.get().version == 1


def test_a_change_says_of_which_version(client, review, method):
    sent = without_method(method, version=None)
    assert problem(put(client, one(review), sent), 428)
    assert problem(put(client, one(review), sent, **{"If-Match": '"2"'}), 412)
    assert problem(put(client, one(review), sent, **{"If-Match": "niets"}), 412)
    assert problem(put(client, one(review), sent | {"version": 2}), 409)
    assert fields_of(problem(put(client, one(review), sent | {"version": "1"}), 422)) == ["version"]
    assert put(client, one(review), sent, **{"If-Match": '"7", "1"'}).status_code == 200
    assert problem(put(client, one(review), sent | {"version": 1}), 409)
    assert put(client, one(review), sent, **{"If-Match": "*"}).json()["version"] == 3


def test_a_change_may_not_move_it_to_another_method(client, review, method):
    other = make_method()
    assert fields_of(problem(put(client, one(review), said(method, version=1)), 422)) == ["method"]
    document = problem(put(client, one(review), without_method(method, edition=edition_of(other).pk)), 422)
    assert fields_of(document) == ["edition"]


def test_a_withdrawn_one_is_not_changed_and_a_removed_one_waits(client, review, method):
    set_state(review, ReviewState.REMOVED)
    assert problem(post(client, one(review, "withdraw/")), 403)
    assert put(client, one(review), without_method(method)).json()["state"]["code"] == "waiting"
    set_state(review, ReviewState.WITHDRAWN)
    assert problem(put(client, one(review), without_method(method, version=2)), 403)


def test_an_appeal_of_the_writer_of_what_was_removed(client, review):
    path = one(review, "appeals/")
    assert problem(post(client, path, {"text": "Toch.", "version": 1}), 403)
    set_state(review, ReviewState.REMOVED)
    assert fields_of(problem(post(client, path, {"text": " ", "version": 1}), 422)) == ["text"]
    assert problem(post(client, path, {"text": "Toch."}), 428)
    for _time in range(2):
        made = post(client, path, {"text": "Er staat geen naam in.", "version": 1})
        assert (made.status_code, made.json()["state"]["code"]) == (201, "open")
    assert fields_of(problem(post(client, path, {"text": "Anders.", "version": 1}), 422)) == ["text"]
    assert Appeal.objects.count() == 1
    assert client.get(one(review)).json()["appeal"]["text"] == "Er staat geen naam in."


def test_more_than_ten_a_day_are_refused(client, author):
    for _number in range(10):
        make_review(make_method(), author=author)
    assert "10" in problem(post(client, REVIEWS, said(make_method())), 403)["detail"]
    assert Review.objects.count() == 10


def test_a_visit_before_its_second_factor_opens_nothing(review):
    moderator = make_teacher(is_moderator=True)
    visit = by_visit(moderator, second_factor=False)
    assert problem(put(visit, one(review, "helpful/")), 403)
    assert put(by_visit(moderator), one(review, "helpful/")).status_code == 200
