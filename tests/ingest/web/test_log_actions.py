"""What an editor decides about a pass: stop it, and let go what it missed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from ingest.models import Harvest, HarvestState, Record
from ingest.services.sources import register_source
from tests.catalogus.web.page import Page
from tests.factories import valid_ean
from tests.ingest.entries import raw_record
from tests.ingest.web.conftest import bring_in, make_pass


@pytest.mark.parametrize("state", HarvestState.values)
def test_an_open_pass_can_be_asked_to_stop_and_names_who_asked(editor, world, state):
    one_pass = make_pass(world.source, state)
    response = editor.post(f"/oogsten/{one_pass.pk}/stoppen/", follow=True)
    one_pass.refresh_from_db()
    is_open = state in HarvestState.open()
    name = User.objects.get(display_name="Redacteur").actor_name
    assert one_pass.stop_requested_by == (name if is_open else "")
    assert one_pass.state == state, "the process that runs it ends it"
    text = Page(response).text()
    assert (f"{name} vroeg deze oogst te stoppen" in text) == is_open
    assert ("was al klaar" in text) == (not is_open)


def test_the_first_who_asks_is_the_one_who_is_named(editor, sign_in, world):
    one_pass = make_pass(world.source, HarvestState.RUNNING)
    sign_in("eerste", is_staff=True).post(f"/oogsten/{one_pass.pk}/stoppen/")
    page = Page(editor.post(f"/oogsten/{one_pass.pk}/stoppen/", follow=True))
    first = User.objects.get(display_name="Eerste")
    assert Harvest.objects.get(pk=one_pass.pk).stop_requested_by == first.actor_name
    assert not page.all("//button[normalize-space()='Stop deze oogst']")


@pytest.fixture
def held(world):
    """A pass that missed b:1 (its product has no other record), 60 more, and one that another source still has."""
    other = register_source(code="ander", url="https://ander.example/sru")
    bring_in(world.source, world.one_pass, *(raw_record(f"m:{n:02}", {"Title": f"Weg {n:02}"}) for n in range(60)))
    shared = valid_ean(9)
    bring_in(world.source, world.one_pass, raw_record("m:gedeeld", {"ProductId": shared, "Title": "Gedeeld"}))
    bring_in(other, make_pass(other), raw_record("a:gedeeld", {"ProductId": shared, "Title": "Gedeeld"}))
    missed = Record.objects.filter(source=world.source, state="accepted")
    missed.update(missing_since=timezone.now() - timedelta(days=2))
    one_pass = make_pass(world.source, HarvestState.HELD, held=62)
    # Met by this very pass, or missed for the first time a moment ago: not what it is about.
    bring_in(world.source, one_pass, raw_record("m:00", {"Title": "Weg 00"}), raw_record("nieuw"))
    fresh = [raw_record("vers", {"Title": "Vers"})]
    bring_in(world.source, world.one_pass, *fresh)
    Record.objects.filter(identifier="vers").update(missing_since=one_pass.started_at)
    return one_pass


def test_what_would_go_is_shown_before_anyone_agrees(editor, held):
    page = Page(editor.get(f"/oogsten/{held.pk}/terugtrekken/"))
    assert page.texts("//h1") == ["61 records terugtrekken"]
    assert "60 producten verdwijnen uit het aanbod" in page.text()
    assert "1 product blijft, want een ander record beschrijft het" in page.text()
    rows = page.texts("//tbody/tr")
    assert len(rows) == 50
    assert rows[0].startswith("b:1 Vuurtoren rekenen leerboek 1")
    assert rows[1].startswith("m:01 Weg 01")
    assert "De eerste 50 staan hier." in page.text()
    assert page.texts("//button[@class='primary']") == ["Trek deze 61 records terug"]


def test_who_agrees_withdraws_them_and_reads_how_many(editor, held):
    page = Page(editor.post(f"/oogsten/{held.pk}/terugtrekken/", {"aantal": "61"}, follow=True))
    assert page.texts("//*[@role='status']") == ["Gelukt: 61 records zijn teruggetrokken."]
    assert Record.objects.filter(source=held.source, state="absent").count() == 61
    staying = Record.objects.filter(state="accepted").values_list("identifier", flat=True)
    assert set(staying) == {"m:00", "nieuw", "vers", "a:gedeeld"}
    held.refresh_from_db()
    assert (held.state, held.withdrawn) == (HarvestState.COMPLETE, 61)


@pytest.mark.parametrize("number", ["60", "62", "", "alles"])
def test_another_number_than_was_read_withdraws_nothing(editor, held, number):
    response = editor.post(f"/oogsten/{held.pk}/terugtrekken/", {"aantal": number})
    assert response.status_code == 409
    assert "Het aantal is veranderd" in Page(response).text("//*[@role='alert']")
    assert not Record.objects.filter(state="absent").exists()


@pytest.mark.parametrize("state", [state for state in HarvestState if state != HarvestState.HELD])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_pass_that_holds_nothing_leads_back(editor, world, state, method):
    Record.objects.update(missing_since=timezone.now())
    one_pass = make_pass(world.source, state)
    response = getattr(editor, method)(f"/oogsten/{one_pass.pk}/terugtrekken/", {"aantal": "1"}, follow=True)
    assert response.redirect_chain == [(f"/oogsten/{one_pass.pk}/", 302)]
    assert "Er wacht niets meer op akkoord" in Page(response).text("//*[@role='status']")
    assert not Record.objects.filter(state="absent").exists()


def test_a_later_pass_knows_better(editor, held):
    make_pass(held.source)
    response = editor.post(f"/oogsten/{held.pk}/terugtrekken/", {"aantal": "61"}, follow=True)
    assert "Er wacht niets meer op akkoord" in Page(response).text()
    assert not Page(response).all("//a[normalize-space()='Bekijk welke het zijn']")
    assert not Record.objects.filter(state="absent").exists()


def test_agreeing_twice_is_agreeing_once(editor, held):
    editor.post(f"/oogsten/{held.pk}/terugtrekken/", {"aantal": "61"})
    page = Page(editor.post(f"/oogsten/{held.pk}/terugtrekken/", {"aantal": "61"}, follow=True))
    assert "Er wacht niets meer op akkoord" in page.text()
    assert Harvest.objects.get(pk=held.pk).withdrawn == 61
