"""Sources in the administration: who may, what may change, and a pass at once on the real queue."""

import json

import pytest
from django.conf import settings
from django.test import Client
from redis import Redis

from accounts.models import User
from ingest.models import Source
from ingest.services.sources import register_source
from tests.catalogus.web.page import Page
from tests.people import sign_in

LIST = "/beheer/ingest/source/"


@pytest.fixture
def administrator(db):
    client = Client()
    sign_in(client, User.objects.create_superuser("beheer", password="een lang wachtwoord"))
    return client


@pytest.fixture
def source(db):
    return register_source(code="bron", name="Een bron", url="https://bron.example/sru")


@pytest.fixture
def queue():
    """The tasks that wait, as (name, arguments); emptied before and after."""
    redis = Redis.from_url(settings.REDIS_URL)
    redis.delete(settings.CELERY_TASK_DEFAULT_QUEUE)

    def waiting():
        messages = [json.loads(raw) for raw in redis.lrange(settings.CELERY_TASK_DEFAULT_QUEUE, 0, -1)]
        return [(message["headers"]["task"], message["headers"]["argsrepr"]) for message in messages]

    yield waiting
    redis.delete(settings.CELERY_TASK_DEFAULT_QUEUE)
    redis.close()


def harvest_now(client, *sources):
    return client.post(LIST, {"action": "harvest_now", "_selected_action": [one.pk for one in sources]}, follow=True)


def test_a_pass_is_queued_for_sources_that_are_in_use(administrator, source, queue):
    unused = register_source(code="oud", url="https://oud.example/sru")
    Source.objects.filter(pk=unused.pk).update(is_active=False)
    page = Page(harvest_now(administrator, source, unused))
    assert queue() == [("ingest.tasks.harvest_source", f"({source.pk},)")]
    text = page.text("//*[contains(@class, 'messagelist')]")
    assert "1 oogst staat in de wachtrij." in text
    assert "niet in gebruik" in text


def test_who_may_not_change_sources_queues_nothing(source, queue):
    client = Client()
    sign_in(client, User.objects.create_user(sign_in_name="medewerker", is_staff=True))
    assert harvest_now(client, source).status_code == 403
    assert queue() == []


def test_a_source_is_added_and_changed_but_keeps_its_code(administrator, source):
    form = {
        "name": "Nieuwe naam",
        "code": "anders",
        "kind": "koppelpunt",
        "url": "https://nieuw.example/sru",
        "record_schema": "eckcs2.5.2",
        "every_hours": "24",
        "precedence": "50",
        "is_active": "on",
    }
    administrator.post(f"{LIST}{source.pk}/change/", form)
    source.refresh_from_db()
    assert (source.code, source.name, source.every_hours, source.precedence) == ("bron", "Nieuwe naam", 24, 50)
    administrator.post(f"{LIST}add/", form)
    assert Source.objects.get(code="anders").url == "https://nieuw.example/sru"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("url", "ftp://bron.example", "Het adres begint met http:// of https://."),
        ("every_hours", "0", "Geef een heel aantal uren vanaf 1, of laat het leeg."),
    ],
)
def test_a_wrong_value_is_refused_with_what_to_do(administrator, source, field, value, message):
    form = {
        "name": "Een bron", "kind": "koppelpunt", "url": "https://bron.example/sru", "record_schema": "eckcs2.5.2",
        "precedence": "100",
    }  # fmt: skip
    page = Page(administrator.post(f"{LIST}{source.pk}/change/", form | {field: value}))
    assert message in " ".join(page.texts("//*[contains(@class, 'errorlist')]"))
    source.refresh_from_db()
    assert (source.url, source.every_hours) == ("https://bron.example/sru", None)


def test_a_source_is_never_deleted(administrator, source):
    assert administrator.post(f"{LIST}{source.pk}/delete/", {"post": "yes"}).status_code == 403
    assert not Page(administrator.get(f"{LIST}{source.pk}/change/")).all("//a[contains(@class, 'deletelink')]")
    administrator.post(LIST, {"action": "delete_selected", "_selected_action": [source.pk], "post": "yes"})
    assert Source.objects.filter(pk=source.pk).exists()
