"""What everybody reads by the API: what is shown and no more, filtered strictly, in pages, and kept by whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import TokenScope
from catalogus.services.editing.methods import merge_methods
from reviews.models import PublisherReply, Review, ReviewState
from reviews.services.voting import find_helpful
from tests.accounts.places import make_person
from tests.factories import make_edition, make_method, make_product, valid_ean
from tests.review_support import make_review, make_teacher
from tests.reviews.api.support import OWN, REVIEWS, by_token, by_visit, fields_of, problem, set_state

pytestmark = pytest.mark.django_db


def ids(response) -> list[str]:
    assert response.status_code == 200, response.content
    return [one["id"] for one in response.json()["results"]]


def test_a_review_says_what_its_page_says_and_nothing_of_who_wrote_it(client):
    author = make_teacher(display_name="Ria Geheim", email="ria@esdoorn.example")
    review = make_review(make_method(name="Kompas"), author=author, score=2, body="Eerste.\n\nTweede <b>alinea</b>.")
    answer = client.get(f"{REVIEWS}{review.public_id}/")
    told = answer.json()
    assert told["body"] == "Eerste.\n\nTweede <b>alinea</b>."
    assert told["method"]["name"] == "Kompas"
    assert told["scores"][0] == {
        "criterion": told["scores"][0]["criterion"],
        "label": told["scores"][0]["label"],
        "score": 2,
        "unscored": None,
        "reason": "Het ontbreekt.",
    }
    assert (told["version"], told["edited_on"], told["reply"], told["school"]) == (1, None, None, None)
    assert told["page_url"] == f"http://testserver/beoordelingen/{review.public_id}/"
    assert told["published_on"] == timezone.localdate(review.published_at).isoformat()
    assert not {"published_at", "edited_at", "written_at"} & set(told)
    text = answer.content.decode()
    for secret in ("Geheim", "ria@", author.issuer, review.school.name, review.school.code, "after_deletion", "state"):
        assert secret not in text, secret


@pytest.mark.parametrize("state", [ReviewState.WAITING, ReviewState.REMOVED, ReviewState.WITHDRAWN])
def test_what_is_not_published_is_there_for_its_writer_alone(client, state):
    author = make_teacher()
    review = set_state(make_review(make_method(), author=author), state)
    path = f"{REVIEWS}{review.public_id}/"
    others = [
        client,
        by_visit(make_teacher()),
        by_token(make_teacher()),
    ]
    for other in others:
        assert problem(other.get(path), 404)
        assert ids(other.get(REVIEWS)) == []
    for own in (by_visit(author), by_token(author), by_token(author, TokenScope.READ)):
        answer = own.get(path)
        assert answer.status_code == 200
        assert answer.json()["state"]["code"] == state
        assert answer.json()["removal_reason"] == review.removal_reason
        assert "no-store" in answer["Cache-Control"]
    moderator = by_visit(make_person(is_moderator=True)).get(path)
    assert moderator.json()["state"]["code"] == state


def test_what_is_not_published_waits_for_the_second_factor():
    """Of one's own too; and the refusal says not whether there is anything."""
    moderator = make_teacher(is_moderator=True)
    own = set_state(make_review(make_method(), author=moderator), ReviewState.REMOVED)
    others = set_state(make_review(make_method()), ReviewState.WAITING)
    before = by_visit(moderator, second_factor=False)
    told = [problem(before.get(f"{REVIEWS}{id_}/"), 403) for id_ in (own.public_id, others.public_id, "bestaatniet")]
    assert {document["detail"] for document in told} == {
        "Toon eerst uw tweede stap: meld u daarmee aan in deze browser."
    }
    assert before.get(f"{REVIEWS}{make_review(make_method()).public_id}/").status_code == 200
    for other in (by_visit(moderator), by_token(moderator)):
        assert other.get(f"{REVIEWS}{own.public_id}/").json()["state"]["code"] == "removed"


def test_a_token_that_may_not_read_is_told_so():
    author = make_teacher()
    review = set_state(make_review(make_method(), author=author), ReviewState.WAITING)
    client = by_token(author, TokenScope.REVIEW)
    assert problem(client.get(f"{REVIEWS}{review.public_id}/"), 403)
    assert problem(client.get(OWN), 403)


def test_a_token_that_is_no_good_is_told_so_also_where_all_may_read():
    review = make_review(make_method())
    client = by_token(make_teacher(), revoked_at=timezone.now() + timedelta(seconds=1))
    answer = client.get(f"{REVIEWS}{review.public_id}/")
    assert problem(answer, 401)
    assert "invalid_token" in answer["WWW-Authenticate"]


@pytest.mark.parametrize("public_id", ["%00", "bestaatniet", "x" * 300])
def test_what_is_no_review_is_not_found(client, public_id):
    assert problem(client.get(f"{REVIEWS}{public_id}/"), 404)


