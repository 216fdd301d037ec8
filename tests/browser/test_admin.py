"""The pages of editors in a real browser: nothing that the policy stops, nothing that overflows, nothing unreadable."""

import pytest

from accounts.models import User
from catalogus.models import Concept
from catalogus.services import editing
from catalogus.services.corrections import correct_product
from tests.browser.audit import SCREENS, STANDARD, faults_of, overflow_of
from tests.catalogus.services.editing.shelf import WHO, bring, data, method, product, publisher
from tests.people import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

ROOT = "/beheer/catalogus"


@pytest.fixture
def session(client) -> str:
    sign_in(client, User.objects.create_superuser("redactie"))
    return str(client.cookies["sessionid"].value)


@pytest.fixture
def pages() -> dict[str, str]:
    """Pages of ours, by what they show; those that are Django's own in all but their rows are left to it."""
    bring(
        a=data("Kiezel", edition_text="2e druk", title="Kiezel leerwerkboek met online oefenomgeving en toetsen"),
        b=data("Kiezelsteen voor de onderbouw van het voortgezet onderwijs", title="Anders"),
        c=data("Kiezel MAX"),
        d=data("Duinroos", publisher_name="Linde Educatief"),
    )
    one = method("Kiezel")
    other = method("Kiezelsteen voor de onderbouw van het voortgezet onderwijs")
    correct_product(product=product("a"), field="description", value="Een regel.\n" * 9, **WHO)
    edit = editing.lock_method(method=other, **WHO)
    pk, concept = product("a").pk, Concept.objects.get(scheme="subject", code="wiskunde")
    return {
        "choose": f"method/{one.pk}/merge/?q=kiezel",
        "merge": f"method/{other.pk}/merge/?into={one.pk}",
        "refused": f"method/{one.pk}/merge/?into={method('Duinroos', 'Linde Educatief').pk}",
        "rename": f"method/{one.pk}/rename/",
        "publishers": f"publisher/{publisher('Linde Educatief').pk}/merge/?into={publisher('De Linde').pk}",
        "proposals": f"publisher/{publisher('De Linde').pk}/proposals/",
        "fields": f"product/{pk}/correct/",
        "groups": f"product/{pk}/correct/classification/",
        "withdraw": f"product/{pk}/withdraw/description/",
        "place": f"product/move/?products={pk}&into={other.pk}",
        "move": f"product/move/?products={pk}&into={other.pk}&edition_in=&label=3e+druk",
        "undo": f"edit/{edit.pk}/undo/",
        "alias": f"concept/{concept.pk}/alias/",
        "method": f"method/{one.pk}/change/",
        "product": f"product/{pk}/change/",
        "products": "product/",
    }


@pytest.mark.parametrize("screen", SCREENS)
def test_pages_of_editors_are_sound(browser, live_server, session, pages, screen):
    context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    faults = {}
    for name, path in pages.items():
        assert page.goto(f"{live_server.url}{ROOT}/{path}").status == 200, name
        assert not said, (name, said)
        # What is Django's is left to it: its header, its lists and its forms, but for their width.
        is_djangos = name in ("method", "product", "products")
        found = overflow_of(page) if is_djangos else faults_of(page, within="#content", tags=STANDARD)
        said.clear()  # The tool adds styles of its own.
        if found:
            faults[name] = found
    context.close()
    assert not faults, "\n".join(f"{name}: {report}" for name, report in faults.items())


def test_a_merge_and_its_undoing_need_no_script(browser, live_server, session, pages):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}{ROOT}/{pages['choose']}")
    page.get_by_role("link", name="Kiezel MAX").first.click()
    assert page.get_by_text("Producten die verhuizen").is_visible()
    page.get_by_label("Reden").fill("Een en dezelfde.")
    page.get_by_role("button", name="Voeg samen").click()
    assert "samengevoegd met" in page.locator(".messagelist").inner_text()
    page.goto(f"{live_server.url}{ROOT}/edit/")
    page.get_by_role("link", name="samengevoegd met").click()
    page.get_by_role("link", name="Maak ongedaan").click()
    page.get_by_label("Reden").fill("Toch twee.")
    page.get_by_role("button", name="Maak ongedaan").click()
    assert "Ongedaan gemaakt" in page.locator(".messagelist").inner_text()
    context.close()
