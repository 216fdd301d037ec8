"""Where a method comes from: said to everybody; how well it was delivered, to who may see that."""

from datetime import UTC, datetime

import pytest

from ingest.models import Record
from ingest.services.sources import register_source
from ingest.web.method_sources import method_sources
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_product
from tests.ingest.entries import raw_record
from tests.ingest.web.conftest import EAN, bring_in, make_pass

SECTION = "//section[@aria-labelledby='herkomst']"
QUALITY = "Kwaliteit van de aanlevering van Uitgeverij De Linde"


def test_everybody_reads_which_sources_there_are(client, world, django_assert_num_queries):
    other = register_source(code="ander", name="Andere bron", url="https://ander.example/sru")
    bring_in(other, make_pass(other), raw_record("a:1", {"ProductId": EAN}))
    moment = datetime(2026, 5, 3, 12, tzinfo=UTC)
    Record.objects.filter(product=world.product).update(last_seen_at=moment)
    world.product.method.products.update(updated_at=moment)
    page = Page(client.get(world.product.method.get_absolute_url()))
    assert page.texts(f"{SECTION}//ul[preceding-sibling::p]/li")[:2] == [
        "Andere bron : 1 product, voor het laatst gezien op 3 mei 2026, laatste wijziging op 3 mei 2026",
        "Een bron : 1 product, voor het laatst gezien op 3 mei 2026, laatste wijziging op 3 mei 2026",
    ]
    with django_assert_num_queries(1):
        method_sources(world.product.method)


def test_what_came_from_nowhere_says_so(client, db):
    method = make_method()
    make_product(method=method)
    assert "Van deze producten is geen bron bekend." in Page(client.get(method.get_absolute_url())).text()


@pytest.mark.parametrize(
    ("who", "is_shown"), [("visitor", False), ("teacher", False), ("member", True), ("editor", True)]
)
def test_quality_is_linked_for_who_may_see_it(client, sign_in, world, who, is_shown):
    visitors = {
        "visitor": lambda: client,
        "teacher": lambda: sign_in("docent"),
        "member": lambda: sign_in("lid", publisher=world.product.publisher),
        "editor": lambda: sign_in("redactie", is_staff=True),
    }
    visitor = visitors[who]()
    page = Page(visitor.get(world.product.method.get_absolute_url()))
    assert (QUALITY in page.texts(f"{SECTION}//a")) is is_shown
    if is_shown:
        assert visitor.get(page.href(QUALITY)).status_code == 200
