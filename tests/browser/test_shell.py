"""What stands around every page, the home page and the error pages, in a real browser."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from catalogus.models import Product
from catalogus.search.overview import refresh_overview
from catalogus.services.reviews import set_review_summary
from catalogus.services.search_rows import refresh_search_rows
from tests.browser.audit import NARROW, SCREENS, WIDE, faults_of
from tests.factories import make_method, make_product, make_publisher, review_summary
from tests.people import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


@dataclass(frozen=True)
class Staff:
    """Somebody with a long name who sees every way of the menu, and the cookie of the visit."""

    session: str

    def visit(self, browser: Browser, site: str, **options: object) -> BrowserContext:
        context = browser.new_context(locale="nl-NL", **options)  # type: ignore[arg-type]
        context.add_cookies([{"name": "sessionid", "value": self.session, "url": site}])
        return context


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> str:
    """With something new, something reviewed, and every sector; nothing here is about an engine."""
    settings.ELASTICSEARCH_URL = ""
    groups = {"po": ["groep-5"], "so": ["groep-3"], "vo": [], "vso": [], "mbo": []}
    levels = {"vo": ["vmbo", "havo", "vwo"], "vso": ["vso-db"], "mbo": ["mbo-1", "mbo-4"]}
    subjects = ["rekenen", "nederlands", "wiskunde", "godsdienst-levensbeschouwing", "lob", "sociaal-emotioneel"]
    for number, (sector, years) in enumerate(groups.items()):
        publisher = make_publisher(name=f"Uitgeverij met een lange naam {number}", slug=f"uitgeverij-{number}")
        method = make_method(name=f"Kompas voor de hele school en de loopbaan {number}", publisher=publisher)
        make_product(
            method=method,
            sectors=[sector],
            years=years,
            levels=levels.get(sector, []),
            subjects=subjects,
            first_published_on=timezone.localdate(),
        )
    set_review_summary(method.pk, review_summary(12, "3.25", older=4))
    refresh_search_rows(Product.objects.values_list("pk", flat=True))
    refresh_overview()
    return str(live_server.url)


@pytest.fixture
def staff(site: str) -> Staff:
    user = User.objects.create_user(sign_in_name="hanna", display_name="Hanna van Kompaswerf-Zwaluwdal", is_staff=True)
    client = sign_in(Client(), user)
    return Staff(client.cookies["sessionid"].value)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_on_the_home_page_and_on_error_pages(browser, site, screen):
    context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    page = context.new_page()
    faults = {}
    for path in ("/", "/nergens/", "/zoeken/?page=x"):
        page.goto(f"{site}{path}")
        if found := faults_of(page):
            faults[path] = found
    context.close()
    assert not faults, "\n".join(f"{path}: {report}" for path, report in faults.items())


def test_on_a_phone_two_rows_at_most_stand_above_the_search(browser, site, staff):
    for visit in (browser.new_context(viewport=NARROW), staff.visit(browser, site, viewport=NARROW)):
        page = visit.new_page()
        page.goto(f"{site}/privacy/")
        tops = page.locator(".site-bar > *").evaluate_all("all => all.map(e => e.getBoundingClientRect().bottom)")
        search = page.locator(".header-search").bounding_box()
        assert search
        # Everything else of the bar stands in one row, which is as high as a finger and its margins.
        assert sorted(tops)[-2] <= search["y"]
        assert search["y"] <= 64
        visit.close()


def test_the_ways_of_the_home_page_lead_on_without_a_script(browser, site):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL", viewport=WIDE)
    page = context.new_page()
    page.goto(site)
    page.get_by_label("Methode, vak, titel of EAN").fill("kompas")
    page.get_by_role("button", name="Zoek").click()
    assert page.url == f"{site}/zoeken/?q=kompas"
    page.goto(site)
    page.get_by_role("list", name="Niveau Voortgezet onderwijs").get_by_role("link", name="Havo").click()
    assert page.url == f"{site}/zoeken/?sector=vo&level=havo"
    context.close()


def test_paper_has_the_address_and_no_menus(site, page):
    page.goto(f"{site}/privacy/")
    expect(page.locator(".printed-address")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator(".site-footer nav").first).to_be_hidden()
    expect(page.locator(".printed-address")).to_have_text(f"{site}/privacy/")
    expect(page.locator(".printed-address")).to_be_visible()