def test_a_reply_is_shown_until_a_moderator_removes_it(client):
    review = make_review(make_method())
    reply = PublisherReply.objects.create(
        review=review, publisher=review.shown_method.publisher, author=make_person("redacteur"), text="Dank u.",
        answered_version=1,
    )  # fmt: skip
    path = f"{REVIEWS}{review.public_id}/"
    told = client.get(path).json()["reply"]
    assert (told["text"], set(told)) == (
        "Dank u.",
        {"publisher", "text", "answered_version", "written_at", "edited_at"},
    )
    PublisherReply.objects.filter(pk=reply.pk).update(removed_at=timezone.now(), removal_reason="Een naam.")
    assert client.get(path).json()["reply"] is None
    assert "Een naam." not in client.get(REVIEWS).content.decode()


@pytest.fixture
def shelf():
    """Reviews of two editions of one method, and of another method."""
    method = make_method(name="Kompas")
    other = make_method(name="Anker", publisher=method.publisher)
    old, new = (
        make_edition(method=method, label=f"{number}e editie", key=str(number), ordinal=number) for number in (1, 2)
    )
    product = make_product(method=method, edition=new, ean=valid_ean(5), sectors=["vo"])
    method.current_ordinal = 2
    method.save()
    return {
        "old": make_review(method, edition=old.pk, use="supplement"),
        "new": make_review(method, edition=new.pk, levels=("vwo",), years=()),
        "product": make_review(method, product=product, school_year=2024),
        "other": make_review(other, sector="mbo", levels=("mbo-4",), years=()),
    }


def test_the_reviews_of_a_method_an_edition_and_a_product(client, shelf):
    method, product = shelf["old"].method, shelf["product"].product
    asked = {
        "": ["other", "product", "new", "old"],
        f"method={method.public_id}": ["product", "new", "old"],
        f"product={product.public_id}": ["product", "new"],
        f"ean={product.ean}": ["product", "new"],
        f"edition={shelf['old'].edition_id}": ["old"],
    }
    for query, names in asked.items():
        answer = client.get(f"{REVIEWS}?{query}")
        assert ids(answer) == [shelf[name].public_id for name in names], query
        assert answer.json()["total"] == len(names)
    older = {one["id"]: one["is_older_edition"] for one in client.get(REVIEWS).json()["results"]}
    assert [name for name, review in shelf.items() if older[review.public_id]] == ["old"]


