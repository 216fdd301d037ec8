import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client, RequestFactory

from portal import errors
from tests.catalogus.web.page import Page


def test_a_page_that_is_not_there_offers_the_search(client, db):
    response = client.get("/nergens/")
    page = Page(response)
    assert response.status_code == 404
    assert page.texts("//h1") == ["Deze pagina is er niet"]
    assert page.href("Naar de zoekpagina") == "/zoeken/"


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
