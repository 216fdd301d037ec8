"""Who may see which page about what was brought in, and do what: allowed and refused stand in one table."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from ingest.models import Harvest, HarvestState, Record, Remap
from ingest.services.sources import register_source
from tests.factories import make_publisher
from tests.ingest.web.conftest import make_pass
from tests.people import sign_in

LOG = (
    "/oogsten/",
    "/oogsten/{one_pass}/",
    "/oogsten/{one_pass}/geweigerd/",
    "/oogsten/{one_pass}/wijzigingen/",
    "/oogsten/{one_pass}/wijzigingen.csv",
    "/oogsten/{held}/terugtrekken/",
    "/oogsten/herlezingen/",
    "/oogsten/herlezingen/{remap}/",
    "/oogsten/herlezingen/{remap}/wijzigingen/",
    "/oogsten/herlezingen/{remap}/wijzigingen.csv",
)
OWN = (
    "/product/{product}/ruw/",
    "/records/{record}/ruw/",
    "/records/{record}/ruw/inhoud/",
    "/records/{refused}/ruw/",
)
NOBODYS = ("/records/{nobodys}/ruw/", "/records/{nobodys}/ruw/inhoud/")


@pytest.fixture
def paths(world):
    """The patterns above with the rows of the world filled in."""
    held = make_pass(world.source, HarvestState.HELD, held=1)
    Record.objects.filter(pk=world.record.pk).update(missing_since=timezone.now() - timedelta(days=2))
    now = timezone.now()
    remap = Remap.objects.create(state="complete", started_at=now, heartbeat_at=now, finished_at=now)
    rows = {
        "one_pass": world.one_pass.pk,
        "held": held.pk,
        "remap": remap.pk,
        "product": world.product.public_id,
        "record": world.record.pk,
        "refused": world.refused.pk,
        "nobodys": world.nobodys.pk,
    }
    return lambda patterns: [pattern.format(**rows) for pattern in patterns]


@pytest.fixture
def people(world, sign_in):
    return {
        "nobody": Client(),
        "teacher": sign_in("docent"),
        "other": sign_in("ander", publisher=make_publisher()),
        "member": sign_in("lid", publisher=world.product.publisher),
        "editor": sign_in("redacteur", is_staff=True),
    }


@pytest.mark.parametrize(
    ("patterns", "who", "status"),
    [
        (LOG, "nobody", 302),
        (LOG, "teacher", 403),
        (LOG, "other", 403),
        (LOG, "member", 403),
        (LOG, "editor", 200),
        (OWN, "nobody", 302),
        (OWN, "teacher", 403),
        (OWN, "other", 403),
        (OWN, "member", 200),
        (OWN, "editor", 200),
        (NOBODYS, "nobody", 302),
        (NOBODYS, "teacher", 403),
        (NOBODYS, "other", 403),
        (NOBODYS, "member", 403),
        (NOBODYS, "editor", 200),
    ],
)
def test_who_may_see_what(paths, people, patterns, who, status):
    for path in paths(patterns):
        response = people[who].get(path)
        assert response.status_code == status, path
        if status == 302:
            assert response["Location"] == f"/account/aanmelden/?next={path}"
        if status == 200:
            assert {"no-store", "private"} <= set(response["Cache-Control"].split(", ")), path


def test_who_may_not_is_told_so_in_a_page_of_ours(paths, people):
    response = people["teacher"].get("/oogsten/")
    assert "Deze pagina is niet voor u" in response.content.decode()


@pytest.mark.parametrize(
    ("who", "is_done"), [("nobody", False), ("teacher", False), ("other", False), ("member", False), ("editor", True)]
)
def test_who_may_stop_and_withdraw(paths, people, world, who, is_done):
    """Each with what the forms of the pages would send."""
    running = make_pass(register_source(code="ander", url="https://ander.example/sru"), HarvestState.RUNNING)
    people[who].post(f"/oogsten/{running.pk}/stoppen/")
    assert bool(Harvest.objects.get(pk=running.pk).stop_requested_by) == is_done
    held = Harvest.objects.get(state=HarvestState.HELD)
    people[who].post(f"/oogsten/{held.pk}/terugtrekken/", {"aantal": "1"})
    assert (Record.objects.get(pk=world.record.pk).state == "absent") == is_done


def test_a_form_of_another_site_does_nothing(paths, world):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, User.objects.create_user(sign_in_name="redacteur", is_staff=True))
    running = make_pass(register_source(code="ander", url="https://ander.example/sru"), HarvestState.RUNNING)
    held = Harvest.objects.get(state=HarvestState.HELD)
    assert client.post(f"/oogsten/{running.pk}/stoppen/").status_code == 403
    assert client.post(f"/oogsten/{held.pk}/terugtrekken/", {"aantal": "1"}).status_code == 403
    assert not Harvest.objects.get(pk=running.pk).stop_requested_by
    assert Record.objects.get(pk=world.record.pk).state == "accepted"


@pytest.mark.parametrize("action", ["stoppen", "terugtrekken"])
def test_looking_decides_nothing(editor, world, action):
    """A link that is followed, by a person or a robot, changes nothing."""
    running = make_pass(world.source, HarvestState.RUNNING)
    editor.get(f"/oogsten/{running.pk}/{action}/")
    assert Harvest.objects.get(pk=running.pk).stop_requested_by == ""


def test_what_is_not_there_is_not_found(editor, db):
    for path in (
        "/oogsten/99/",
        "/oogsten/99/geweigerd/",
        "/oogsten/99/wijzigingen/",
        "/oogsten/99/wijzigingen.csv",
        "/oogsten/99/terugtrekken/",
        "/oogsten/herlezingen/99/",
        "/oogsten/99999999999999999999999/",
        "/records/99/ruw/",
        "/product/0000000000000/ruw/",
        "/oogsten/?bron=nergens",
        "/oogsten/?toestand=anders",
        "/oogsten/?na=x",
        "/oogsten/?voor=9999999999999999999999",
    ):
        assert editor.get(path).status_code == 404, path
