"""manage.py search: what it says and when it fails."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalogus.models import OutboxKind, Product
from catalogus.search import indices
from catalogus.search.indexing import rebuild
from catalogus.services.outbox import enqueue
from catalogus.services.rebuilds import request_rebuild
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
    with pytest.raises(CommandError, match="check --repair"):
        call_command("search", "check", stdout=out)
    assert f"andere inhoud: 1 ({product.pk})" in out.getvalue()
    assert "2 documenten hersteld" in run("check", "--repair")
    assert "gelijk" in run("check")


def test_a_rebuild_goes_on_or_starts_anew_as_asked(search_index):
    make_product()

    def stop(done, _total):
        if done:
            raise KeyboardInterrupt

    for arguments, said in (((), "Gaat verder"), (("--fresh",), "gaat niet verder: er is om een nieuwe gevraagd")):
        with pytest.raises(KeyboardInterrupt):
            rebuild(stop)
        assert said in run("rebuild", *arguments)


@pytest.mark.parametrize("rate", ["0", "-1", "veel", "1.5"])
def test_a_pace_that_is_none_is_named(rate):
    with pytest.raises(CommandError, match=rf"--max-rate.*“{rate}” is geen aantal.*vanaf 1"):
        run("rebuild", f"--max-rate={rate}")


def status():
    """What it says, and its exit code."""
    out = StringIO()
    try:
        call_command("search", "status", stdout=out)
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


def test_status_tells_how_it_stands(search_index):
    product = make_product()
    search_index.rebuild()
    enqueue(OutboxKind.PRODUCT, [product.pk])
    text, code = status()
    assert code == 0
    assert "1 documenten, 1 wachten" in text
    assert "Laatste controle: nog geen" in text
    run("check")
    assert "2 documenten, 0 verschillen over" in status()[0]

    def stop(done, _total):
        assert "Opbouw bezig" in status()[0]
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(stop)
    text, code = status()
    assert (code, "Opbouw onderbroken na 2 van 2 documenten" in text, "(gestopt)" in text) == (0, True, True)


def test_status_says_that_a_rebuild_is_needed_and_why(search_index):
    live = indices.live_alias(OutboxKind.METHOD)
    (found,) = search_index.client.indices.get_mapping(index=live).body.values()
    meta = found["mappings"]["_meta"]
    try:
        for key, said in (("definition", "zoeken gebruikt deze index niet"), ("words", "andere meegeleverde woorden")):
            search_index.client.indices.put_mapping(index=live, meta=meta | {key: "an older one"})
            text, code = status()
            assert (code, said in text) == (3, True)
    finally:
        search_index.client.indices.put_mapping(index=live, meta=meta)
    assert status()[1] == 0
    request_rebuild(reason="Kiezel")
    text, code = status()
    assert (code, "Kiezel" in text) == (3, True)
    search_index.drop()
    text, code = status()
    assert (code, "geen index" in text) == (3, True)


def test_drain_tells_what_it_did(search_index):
    product = make_product()
    enqueue(OutboxKind.PRODUCT, [product.pk, product.pk + 1])
    assert "1 documenten bijgewerkt, 1 weggehaald, 0 geweigerd" in run("drain")


@pytest.mark.parametrize("action", ["rebuild", "check", "drain", "status"])
def test_an_engine_that_is_away_is_one_clear_line(db, settings, unused_tcp_port, action):
    enqueue(OutboxKind.PRODUCT, [1])
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    with pytest.raises(CommandError, match="antwoordt niet") as fault:
        run(action)
    assert fault.value.returncode == 1
