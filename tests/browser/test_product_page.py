"""The page of a product in a real browser: words explained, buttons of a script, a data block that breaks no policy."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from catalogus.models import ProductVersion
from tests.browser.audit import NARROW, SCREENS, faults_of
from tests.browser.shelf import LONG_TITLE
from tests.factories import make_method, make_product, make_publisher, valid_ean

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture
def product(transactional_db):
    """A product with a long title, much that is stated, and a history."""
    method = make_method(name="Kompas", publisher=make_publisher(name="Uitgeverij Noord"))
    group = {"sectors": ["vo"], "levels": ["havo"], "years": ["leerjaar-3"], "subjects": ["aardrijkskunde"]}
    product = make_product(
        method=method,
        title=LONG_TITLE,
        ean=valid_ean(1),
        form="lifo",
        medium="web",
        description="</script><!--\n\nEen leerboek.",
        classification=[group],
        license_days=365,
        accessibility_url="https://www.noord.example/toegankelijk",
    )
    changes = {"title": ["Kompas " * 40, LONG_TITLE], "price_cents": [1995, 2095]}
    at = datetime(2026, 3, 1, tzinfo=UTC)
    ProductVersion.objects.create(product=product, kind="changed", cause="harvest", changes=changes, at=at)
    return product


def test_axe_finds_nothing_and_no_policy_is_broken(browser, live_server, product):
    bare = make_product(title="Kaal", form="unknown", medium="unknown", role="unknown", state="no_longer_available")
    paths = {
        "product": product.get_absolute_url(),
        "history": f"{product.get_absolute_url()}geschiedenis/",
        "bare": bare.get_absolute_url(),
        "no history": f"{bare.get_absolute_url()}geschiedenis/",
    }
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    faults = {}
    for screen, viewport in SCREENS.items():
        page.set_viewport_size(viewport)
        for name, path in paths.items():
            assert page.goto(f"{live_server.url}{path}").status == 200, name
            if tips := page.locator(".tip").all():
                tips[0].click()
            if found := faults_of(page):
                faults[f"{name}, {screen}"] = found
    context.close()
    assert not faults, "\n".join(f"{name}: {report}" for name, report in faults.items())
    assert not said, "a data block is no script"


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_word_is_explained_by_keyboard_with_or_without_scripts(browser, live_server, product, has_scripts):
    context = browser.new_context(viewport=NARROW, locale="nl-NL", java_script_enabled=has_scripts)
    page = context.new_page()
    page.goto(f"{live_server.url}{product.get_absolute_url()}")
    button = page.get_by_role("button", name="Uitleg over EAN", exact=True)
    words = page.get_by_text("Het nummer van dertien cijfers")
    expect(words).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(words).to_be_visible()
    page.keyboard.press("Escape")
    expect(words).to_be_hidden()
    expect(button).to_be_focused()
    # What only a script can do is offered where one runs.
    assert page.get_by_role("button", name="Afdrukken").is_visible() == has_scripts
    context.close()


def test_the_citation_is_copied_and_that_is_said(browser, live_server, product):
    context = browser.new_context(locale="nl-NL", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{live_server.url}{product.get_absolute_url()}")
    page.get_by_role("button", name="Kopieer").click()
    expect(page.locator(".citing [role=status]")).to_have_text("Gekopieerd")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"Uitgeverij Noord. (z.d.). {LONG_TITLE}. {live_server.url}{product.get_absolute_url()}"
    context.close()
