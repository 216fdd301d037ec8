"""The status page: true when all is well, and there when it is not."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from catalogus import memory
from catalogus.models import OutboxEntry
from catalogus.search.guarding import asking
from catalogus.search.guarding.breaker import FAILURES_IN_A_ROW, State
from ingest.models import Harvest
from tests.catalogus.web.page import Page
from tests.conftest import REPOSITORY
from tests.ingest.quality.objects import make_harvest, make_source

pytestmark = pytest.mark.django_db

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def without_engine(settings):
    settings.ELASTICSEARCH_URL = ""


def status(client):
    memory.forget_all()
    response = client.get("/status.json")
    assert response.status_code == 200
    return response.json()


def text(client) -> str:
    memory.forget_all()
    response = client.get("/status/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return Page(response).text()


@pytest.mark.search
def test_in_full(client, search_index):
    search_index.rebuild()
    assert status(client)["search"] == "full"
    assert "Zoeken werkt helemaal" in text(client)
    OutboxEntry.objects.create(kind="product", object_id=1, revision=1)
    assert status(client)["index_waiting"] == 1
    assert "1 wijziging is nog niet te vinden" in text(client)


def test_an_engine_that_is_away_is_asked_no_more_than_the_guard_allows(client, settings):
    settings.ELASTICSEARCH_URL = NOBODY
    for _time in range(FAILURES_IN_A_ROW + 3):
        assert status(client)["search"] == "basic"
    report = asking.engine_report()
    assert report is not None
    assert (report.state, report.failures) == (State.OPEN, FAILURES_IN_A_ROW)
    assert "De zoekmachine antwoordt nu niet" in text(client)
    assert "Niet alles." in text(client)


def test_without_an_engine_and_without_a_source(client, without_engine):
    assert status(client) | {"read_at": ""} == {
        "read_at": "",
        "version": "0.1.0",
        "search": "without-engine",
        "index_waiting": None,
        "sources": [],
    }
    found = text(client)
    assert "Deze site heeft geen aparte zoekmachine" in found
    assert "nog geen bron" in found


def test_valkey_is_not_asked(client, settings, without_engine):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"}
    }
    assert "Zoeken werkt in de basismodus" in text(client)


@pytest.mark.parametrize(
    ("fields", "said", "is_well"),
    [
        ({"state": "complete", "received": 1234, "created": 1234}, "Gelezen: 1.234 records. Gelukt:", True),
        ({"state": "held"}, "een redacteur kijkt daarnaar", True),
        ({"state": "partial"}, "Voor een deel gelukt.", False),
        ({"state": "faulty"}, "de aantallen klopten niet", False),
        ({"state": "failed", "message": "geheim adres"}, "de bron gaf geen bruikbaar antwoord", False),
        ({"state": "stopped", "stop_requested_by": "Jip (account 1)"}, "Gestopt door de redactie.", False),
        ({"finished_at": timezone.now() - timedelta(hours=49)}, "langer geleden dan de bedoeling is", False),
    ],
)
def test_the_last_harvest_in_plain_words(client, without_engine, fields, said, is_well):
    source = make_source(name="Koppelpunt", every_hours=24)
    make_harvest(source=source, **fields)
    found = text(client)
    assert said in found
    assert ("Ja. Zoeken werkt" in found) == is_well
    for secret in ("geheim", "Jip", "bron.example"):
        assert secret not in found
        assert secret not in str(status(client))


def test_a_harvest_that_goes_on_and_one_that_never_was(client, without_engine):
    source, new, old = make_source(name="Eerste"), make_source(name="Nieuw"), make_source(is_active=False)
    ended = make_harvest(source=source)
    assert ended.finished_at is not None
    now = timezone.now()
    Harvest.objects.create(source=source, state="running", started_at=now, heartbeat_at=now)
    make_harvest(source=old)
    found = {one["name"]: one for one in status(client)["sources"]}
    assert set(found) == {"Eerste", "Nieuw"}
    assert found["Eerste"]["is_running"]
    assert datetime.fromisoformat(found["Eerste"]["last_harvest"]["finished_at"]) == ended.finished_at
    assert found["Nieuw"]["last_harvest"] is None
    shown = text(client)
    assert "Er wordt nu opgehaald." in shown
    assert "Nog niet eerder opgehaald." in shown
    assert new.name in shown


def test_it_is_read_once_in_a_while(client, without_engine, django_assert_num_queries):
    for _number in range(3):
        make_harvest()
    with django_assert_num_queries(2):
        client.get("/status/")
    with django_assert_num_queries(0):
        client.get("/status/")
        client.get("/status.json")


def test_the_version_is_that_of_the_project(settings):
    assert f'\nversion = "{settings.VERSION}"\n' in (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
