"""manage.py search: what it says and when it fails."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalogus.models import OutboxKind, Product
from catalogus.services.outbox import enqueue
from tests.factories import make_product

pytestmark = pytest.mark.search


def run(*arguments):
    out = StringIO()
    call_command("search", *arguments, stdout=out)
    return out.getvalue()


def test_rebuild_tells_what_it_did(search_index):
    make_product()
    assert "1 producten en 1 methodes" in run("rebuild")
    assert "is er al" in run("rebuild", "--if-missing")
    search_index.drop()
    assert "1 producten en 1 methodes" in run("rebuild", "--if-missing")


def test_check_fails_on_differences_and_names_them(search_index):
    product = make_product()
    search_index.rebuild()
    assert "gelijk" in run("check")
    Product.objects.filter(pk=product.pk).update(title="Anders")
    out = StringIO()
    with pytest.raises(CommandError, match="verschilt"):
        call_command("search", "check", stdout=out)
    assert f"andere inhoud: 1 ({product.pk})" in out.getvalue()


def test_drain_tells_what_it_did(search_index):
    product = make_product()
    enqueue(OutboxKind.PRODUCT, [product.pk, product.pk + 1])
    assert "1 documenten bijgewerkt, 1 weggehaald, 0 geweigerd" in run("drain")


@pytest.mark.parametrize("action", ["rebuild", "check", "drain"])
def test_an_engine_that_is_away_is_one_clear_line(db, settings, unused_tcp_port, action):
    enqueue(OutboxKind.PRODUCT, [1])
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    with pytest.raises(CommandError, match="antwoordt niet") as fault:
        run(action)
    assert fault.value.returncode == 1
