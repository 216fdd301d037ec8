"""The pages and the API that show reviews: what was said by everybody's leave, and of who said it what they chose."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.services.deletion import delete_account
from catalogus.models import Product
from reviews.models import Review, SectionConsent
from tests.factories import make_method, make_product
from tests.people import sign_in
from tests.review_support import make_teacher
from tests.reviews.privacy.canaries import (
    HIDDEN,
    MAIL,
    NAME,
    PERSONAL,
    REPLY,
    SAID,
    SCHOOL,
    SCHOOL_CODE,
    SUBJECT,
    TEXTS,
    make_writer,
    take_away,
    write_canary,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _basic_mode(settings):
    settings.ELASTICSEARCH_URL = ""


@pytest.fixture
def product():
    return make_product(title="Kompas havo 3", method=make_method(name="Kompas"), sectors=["vo"])


def addresses(review: Review, product: Product) -> list[str]:
    method = review.shown_method
    return [
        reverse("reviews:review", args=[review.public_id]),
        reverse("reviews:method-reviews", args=[method.public_id]),
        method.get_absolute_url(),
        product.get_absolute_url(),
        reverse("reviews-api:reviews") + f"?method={method.public_id}",
        reverse("reviews-api:review", args=[review.public_id]),
        reverse("reviews-api:summaries") + f"?method={method.public_id}",
        "/",
    ]


def agree(review: Review) -> SectionConsent:
    assert review.section is not None
    return SectionConsent.objects.create(section=review.section, given_by=review.author)


def shown(client: Client, paths: list[str]) -> dict[str, str]:
    """Address -> what is read there, "" for what is not there."""
    answers = {path: client.get(path) for path in paths}
    assert {answer.status_code for answer in answers.values()} <= {200, 404}
    return {path: answer.content.decode() if answer.status_code == 200 else "" for path, answer in answers.items()}


def told(pages: dict[str, str], *canaries: str) -> set[str]:
    return {canary for canary in canaries for page in pages.values() if canary.lower() in page.lower()}


@pytest.mark.parametrize("who", ["nobody", "stranger"])
def test_a_description_tells_no_name_and_no_school(who, product):
    review = write_canary(make_writer(), product)
    client = Client() if who == "nobody" else sign_in(Client(), make_teacher())
    pages = shown(client, addresses(review, product))
    assert told(pages, *PERSONAL, *HIDDEN) == set()
    assert told(pages, *TEXTS) >= {*SAID.values(), REPLY}


def test_a_name_tells_the_name_alone(client, product):
    review = write_canary(make_writer(), product, shown_as="name")
    pages = shown(client, addresses(review, product))
    assert told(pages, *PERSONAL, *HIDDEN) == {NAME}


def test_a_school_is_told_while_its_section_agrees(client, product):
    writer = make_writer()
    review = write_canary(writer, product, names_school=True)
    paths = addresses(review, product)
    assert told(shown(client, paths), SCHOOL, NAME, MAIL) == set()
    consent = agree(review)
    assert told(shown(client, paths), *PERSONAL, *HIDDEN) == {SCHOOL}
    consent.delete()
    assert told(shown(client, paths), SCHOOL) == set()


def test_what_was_taken_away_is_read_by_its_writer_alone(client, product):
    writer = make_writer()
    review = write_canary(writer, product)
    take_away(review)
    assert told(shown(client, addresses(review, product)), *TEXTS, *PERSONAL, *HIDDEN) == set()
    stranger = sign_in(Client(), make_teacher())
    assert told(shown(stranger, addresses(review, product)), *TEXTS, *PERSONAL, *HIDDEN) == set()
    own = shown(sign_in(Client(), writer), addresses(review, product)[:1])
    assert told(own, *SAID.values()) == set(SAID.values())


def test_after_deletion_the_words_alone_are_left(client, product):
    writer = make_writer()
    review = write_canary(writer, product, shown_as="name", names_school=True)
    agree(review)
    delete_account(user=writer)
    pages = shown(client, addresses(review, product))
    assert told(pages, NAME, MAIL, SUBJECT, SCHOOL, SCHOOL_CODE, *HIDDEN) == set()
    assert told(pages, *TEXTS) >= {*SAID.values(), REPLY}
