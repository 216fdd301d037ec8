"""The pages about schools in the administration, in a real browser: sound, within the screen, and without script."""

import pytest

from accounts.models import School, SchoolDomain, User
from tests.accounts.schools import make_affiliation, make_person, make_school
from tests.browser.audit import SCREENS, STANDARD, faults_of, overflow_of
from tests.people import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

ROOT = "/beheer/accounts/school"


@pytest.fixture
def session(client) -> str:
    sign_in(client, User.objects.create_superuser("redactie"))
    return str(client.cookies["sessionid"].value)


@pytest.fixture
def schools() -> tuple[School, School]:
    old = make_school("99AA", "Scholengemeenschap De Kiezel voor havo, vwo en gymnasium", "Keiendam", sectors=["vo"])
    make_affiliation(make_person(), old)
    SchoolDomain.objects.create(school=old, domain="kiezel.example")
    return old, make_school("99BB00", "Duinroos", "Veendrecht")


@pytest.mark.parametrize("screen", SCREENS)
def test_pages_about_schools_are_sound(browser, live_server, session, schools, screen):
    old, into = schools
    context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    faults = {}
    for path in (
        "",
        f"{old.pk}/change/",
        f"{old.pk}/end/",
        f"{old.pk}/merge/?q=duin",
        f"{old.pk}/merge/?into={into.pk}",
    ):
        assert page.goto(f"{live_server.url}{ROOT}/{path}").status == 200, path
        assert not said, (path, said)
        # What is Django's is left to it: its lists and its forms, but for their width.
        is_ours = "end" in path or "merge" in path
        found = faults_of(page, within="#content", tags=STANDARD) if is_ours else overflow_of(page)
        said.clear()  # The tool adds styles of its own.
        if found:
            faults[path] = found
    context.close()
    assert not faults, "\n".join(f"{path}: {report}" for path, report in faults.items())


def test_a_merger_needs_no_script(browser, live_server, session, schools):
    old, into = schools
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}{ROOT}/{old.pk}/change/")
    page.get_by_role("link", name="Laat opgaan in een andere").click()
    page.get_by_label("Zoek op naam of kenmerk").fill("veendr")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_role("link", name="Duinroos, Veendrecht").click()
    page.get_by_label("Op", exact=False).first.fill("2026-08-01")
    page.get_by_label("Reden").fill("Fusie.")
    page.get_by_role("button", name="Laat opgaan").click()
    assert "gaat op in Duinroos, Veendrecht (99BB00)" in page.locator(".messagelist").inner_text()
    old.refresh_from_db()
    assert old.merged_into == into
    context.close()
