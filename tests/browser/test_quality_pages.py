"""The pages about quality in a real browser: WCAG 2.2 AA, no overflow, light, nothing from elsewhere, and no script."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from ingest.models import Harvest, QualitySnapshot
from ingest.quality.checks import CHECKS
from ingest.quality.snapshots import take_snapshots
from tests.browser.audit import NARROW, SCREENS, UNFOLD, faults_of, size_as_sent
from tests.browser.shelf import LONG_TITLE
from tests.browser.test_first_load import MOST_BYTES
from tests.factories import make_method, make_product, make_publisher
from tests.ingest.quality.objects import make_harvest, make_record, make_source
from tests.ingest.web.people import make_member, make_staff, make_user
from tests.people import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

LONG_WORD = "veldzonderspaties" * 12


@dataclass(frozen=True)
class Quality:
    """Addresses of pages by what they show, for whom; statuses other than 200."""

    pages: dict[str, tuple[str, str]]
    sessions: dict[str, str]
    statuses: dict[str, int]


@pytest.fixture
def quality(transactional_db: None) -> Quality:
    """Sixty publishers; the first has every finding there is, with the longest of values, over thirty passes."""
    source = make_source(code="demo", name="Koppelpunt (demonstratie)")
    publishers = [make_publisher(name=f"Uitgeverij {number}", slug=f"uitgeverij-{number}") for number in range(60)]
    first = make_method(publisher=publishers[0])
    reading = [code for code, check in CHECKS.items() if check.products is None]
    for place, code in enumerate(reading):
        for number in range(3):
            field = LONG_WORD if code == "unknown_element" else "CurriculumInfo/Courses/Course"
            issue = (code, field, f"{number} {LONG_WORD}"[:200])
            product = make_product(
                method=first,
                title=f"{LONG_TITLE} {number}",
                identifier=f"code-{place % 9}",
                successor_identifier="nergens",
                part_identifiers=["nergens"],
                end_of_life_on="2020-01-01",
                activation_until="2020-01-01",
            )
            make_record(source, product, issue, identifier=f"uitgeverij:{LONG_WORD}{place}:{number}"[:255])
    make_record(source, None, ("no_title", "Title", ""), publisher=publishers[0])
    for number in range(60):
        make_record(source, make_product(method=first), ("bad_url", "AccessLocation", f"adres {number % 4}"))
    for publisher in publishers[1:]:
        make_record(source, make_product(method=make_method(publisher=publisher)))
    take_snapshots(make_harvest(source=source))
    for days in range(1, 30):
        repeat_pass(timezone.now() - timedelta(days=days))
    people = {"staff": make_staff(), "member": make_member("uitgeverij-0"), "other": make_user()}
    return Quality(
        pages={
            "overview": ("staff", "/kwaliteit/"),
            "second page": ("staff", "/kwaliteit/?sort=name&blad=2"),
            "own": ("member", "/kwaliteit/"),
            "publisher": ("member", "/kwaliteit/uitgever/uitgeverij-0/"),
            "source": ("staff", "/kwaliteit/bron/demo/"),
            "list": ("member", "/kwaliteit/uitgever/uitgeverij-0/bad_url/"),
            "list of a source": ("staff", "/kwaliteit/bron/demo/twin/"),
            "no record": ("staff", "/kwaliteit/uitgever/uitgeverij-3/bad_url/"),
            "refused": ("other", "/kwaliteit/uitgever/uitgeverij-0/"),
        },
        sessions={name: session_of(user) for name, user in people.items()},
        statuses={"refused": 403},
    )


def repeat_pass(at) -> None:
    """A pass that left the same as the last one, but for the scores."""
    last = Harvest.objects.latest("finished_at")
    rows = list(QualitySnapshot.objects.filter(harvest=last))
    harvest = make_harvest(source=last.source, finished_at=at)
    for row in rows:
        row.pk, row.harvest, row.at = None, harvest, at
        row.completeness_score = (row.completeness_score + at.day * 7) % 1000
    QualitySnapshot.objects.bulk_create(rows)


def session_of(user) -> str:
    client = Client()
    sign_in(client, user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def open_context(browser, live_server, quality, person, **options):
    context = browser.new_context(locale="nl-NL", **options)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": quality.sessions[person], "url": live_server.url}
    context.add_cookies([cookie])
    return context


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_nothing_overflows(browser, live_server, quality, screen):
    faults = {}
    for name, (person, path) in quality.pages.items():
        context = open_context(browser, live_server, quality, person, viewport=SCREENS[screen])
        page = context.new_page()
        assert page.goto(f"{live_server.url}{path}").status == quality.statuses.get(name, 200)
        page.evaluate(UNFOLD)
        if found := faults_of(page):
            faults[name] = found
        context.close()
    assert not faults, "\n".join(f"{name}: {report}" for name, report in faults.items())


def test_every_page_is_light_and_asks_nobody_else(browser, live_server, quality):
    for name, (person, path) in quality.pages.items():
        context = open_context(browser, live_server, quality, person)
        page = context.new_page()
        responses: list[Any] = []
        said: list[str] = []
        page.on("response", lambda response, responses=responses: responses.append(response))
        page.on("console", lambda message, said=said: said.append(message.text))
        status = page.goto(f"{live_server.url}{path}", wait_until="networkidle").status
        sizes = {response.url: size_as_sent(response) for response in responses}
        assert {urlsplit(url).netloc for url in sizes} == {urlsplit(live_server.url).netloc}, name
        assert sum(sizes.values()) < MOST_BYTES, (name, sizes)
        assert len(said) == (status != 200), (name, said)
        context.close()


def test_from_overview_to_a_product_and_back_without_javascript(browser, live_server, quality):
    context = open_context(browser, live_server, quality, "staff", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/kwaliteit/")
    page.get_by_role("link", name="juistheid").click()
    assert page.url.endswith("?sort=correctness")
    page.get_by_role("link", name="Uitgeverij 0", exact=True).click()
    article = page.get_by_role("article").filter(has=page.get_by_role("heading", name="Adres dat niet te gebruiken is"))
    article.get_by_text("Voorbeelden").click()
    assert article.locator("li").count() == 3
    article.get_by_role("link", name="Toon alle 63 records").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Adres dat niet te gebruiken is"
    assert page.locator("table.found tbody tr").count() == 50
    page.get_by_role("link", name="Volgende").click()
    assert page.locator("table.found tbody tr").count() == 13
    page.locator("table.found tbody a").first.click()
    assert "/product/" in page.url
    context.close()


def test_the_keyboard_reaches_the_links_of_a_finding_and_sees_where_it_is(browser, live_server, quality):
    context = open_context(browser, live_server, quality, "member", viewport=NARROW)
    page = context.new_page()
    page.goto(f"{live_server.url}/kwaliteit/uitgever/uitgeverij-0/")
    page.locator("#b-bad_url").scroll_into_view_if_needed()
    summary = page.locator("article[aria-labelledby='b-bad_url'] summary")
    summary.focus()
    page.keyboard.press("Enter")
    for _step in range(4):
        page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent.trim()")
    assert focused.startswith("Toon alle 63 records")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    context.close()
