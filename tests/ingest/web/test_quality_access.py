"""Who may see the pages about quality: allowed and refused side by side."""

from collections.abc import Callable

import pytest

from accounts.models import User
from ingest.quality.snapshots import take_snapshots
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_product, make_publisher
from tests.ingest.quality.objects import make_harvest, make_record, make_source
from tests.ingest.web.people import make_member, make_staff, make_user
from tests.people import sign_in

pytestmark = pytest.mark.django_db

OWN = ["/kwaliteit/uitgever/noord/", "/kwaliteit/uitgever/noord/csv/", "/kwaliteit/uitgever/noord/bad_url/"]
OF_ALL = ["/kwaliteit/bron/demo/", "/kwaliteit/bron/demo/csv/", "/kwaliteit/bron/demo/bad_url/"]
UNKNOWN = ["/kwaliteit/bron/nergens/", "/kwaliteit/uitgever/nergens/"]

PEOPLE: dict[str, Callable[[], User | None]] = {
    "nobody": lambda: None,
    "a person": make_user,
    "a member of another": lambda: make_member("zuid", role="owner"),
    "a reader": lambda: make_member("noord"),
    "an owner": lambda: make_member("noord", role="owner"),
    "a member of what was merged into it": lambda: make_member("vroeger"),
    "an administrator who is no staff": lambda: make_user(is_superuser=True),
    "staff": make_staff,
    "staff that left": lambda: make_user(is_staff=True, is_active=False),
}
TABLE = {
    # person: (overview, own publisher, sources, what there is not)
    "nobody": (302, 302, 302, 302),
    "a person": (403, 403, 403, 403),
    "a member of another": (200, 403, 403, 403),
    "a reader": (200, 200, 403, 403),
    "an owner": (200, 200, 403, 403),
    "a member of what was merged into it": (200, 200, 403, 403),
    "an administrator who is no staff": (403, 403, 403, 403),
    "staff": (200, 200, 200, 404),
    "staff that left": (302, 302, 302, 302),
}


@pytest.fixture
def pages():
    noord = make_publisher(slug="noord")
    make_publisher(slug="vroeger", merged_into=noord)
    make_publisher(slug="zuid")
    source = make_source(code="demo")
    make_record(source, make_product(method=make_method(publisher=noord)), ("bad_url", "A", "x"))
    take_snapshots(make_harvest(source=source))


@pytest.mark.parametrize("person", TABLE)
def test_who_sees_what(client, pages, person):
    user = PEOPLE[person]()
    if user is not None:
        sign_in(client, user)
    for paths, status in zip((["/kwaliteit/"], OWN, OF_ALL, UNKNOWN), TABLE[person], strict=True):
        assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, status)


def test_who_is_not_signed_in_is_asked_to_and_comes_back(client, pages):
    response = client.get("/kwaliteit/uitgever/noord/csv/?check=bad_url")
    assert response["Location"] == "/account/aanmelden/?next=/kwaliteit/uitgever/noord/csv/%3Fcheck%3Dbad_url"
    assert client.get(response["Location"]).status_code == 200


def test_who_is_refused_reads_why_and_what_to_do(client, pages):
    sign_in(client, make_user())
    page = Page(client.get("/kwaliteit/uitgever/noord/"))
    assert page.texts("//h1") == ["Deze cijfers zijn niet voor u"]
    assert "Vraag de redactie" in page.text()


def test_a_member_sees_nothing_of_others(client, pages):
    zuid = make_product(method=make_method(publisher=make_publisher(slug="oost", name="Oost")), title="Geheim")
    source = make_source(code="ander", name="Andere bron")
    make_record(source, zuid, ("bad_url", "A", "geheim"))
    take_snapshots(make_harvest(source=source))
    sign_in(client, make_member("noord"))
    for path in ["/kwaliteit/", *OWN]:
        response = client.get(path)
        body = response.getvalue().decode()
        for secret in ("Oost", "Geheim", "geheim", "Andere bron", "/bron/"):
            assert secret not in body, path


@pytest.mark.parametrize("path", ["/kwaliteit/", *OWN])
def test_nothing_is_changed_by_looking(client, pages, path):
    sign_in(client, make_staff())
    assert client.post(path).status_code == 405
