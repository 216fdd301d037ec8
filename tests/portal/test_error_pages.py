import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from portal import errors
from tests.accounts.traces import make_person
from tests.catalogus.web.page import Page


def test_a_page_that_is_not_there_offers_the_search(client, db):
    response = client.get("/nergens/")
    page = Page(response)
    assert response.status_code == 404
    assert page.texts("//h1") == ["Deze pagina is er niet"]
    assert page.href("Naar de zoekpagina") == "/zoeken/"
    assert page.href("Ga naar de voorpagina") == "/"
    assert page.all("//main//form[@role='search']/@action") == ["/zoeken/"]


@pytest.mark.parametrize(
    ("handler", "status"),
    [
        (lambda request: errors.bad_request(request, SuspiciousOperation()), 400),
        (lambda request: errors.page_not_found(request, Exception()), 404),
        (errors.server_error, 500),
    ],
)
def test_errors_are_pages_for_people_and_documents_for_programs(handler, status):
    page = handler(RequestFactory().get("/zoeken/"))
    document = handler(RequestFactory().get("/api/v1/x/"))
    assert (page.status_code, document.status_code) == (status, status)
    assert page["Content-Type"].startswith("text/html")
    assert Page(page).all("/html/@lang") == ["nl"]
    assert document["Content-Type"] == "application/problem+json"


def test_a_stale_form_is_explained(db):
    response = Client(enforce_csrf_checks=True).post("/account/aanmelden/", {"login": "jan"})
    assert response.status_code == 403
    assert Page(response).texts("//h1") == ["Dit formulier is verlopen"]


def test_nothing_inline_and_nothing_from_elsewhere(client, db):
    response = client.get("/")
    page = Page(response)
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert not page.all("//style | //@style | //script[not(@src)]")
    assert all(address.startswith("/static/") for address in page.all("//link[@rel != 'canonical']/@href | //@src"))


@pytest.mark.parametrize(
    ("name", "heading", "searches"),
    [
        ("400.html", "Dit verzoek kan niet worden gelezen", True),
        ("403.html", "Deze pagina is niet voor u", True),
        ("403_csrf.html", "Dit formulier is verlopen", False),
        ("404.html", "Deze pagina is er niet", True),
        ("410.html", "Deze pagina is weggehaald", True),
        ("429.html", "Dat ging te snel achter elkaar", False),
    ],
)
def test_each_says_what_happened_and_what_to_do(db, name, heading, searches):
    request = RequestFactory().get("/nergens/")
    request.user = AnonymousUser()
    page = Page(render(request, name))
    assert page.texts("//main//h1") == [heading]
    assert page.texts("//main//h2") == ["Wat u kunt doen"]
    assert len(page.all("//main//li")) >= 2
    assert page.href("Ga naar de voorpagina") == "/"
    assert bool(page.all("//main//form[@role='search']")) is searches
    assert page.all("//meta[@name='robots']/@content") == ["noindex"]


def test_who_may_not_see_a_page_is_told_another_way_than_who_is_not_signed_in(db):
    request = RequestFactory().get("/nergens/")
    request.user = AnonymousUser()
    assert "Meld u aan" in Page(render(request, "403.html")).text()
    request.user = make_person()
    text = Page(render(request, "403.html")).text()
    assert "Meld u aan" not in text
    assert "naar uw account" in text


def test_a_broken_site_still_has_a_page():
    """No database (this test has none), no request, no list of hashed files and no addresses: 500.html names them."""
    with override_settings(ROOT_URLCONF="tests.nowhere", STORAGES=_NO_STATIC_FILES):
        page = Page(HttpResponse(get_template("500.html").render()))
    assert page.texts("//h1") == ["Er ging bij ons iets mis"]
    assert page.all("//form/@action") == [reverse("catalogus:search")]
    assert set(page.all("//main//a/@href")) == {reverse("portal:home")}
    for address in page.all("//link/@href"):
        assert finders.find(address.removeprefix(settings.STATIC_URL)), address


_NO_STATIC_FILES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
}


def test_a_host_that_is_none_of_ours_gets_a_page(client, db):
    response = client.get("/", headers={"host": "kwaad.example"})
    assert response.status_code == 400
    assert Page(response).texts("//h1") == ["Dit verzoek kan niet worden gelezen"]
