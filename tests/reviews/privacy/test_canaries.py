"""What is written about a method stays in the room of reviews: not in the catalogue, its index, its API or any log."""

import json
import logging

import pytest
from django.urls import reverse

from accounts.services.deletion import delete_account
from catalogus.models import OutboxKind
from catalogus.search.loading import load_documents
from catalogus.services.search_rows import refresh_search_rows
from catalogus.web.addresses import product_url
from reviews.models import Review
from reviews.services.publishing import edit_review, withdraw_review
from tests.accounts.traces import tables_that_tell
from tests.factories import make_method, make_product
from tests.review_support import make_content, make_review
from tests.reviews.privacy.canaries import (
    APPEAL,
    DRAFT,
    EARLIER,
    HIDDEN,
    MAIL,
    NAME,
    PERSONAL,
    SUBJECT,
    TEXTS,
    make_writer,
    take_away,
    write_canary,
)

pytestmark = pytest.mark.django_db

ALL = (*PERSONAL, *HIDDEN, *TEXTS)


@pytest.fixture
def product():
    return make_product(title="Kompas havo 3", method=make_method(name="Kompas"), sectors=["vo"])


def found_in(text: str, *canaries: str) -> list[str]:
    return [canary for canary in canaries if canary.lower() in text.lower()]


def test_documents_and_rows_of_search_hold_sums_and_no_words(product):
    write_canary(make_writer(), product, shown_as="name", names_school=True)
    for _number in range(2):
        make_review(product.method)
    refresh_search_rows([product.pk])
    documents = [
        *load_documents(OutboxKind.PRODUCT, [product.pk]).values(),
        *load_documents(OutboxKind.METHOD, [product.method_id]).values(),
    ]
    text = json.dumps(documents, default=str)
    assert "Kompas" in text
    assert found_in(text, *ALL) == []
    rooms = ("accounts_", "account_", "reviews_")
    assert [table for table in tables_that_tell(*ALL) if not table.startswith(rooms)] == []


@pytest.mark.search
@pytest.mark.usefixtures("transactional_db")
def test_the_engine_itself_holds_no_words(search_index, product):
    write_canary(make_writer(), product, shown_as="name", names_school=True)
    search_index.rebuild()
    found = search_index.client.search(index="_all", query={"match_all": {}}, size=1000)
    text = json.dumps(found.body, default=str)
    assert "Kompas" in text
    assert found_in(text, *ALL) == []


def test_pages_and_api_of_the_catalogue_name_nobody(client, settings, product):
    settings.ELASTICSEARCH_URL = ""
    write_canary(make_writer(), product)
    for address in (
        product.method.get_absolute_url(),
        product_url(product.public_id, product.title),
        f"{product_url(product.public_id, product.title)}geschiedenis/",
        "/zoeken/?q=kompas",
        "/zoeken/?q=kanarie",
        f"/vergelijken/?product={product.public_id}",
        "/",
        reverse("api:product", args=[product.public_id]),
        reverse("api:method", args=[product.method.public_id]),
        "/api/v1/methods/?q=kompas",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert found_in(answer.content.decode(), *PERSONAL, *HIDDEN) == [], address


def test_no_log_tells_who_or_what(caplog, product):
    caplog.set_level(logging.DEBUG)
    writer = make_writer()
    review = write_canary(writer, product)
    for content in (make_content(product.method, body=TEXTS[0]), make_content(product.method, shown_as="name")):
        review = edit_review(author=writer, review=review, content=content, version=review.version)
    other = make_review(make_method(), author=writer, body=TEXTS[1])
    withdraw_review(author=writer, review=other)
    take_away(make_review(make_method(), author=writer, after_deletion="goes"))
    delete_account(user=writer)
    assert found_in(caplog.text, *ALL) == []
    assert f"account {writer.pk} deleted" in caplog.text


def test_after_deletion_no_table_tells_of_the_writer(product):
    """What the review said, its reply, and what others flagged stays; the school is known and shown to nobody."""
    writer = make_writer()
    review = write_canary(writer, product, shown_as="name", names_school=True)
    withdrawn = make_review(make_method(), author=writer, body=EARLIER)
    withdraw_review(author=writer, review=withdrawn)
    delete_account(user=writer)
    assert tables_that_tell(NAME, MAIL, SUBJECT, EARLIER, DRAFT) == set()
    assert tables_that_tell(APPEAL) == {"reviews_moderationentry"}, "a moderator's own words about their decision"
    assert Review.objects.get().pk == review.pk