def test_what_was_merged_is_found_where_it_is_now(client, shelf):
    method, other = shelf["old"].method, shelf["other"].method
    merge_methods(source=other, target=method, actor="proef", reason="Dezelfde methode.")
    assert len(ids(client.get(f"{REVIEWS}?method={other.public_id}"))) == 4


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("sector=mbo", ["other"]),
        ("level=vwo", ["new"]),
        ("level=vwo&level=mbo-4", ["other", "new"]),
        ("year=leerjaar-3&sector=vo", ["product", "old"]),
        ("use=supplement", ["old"]),
        ("school_year=2024", ["product"]),
        ("use=", ["other", "product", "new", "old"]),
    ],
)
def test_filters_narrow(client, shelf, query, names):
    assert ids(client.get(f"{REVIEWS}?{query}")) == [shelf[name].public_id for name in names]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("methode=x", "methode"),
        ("sector=xx", "sector"),
        ("level=xx", "level"),
        ("level=%00", "level"),
        ("year=leerjaar-99", "year"),
        ("use=both", "use"),
        ("school_year=1999", "school_year"),
        ("school_year=x", "school_year"),
        ("sort=rating", "sort"),
        ("page_size=0", "page_size"),
        ("page_size=101", "page_size"),
        ("page_size=" + "9" * 5000, "page_size"),
        ("page=2", "page"),
        ("ean=123", "ean"),
        ("edition=x", "edition"),
        ("edition=" + "9" * 30, "edition"),
        ("cursor=x", "cursor"),
        ("cursor=%C3%A9", "cursor"),
        ("cursor=" + "a" * 5000, "cursor"),
        ("&".join(f"level=x{number}" for number in range(31)), "level"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_it(client, query, field):
    assert field in fields_of(problem(client.get(f"{REVIEWS}?{query}"), 400))


def test_two_subjects_at_once_are_an_error_of_both(client):
    method = make_method()
    document = problem(client.get(f"{REVIEWS}?method={method.public_id}&edition=1"), 400)
    assert fields_of(document) == ["method", "edition"]


@pytest.mark.parametrize(
    "query", ["method=bestaatniet", "method=%00", "product=x", "edition=999999", "ean=9789095053078"]
)
def test_a_subject_that_is_none_is_not_found(client, query):
    assert problem(client.get(f"{REVIEWS}?{query}"), 404)


@pytest.mark.parametrize(
    "forged",
    [
        "sort=newest&cursor={id}-1",
        "sort=helpful&cursor={id}",
        "sort=helpful&cursor={id}-" + "9" * 10,
        "sort=helpful&cursor={id}-٣",
        "cursor={id}%00",
        "cursor={id}%0A",
        "cursor=bestaatniet",
        "cursor={waiting}",
    ],
)
def test_a_forged_cursor_is_an_error(client, forged):
    review, waiting = make_review(make_method()), set_state(make_review(make_method()), ReviewState.WAITING)
    Review.objects.filter(pk=waiting.pk).update(published_at=None)
    query = forged.format(id=review.public_id, waiting=waiting.public_id)
    assert fields_of(problem(client.get(f"{REVIEWS}?{query}"), 400)) == ["cursor"]


@pytest.mark.parametrize("sort", ["newest", "helpful"])
def test_an_address_of_the_next_page_tells_no_moment_and_no_number(client, sort):
    """A place in the clear would be laid beside the log of a school's network."""
    method = make_method()
    reviews = [make_review(method) for _number in range(3)]
    cursor = client.get(f"{REVIEWS}?sort={sort}&page_size=1").json()["next"].partition("cursor=")[2]
    assert cursor == reviews[-1].public_id + {"newest": "", "helpful": "-0"}[sort]


def test_a_review_that_went_meanwhile_moves_nothing_and_one_that_is_gone_is_told(client):
    method = make_method()
    reviews = [make_review(method) for _number in range(3)]
    path = client.get(f"{REVIEWS}?page_size=1").json()["next"]
    set_state(reviews[2], ReviewState.WITHDRAWN)
    assert ids(client.get(path)) == [reviews[1].public_id]
    reviews[2].delete()
    document = problem(client.get(path), 400)
    assert fields_of(document) == ["cursor"]
    assert "is er niet meer" in str(document["errors"])


@pytest.mark.parametrize("sort", ["newest", "helpful"])
def test_pages_hold_each_review_once_also_where_some_are_equal(client, sort):
    method = make_method()
    reviews = [make_review(method) for _number in range(7)]
    at = timezone.now()
    Review.objects.filter(pk__in=[review.pk for review in reviews[2:5]]).update(published_at=at, helpful_count=0)
    find_helpful(user=make_teacher(), review=reviews[0])
    find_helpful(user=make_teacher(), review=reviews[6])
    whole = ids(client.get(f"{REVIEWS}?sort={sort}"))
    read: list[str] = []
    path = f"{REVIEWS}?sort={sort}&page_size=2&method={method.public_id}"
    while path:
        answer = client.get(path)
        read += ids(answer)
        assert answer.json()["total"] == 7
        path = answer.json()["next"] or ""
    assert read == whole
    assert len(set(read)) == 7
    if sort == "helpful":
        assert read[:2] == [reviews[6].public_id, reviews[0].public_id]


def test_a_list_asks_no_more_often_for_more_reviews(client):
    def asked() -> int:
        client.get(REVIEWS)
        with CaptureQueriesContext(connection) as captured:
            client.get(REVIEWS)
        return len(captured)

    make_review(make_method())
    few = asked()
    for _number in range(6):
        make_review(make_method())
    assert asked() == few


def test_who_may_keep_it(client):
    author = make_teacher()
    review = make_review(make_method(), author=author)
    paths = (REVIEWS, f"{REVIEWS}{review.public_id}/", "/api/v1/rubrics/", "/api/v1/rubrics/current/")
    for path in (*paths, f"/api/v1/review-summaries/?method={review.method.public_id}"):
        for visit in (client, by_visit(author)):
            answer = visit.get(path)
            assert answer.status_code == 200, path
            assert {part.strip() for part in answer["Cache-Control"].split(",")} == {"public", "max-age=60"}, path
            assert {"Accept", "Cookie", "Accept-Language"} <= set(answer["Vary"].split(", ")), path
            assert not answer.cookies, path
        again = client.get(path, headers={"If-None-Match": client.get(path)["ETag"]})
        assert again.status_code == 304, path


def test_own_reviews_in_every_state_and_no_one_elses():
    author = make_teacher()
    reviews = [make_review(make_method(), author=author) for _number in range(3)]
    set_state(reviews[1], ReviewState.REMOVED)
    set_state(reviews[2], ReviewState.WITHDRAWN)
    make_review(make_method())
    for client in (by_visit(author), by_token(author)):
        first = client.get(f"{OWN}?page_size=2")
        assert "no-store" in first["Cache-Control"]
        second = client.get(first.json()["next"])
        states = [one["state"]["code"] for answer in (first, second) for one in answer.json()["results"]]
        assert states == ["withdrawn", "removed", "published"]
        assert (first.json()["total"], second.json()["next"]) == (3, None)
        cursor = first.json()["next"].partition("cursor=")[2]
        assert cursor == reviews[1].public_id
    assert problem(by_visit(make_teacher()).get(f"{OWN}?cursor={reviews[1].public_id}"), 400)
    assert fields_of(problem(client.get(f"{OWN}?cursor=x&method=y"), 400)) == ["method", "cursor"]
    assert problem(Client().get(OWN), 401)


def test_the_rubrics(client):
    (only,) = client.get("/api/v1/rubrics/").json()["results"]
    assert only == client.get("/api/v1/rubrics/current/").json()
    assert (len(only["criteria"]), only["is_current"]) == (8, True)
    assert [one["code"] for one in only["scale"]] == ["1", "2", "3", "4", "nvt", "nb"]
