"""Lists in a real browser: the one that the browser keeps, those of an account without a script, and WCAG 2.2 AA."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from selection.models import MaterialList
from selection.services.sharing import share_list
from selection.share_links import share_token
from tests.accounts.places import make_person, make_school, make_section
from tests.browser.audit import NARROW, SCREENS, UNFOLD, faults_of
from tests.factories import make_method, make_product, make_publisher, valid_ean
from tests.people import sign_in
from tests.selection.lists import make_list, merge, shown, titles, wanted

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

KEY = "lijst-zonder-account"
LONG = "meerjarenlicentieovereenkomstvoorscholengemeenschappen" * 2


@pytest.fixture
def world(transactional_db):
    """A teacher with a list of all that can stand on one, shared, and a list of their section."""
    els = make_person("els")
    section = make_section(make_school("99AA", name="De Esdoorn"), lead=els)
    method = make_method(name="Kompas", publisher=make_publisher(name="De Linde"))
    product = make_product(title="Kompas 1", method=method, ean=valid_ean(1), price_cents=1995, currency="EUR")
    unpriced = make_product(title="Kompas 2", method=method)
    gone = make_product(title=LONG, method=method, state="no_longer_available", successor=product)
    old = make_product(title="Kompas van vroeger", method=method)
    made = make_list(els, wanted(product, LONG, 84), wanted(unpriced, quantity=3), gone, method, old, name=LONG[:100])
    merge(old, product)
    share_list(material_list=made, shows_notes=True)
    made.refresh_from_db()
    return {
        "els": els,
        "product": product,
        "unpriced": unpriced,
        "method": method,
        "list": made,
        "shared": f"/lijsten/gedeeld/{share_token(made)}/",
        "section's": make_list(section, method, name="Van ons"),
    }


def cookie_of(live_server, user) -> dict[str, str]:
    value = sign_in(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}


def kept_in(page) -> list[dict]:
    text = page.evaluate(f"localStorage.getItem('{KEY}')")
    return json.loads(text)["items"] if text else []


def wait_for_lines(page, count: int) -> None:
    page.locator("[data-items] > li").nth(count - 1).wait_for()


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_nothing_overflows(browser, live_server, world, screen):
    address = f"/lijsten/{world['list'].public_id}/"
    keep = f"/lijsten/zet-op/?product={world['product'].public_id}"
    pages = {
        None: ["/lijsten/", world["shared"], "/lijst/"],
        world["els"]: [
            "/lijsten/",
            "/lijsten/nieuw/",
            address,
            f"{address}kopie/",
            f"{address}verwijderen/",
            keep,
            world["shared"],
            "/lijst/",
        ],
    }
    faults, said = {}, []
    for user, paths in pages.items():
        context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
        if user is not None:
            context.add_cookies([cookie_of(live_server, user)])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        for path in paths:
            page.goto(f"{live_server.url}{path}")
            if path == "/lijst/":
                items = [
                    {"kind": "product", "id": world["product"].public_id, "name": "Kompas 1", "number": 3},
                    {"kind": "product", "id": "weg", "name": LONG},
                ]
                page.evaluate("([key, items]) => localStorage.setItem(key, JSON.stringify({ items }))", [KEY, items])
                page.reload()
                wait_for_lines(page, 2)
            page.evaluate(UNFOLD)
            faults[f"{path} {user}"] = faults_of(page)
        context.close()
    assert said == []
    assert not any(faults.values()), "\n".join(f"{name}: {report}" for name, report in faults.items() if report)


def test_a_list_without_an_account_is_kept_in_the_browser_and_goes_to_the_account(browser, live_server, world):
    context = browser.new_context(viewport=NARROW, locale="nl-NL")
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{live_server.url}{world['shared']}")
    first = page.get_by_role("button", name="Op een lijst Kompas 1", exact=True).first
    first.click()
    page.get_by_role("button", name="Op een lijst Kompas 2").click()
    page.get_by_role("button", name="Op een lijst Kompas", exact=True).click()
    assert first.get_attribute("aria-pressed") == "true"
    assert "Kompas staat op de lijst in deze browser." in page.locator("[data-local-status]").inner_text()
    page.get_by_role("button", name="Op een lijst Kompas 2").click()
    page.get_by_role("button", name="Op een lijst Kompas 2").click()
    assert [one["name"] for one in kept_in(page)] == ["Kompas 1", "Kompas", "Kompas 2"]
    page.goto(f"{live_server.url}/lijsten/")
    assert "nog 3 regels" in page.locator("[data-local-hint]").inner_text()

    page.get_by_role("link", name="Bekijk de lijst").click()
    wait_for_lines(page, 3)
    assert page.locator("[data-items] h2").all_inner_texts() == ["Kompas 1", "Kompas", "Kompas 2"]
    up = page.get_by_role("button", name="Kompas 2 omhoog")
    up.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.locator("[data-items] h2").all_inner_texts() == ["Kompas 2", "Kompas 1", "Kompas"]
    assert page.evaluate("document.activeElement.textContent.includes('Kompas 2 omhoog')"), "the focus goes along"
    page.get_by_label("Aantal Kompas 1").fill("30")
    page.get_by_label("Opmerking Kompas 2").fill("Voor klas 3")
    page.get_by_role("button", name="Kompas van de lijst halen").click()
    page.reload()
    wait_for_lines(page, 2)
    assert page.get_by_label("Aantal Kompas 1").input_value() == "30"
    assert page.get_by_label("Opmerking Kompas 2").input_value() == "Voor klas 3"
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV downloaden").click()
    table = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "9789000000012;Kompas 1" in table

    context.add_cookies([cookie_of(live_server, world["els"])])
    page.goto(f"{live_server.url}/lijst/")
    wait_for_lines(page, 2)
    page.get_by_label("Naam van de lijst").fill("Van huis")
    page.get_by_role("button", name="Bewaar in mijn account").click()
    page.wait_for_url("**/lijsten/*/")
    made = MaterialList.objects.get(name="Van huis")
    assert page.url.endswith(f"/lijsten/{made.public_id}/")
    assert [(one.title, one.line.quantity, one.line.note) for one in shown(made)] == [
        ("Kompas 2", None, "Voor klas 3"),
        ("Kompas 1", 30, ""),
    ]
    assert kept_in(page) == []
    assert faults == []
    context.close()


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (f"localStorage.setItem('{KEY}', '{{broken')", "was niet te lezen"),
        (f"localStorage.setItem('{KEY}', '[]')", "was niet te lezen"),
        (
            "Object.defineProperty(window, 'localStorage', { get () { throw new Error('blocked') } })",
            "bewaart niets voor deze site",
        ),
    ],
    ids=["broken", "of another kind", "blocked"],
)
def test_what_the_browser_cannot_keep_or_read_is_told(browser, live_server, transactional_db, before, told):
    context = browser.new_context(locale="nl-NL")
    context.add_init_script(before)
    page = context.new_page()
    page.goto(f"{live_server.url}/lijst/")
    assert told in page.locator("[data-local-message]").inner_text()
    context.close()


def test_a_full_browser_says_that_it_was_not_kept(browser, live_server, world):
    context = browser.new_context(locale="nl-NL")
    full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    context.add_init_script(full)
    page = context.new_page()
    page.goto(f"{live_server.url}{world['shared']}")
    button = page.get_by_role("button", name="Op een lijst Kompas 2")
    button.click()
    assert "is vol" in page.locator("[data-local-status]").inner_text()
    assert button.get_attribute("aria-pressed") == "false"
    context.close()


def test_a_list_that_the_account_refuses_stays_in_the_browser(browser, live_server, world):
    context = browser.new_context(locale="nl-NL")
    context.add_cookies([cookie_of(live_server, world["els"])])
    page = context.new_page()
    page.goto(f"{live_server.url}/lijst/")
    items = [
        {"kind": "product", "id": world["product"].public_id, "name": "Kompas 1"},
        {"kind": "product", "id": "weg", "name": "Verdwenen"},
    ]
    page.evaluate("([key, items]) => localStorage.setItem(key, JSON.stringify({ items }))", [KEY, items])
    page.reload()
    wait_for_lines(page, 2)
    page.get_by_label("Naam van de lijst").fill(" ")
    page.get_by_role("button", name="Bewaar in mijn account").click()
    page.get_by_text("Geef de lijst een naam").wait_for()
    assert len(kept_in(page)) == 2
    page.get_by_label("Naam van de lijst").fill("Van huis")
    page.get_by_role("button", name="Bewaar in mijn account").click()
    page.get_by_text("Wat niet meer in de catalogus staat, is hier gebleven.").wait_for()
    assert [one["name"] for one in kept_in(page)] == ["Verdwenen"]
    assert titles(MaterialList.objects.get(name="Van huis")) == ["Kompas 1"]
    context.close()


def test_a_list_is_made_filled_ordered_shared_and_deleted_without_javascript(browser, live_server, world):
    context = browser.new_context(java_script_enabled=False, viewport=NARROW, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{live_server.url}/lijst/")
    assert "Deze lijst werkt met JavaScript" in page.locator("main").inner_text()
    page.goto(f"{live_server.url}{world['shared']}")
    link = page.get_by_role("link", name="Op een lijst Kompas 2").get_attribute("href")
    assert link.startswith("/account/aanmelden/?next=%2Flijsten%2Fzet-op%2F")
    context.add_cookies([cookie_of(live_server, world["els"])])
    page.goto(f"{live_server.url}/lijsten/")
    page.get_by_role("link", name="Nieuwe lijst").click()
    page.get_by_label("Naam").fill("Klas 3")
    page.get_by_label("Wiskunde, De Esdoorn").check()
    page.get_by_role("button", name="Maak de lijst").click()
    made = MaterialList.objects.get(name="Klas 3")
    address = f"{live_server.url}/lijsten/{made.public_id}/"
    assert page.url == address
    for title in ("Kompas 1", "Kompas 2"):
        page.goto(f"{live_server.url}{world['shared']}")
        fold = page.locator("details.keep-on-list", has_text=re.compile(rf"Op een lijst\s+{title}")).first
        fold.locator("summary").click()
        fold.get_by_role("button", name="Klas 3").click()
        assert page.url == f"{live_server.url}{world['shared']}"
        assert "staat op de lijst Klas 3" in page.locator(".messages").inner_text()
    page.locator(".messages").get_by_role("link", name="Klas 3").click()
    page.get_by_label("Aantal Kompas 1").fill("84")
    page.get_by_role("button", name="Kompas 2 omhoog").click()
    assert titles(made) == ["Kompas 2", "Kompas 1"]
    assert page.get_by_label("Aantal Kompas 1").input_value() == "84", "what was typed is kept"
    page.get_by_label("Opmerking Kompas 1").fill("Voor de hele klas")
    page.get_by_label("Aantal Kompas 1").press("Enter")
    assert "De lijst is bewaard." in page.locator(".messages").inner_text()
    assert titles(made) == ["Kompas 2", "Kompas 1"], "the Enter key moves nothing"
    page.get_by_text("Delen met een link").click()
    page.get_by_role("button", name="Maak een link").click()
    shared = page.get_by_label("Wie deze link heeft").input_value()
    page.get_by_role("link", name="Verwijder de lijst").click()
    page.get_by_role("button", name="Ja, verwijder").click()
    assert not MaterialList.objects.filter(pk=made.pk).exists()
    assert page.goto(shared).status == 404
    context.close()
