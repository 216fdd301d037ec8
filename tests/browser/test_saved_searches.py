"""Keeping a search in a real browser: WCAG 2.2 AA, no overflow, light pages, and all of it without a script."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from catalogus.models import Product
from selection.models import DigestLetter, DigestProgress, SavedSearch
from selection.services.stopping import Stop
from tests.browser.audit import NARROW, UNFOLD, WIDE, faults_of, size_as_sent
from tests.browser.test_accessibility import UNSTICK
from tests.browser.test_first_load import MOST_BYTES
from tests.people import sign_in
from tests.selection.world import follow, make_reader

pytestmark = [pytest.mark.browser, pytest.mark.search, pytest.mark.slow, pytest.mark.xdist_group("browser")]

LIST = "/account/zoekopdrachten/"
LONG_NAME = ("meerjarenlicentieovereenkomstvoorscholengemeenschappen" * 2)[:100]
PICTURES = Path(settings.BASE_DIR) / ".devstack" / "pictures"


@pytest.fixture
def els(shelf) -> User:
    """Somebody with searches of every kind, and a letter with all that can stand in one."""
    els = make_reader()
    follow(els, "q=atlas&level=havo&subject=aardrijkskunde&subject=taal&all=1&sort=price", "Atlassen voor de bovenbouw")
    off = follow(els, "", LONG_NAME, is_alert_on=False)
    SavedSearch.objects.create(user=els, name="Van vroeger", query="medium=perkament&state=weg")
    items = [
        {"product": pk, "searches": [off.pk], "changes": {"title": ["Oude titel", title]} if number > 1 else None}
        for number, (pk, title) in enumerate(Product.objects.live().order_by("pk").values_list("pk", "title")[:60])
    ]
    DigestLetter.objects.create(user=els, items=items, new_total=2, changed_total=120)
    return els


@pytest.fixture
def cookie(live_server, els) -> dict[str, str]:
    value = sign_in(Client(), els).cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}


@pytest.fixture
def pages(els) -> dict[str, str]:
    search, letter = SavedSearch.objects.get(query=""), DigestLetter.objects.get()
    return {
        "results": "/zoeken/?q=atlas&level=havo",
        "kept": "/zoeken/",
        "list": LIST,
        "save": f"{LIST}bewaren/?q=atlas",
        "change": f"{LIST}{search.pk}/",
        "delete": f"{LIST}{search.pk}/verwijderen/",
        "letter": f"{LIST}bericht/{letter.pk}/",
        "stop": f"{LIST}stoppen/{Stop(els.pk, search.pk).token}/",
        "bad link": f"{LIST}stoppen/onzin/",
    }


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing_and_nothing_overflows(browser, live_server, cookie, pages, viewport):
    context = browser.new_context(viewport=viewport, locale="nl-NL")
    context.add_cookies([cookie])
    page = context.new_page()
    said, weights, faults = [], [], {}
    page.on("console", lambda message: said.append(message.text))
    page.on("response", lambda response: weights.append(size_as_sent(response)))
    for name, path in pages.items():
        weights.clear()
        page.goto(f"{live_server.url}{path}", wait_until="networkidle")
        assert sum(weights) < MOST_BYTES, (name, sum(weights))
        page.evaluate(UNFOLD)
        page.evaluate(UNSTICK)
        faults[name] = faults_of(page)
        if PICTURES.is_dir():  # Whoever wants to look makes the folder.
            page.screenshot(path=PICTURES / f"{name}-{viewport['width']}.png", full_page=True)
    assert len(said) == 1, "of the bad link alone"
    assert not any(faults.values()), "\n".join(f"{name}: {report}" for name, report in faults.items() if report)
    context.close()


def test_a_search_is_kept_renamed_and_deleted_without_javascript(browser, live_server, cookie, els):
    SavedSearch.objects.all().delete()
    context = browser.new_context(java_script_enabled=False, locale="nl-NL", viewport=NARROW)
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{live_server.url}{LIST}")
    page.get_by_role("link", name="Zoek in de catalogus").last.click()
    page.get_by_label("Methode, vak, titel of EAN").fill("atlas")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_text("Bewaar deze zoekopdracht").click()
    page.get_by_label("Naam").fill("Atlassen")
    page.get_by_role("button", name="Bewaar").click()
    assert page.url == f"{live_server.url}/zoeken/?q=atlas"
    assert "De zoekopdracht is bewaard als “Atlassen”" in page.locator(".messages").inner_text()
    page.get_by_role("link", name="Mijn zoekopdrachten").click()
    page.get_by_role("link", name="Wijzig Atlassen").click()
    page.get_by_label("Naam").fill("Kaarten")
    page.get_by_label("Stuur mij elke week").uncheck()
    page.get_by_role("button", name="Bewaar").click()
    search = SavedSearch.objects.get()
    assert (search.name, search.query, search.is_alert_on) == ("Kaarten", "q=atlas", False)
    page.get_by_role("link", name="Verwijder Kaarten").click()
    page.get_by_role("button", name="Ja, verwijder").click()
    assert "U hebt nog geen zoekopdrachten bewaard" in page.locator("main").inner_text()
    context.clear_cookies()
    page.goto(f"{live_server.url}{LIST}stoppen/{Stop(els.pk).token}/")
    page.get_by_role("button", name="Stop").click()
    assert "U krijgt geen wekelijks bericht meer" in page.get_by_role("status").inner_text()
    assert DigestProgress.objects.get().user == els
    context.close()
