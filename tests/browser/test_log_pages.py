"""The pages for who works for the catalogue, in a real browser: WCAG 2.2 AA, no overflow, and without a script."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import User
from catalogus.models import Correction, Product, ProductVersion
from ingest.demo.server import DemoKoppelpunt
from ingest.koppelpunt.sru import RawRecord
from ingest.models import Cell, CellState, Harvest, HarvestFault, HarvestState, Record, Remap, Source
from ingest.services.harvest import harvest
from ingest.services.sources import register_source
from tests.browser.audit import NARROW, SCREENS, UNFOLD, faults_of
from tests.ingest.entries import raw_record
from tests.ingest.web.conftest import bring_in, make_pass
from tests.people import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

LONG_IDENTIFIER = "uitgeverij-met-een-heel-lange-naam:" + "0123456789abcdef" * 8


@dataclass(frozen=True)
class Log:
    """Addresses of pages by what they show, and of what the buttons act on."""

    pages: dict[str, str]
    running: Harvest
    held: Harvest


@pytest.fixture
def log(transactional_db: None) -> Log:
    """Passes in every state over the demonstration, with refusals, faults, changes and what waits for agreement."""
    with DemoKoppelpunt(records=120, seed=3, ceiling=50) as server:
        source = register_source(code="demo", name="Koppelpunt (demonstratie)", url=server.url)
        harvest(source)
        server.change(revision=3)
        second = harvest(source)
    ProductVersion.objects.filter(run="").update(run=f"harvest-{second.pk}")
    product = Product.objects.exclude(ean=None).filter(records__isnull=False).earliest("id")
    record = Record.objects.filter(product=product).earliest("id")
    raws = [raw_record(f"conflict:{n}", {"ProductId": product.ean, "Publisher": f"Rivaal {n}"}) for n in range(7)]
    refused = raw_record(record.identifier, {"Description": "x" * 300, "Title": " "})
    broken = RawRecord(LONG_IDENTIFIER, "", b"<record><Title>Kap\x00ot" + b"lang" * 200, fault="mismatch")
    third = make_pass(source)
    bring_in(source, third, *raws, refused, broken)
    HarvestFault.objects.create(
        harvest=third, at=timezone.now(), query='Medium exact "Boek"', first=1, last=9, message="Diagnostic 1"
    )
    said = {"source_value": "", "reason": "Omslag.", "actor": "Sanne", "at": timezone.now()}
    Correction.objects.create(product=product, field="title", value="Juist", **said)
    absent = Record.objects.filter(state="accepted").exclude(product=product).values_list("pk", flat=True)[:60]
    Record.objects.filter(pk__in=list(absent)).update(missing_since=timezone.now() - timedelta(days=2))
    held = make_pass(source, HarvestState.HELD, held=60)
    other = register_source(code="ander", name="Andere bron", url="https://ander.example/sru")
    for _time in range(3):
        make_pass(other, HarvestState.FAILED, message="weg")
    running = make_pass(other, HarvestState.RUNNING, count_before=500, reach=400)
    Cell.objects.create(harvest=running, query="lang " * 100, expected=500, next_position=201, state=CellState.PENDING)
    Source.objects.filter(pk=other.pk).update(every_hours=24, failure_told_at=timezone.now())
    ended = {"started_at": timezone.now(), "heartbeat_at": timezone.now(), "finished_at": timezone.now()}
    remap = Remap.objects.create(state="complete", reason="Nieuwe spelling", **ended)
    kapot = Record.objects.get(identifier=LONG_IDENTIFIER)
    return Log(
        pages={
            "log": "/oogsten/",
            "changed": f"/oogsten/{second.pk}/",
            "refusing": f"/oogsten/{third.pk}/",
            "running": f"/oogsten/{running.pk}/",
            "held": f"/oogsten/{held.pk}/",
            "withdraw": f"/oogsten/{held.pk}/terugtrekken/",
            "changes": f"/oogsten/{second.pk}/wijzigingen/",
            "refused": f"/oogsten/{third.pk}/geweigerd/",
            "remaps": "/oogsten/herlezingen/",
            "remap": f"/oogsten/herlezingen/{remap.pk}/",
            "raw": f"/product/{product.public_id}/ruw/",
            "broken": f"/records/{kapot.pk}/ruw/",
            "product": product.get_absolute_url(),
        },
        running=running,
        held=held,
    )


@pytest.fixture
def editor(live_server) -> dict[str, str]:
    """The cookie of somebody who works for the catalogue, as a browser takes it."""
    client = Client()
    sign_in(client, User.objects.create_user(sign_in_name="redacteur", display_name="Redacteur", is_staff=True))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}


def test_axe_finds_nothing_and_nothing_overflows(browser, live_server, log, editor):
    context = browser.new_context(locale="nl-NL")
    context.add_cookies([editor])
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    faults = {}
    for screen, viewport in SCREENS.items():
        page.set_viewport_size(viewport)
        for name, path in log.pages.items():
            assert page.goto(f"{live_server.url}{path}").status == 200, name
            page.evaluate(UNFOLD)
            if found := faults_of(page):
                faults[f"{name}, {screen}"] = found
    assert not faults, "\n".join(f"{name}: {report}" for name, report in faults.items())
    assert not said, "no policy is broken and no file is missing"
    context.close()


def test_the_page_for_who_may_not_see_it(browser, live_server, log):
    client = Client()
    sign_in(client, User.objects.create_user(sign_in_name="docent"))
    context = browser.new_context(viewport=NARROW, locale="nl-NL")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page = context.new_page()
    assert page.goto(f"{live_server.url}/oogsten/").status == 403
    assert not faults_of(page)
    context.close()


def test_everything_works_without_javascript(browser, live_server, log, editor):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    context.add_cookies([editor])
    page = context.new_page()
    page.goto(f"{live_server.url}/oogsten/")
    page.get_by_label("Bron", exact=True).select_option("ander")
    page.get_by_label("Toestand", exact=True).select_option("running")
    page.get_by_role("button", name="Toon").click()
    page.get_by_role("link", name=f"Oogst {log.running.pk}").click()
    page.get_by_role("button", name="Stop deze oogst").click()
    assert re.search(r"Redacteur \(account \d+\) vroeg deze oogst te stoppen", page.inner_text("main"))
    page.goto(f"{live_server.url}/oogsten/{log.held.pk}/")
    page.get_by_role("link", name="Bekijk welke het zijn").click()
    page.get_by_role("button", name="Trek deze 60 records terug").click()
    assert "60 records zijn teruggetrokken." in page.get_by_role("status").inner_text()
    log.held.refresh_from_db()
    assert (log.held.state, log.held.withdrawn) == (HarvestState.COMPLETE, 60)
    context.close()
