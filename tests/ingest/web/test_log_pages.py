"""The log says what the database holds, whole and in words, with a known number of queries."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalogus.models import ProductVersion
from ingest.models import Cell, CellState, Harvest, HarvestFault, HarvestState, Remap, Source
from ingest.services.sources import register_source
from tests.catalogus.web.page import Page
from tests.ingest.entries import raw_record
from tests.ingest.web.conftest import bring_in, make_pass


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return Page(response)


def numbers(page, caption):
    """The rows of a table of counts: label -> number."""
    rows = f"//table[caption[normalize-space()='{caption}']]//tr"
    return dict(zip(page.texts(f"{rows}/th"), page.texts(f"{rows}/td"), strict=True))


def test_the_counts_of_a_pass_stand_on_its_page_as_a_sum(editor, world):
    one_pass = world.one_pass
    Harvest.objects.filter(pk=one_pass.pk).update(
        received=1234, created=1000, changed=100, unchanged=100, merged=4, refused=30, missing=7, withdrawn=5, held=2,
        repeated=3, count_before=1234, count_after=1235,
    )  # fmt: skip
    page = read(editor, f"/oogsten/{one_pass.pk}/")
    assert numbers(page, "Wat er van de records werd") == {
        "nieuw": "1.000",
        "gewijzigd": "100",
        "gelijk gebleven": "100",
        "samengevoegd": "4",
        "geweigerd": "30",
        "ontvangen": "1.234",
    }
    assert numbers(page, "Daarnaast") == {
        "dubbel ontvangen": "3",
        "niet meer aangetroffen": "7",
        "teruggetrokken": "5",
        "wachten op akkoord": "2",
    }
    assert "1.234 = 1.000 + 100 + 100 + 4 + 30" in page.text()
    assert "klopt niet" not in page.text()
    section = "//section[h2[@id='verloop']]"
    facts = dict(zip(page.texts(f"{section}//dt"), page.texts(f"{section}//dd"), strict=True))
    assert (facts["Bij de bron vooraf"], facts["Bij de bron achteraf"]) == ("1.234", "1.235")


def test_a_real_pass_adds_up_on_its_page(editor, world):
    page = read(editor, f"/oogsten/{world.one_pass.pk}/")
    found = numbers(page, "Wat er van de records werd")
    assert (found["ontvangen"], found["nieuw"], found["geweigerd"]) == ("3", "1", "2")


def test_refusals_stand_by_reason_with_what_to_do_and_where_they_can_be_read(editor, world):
    page = read(editor, f"/oogsten/{world.one_pass.pk}/")
    section = "//section[h2[@id='geweigerd']]"
    assert page.texts(f"{section}/h3") == ["ean_conflict : 1", "no_publisher : 1"]
    assert page.href("b:2") == f"/records/{world.refused.pk}/ruw/"
    assert page.href("b:3") == f"/records/{world.nobodys.pk}/ruw/"
    assert "Geef dit product een eigen EAN" in page.text(section)
    assert "perkament" in page.text(section), "the other findings of a refused record"


def test_many_refusals_lead_to_a_list_of_all(editor, world):
    one_pass = make_pass(world.source)
    bring_in(world.source, one_pass, *(raw_record(f"c:{n:03}", without=("Title",)) for n in range(120)))
    page = read(editor, f"/oogsten/{one_pass.pk}/")
    assert len(page.all("//section[h2[@id='geweigerd']]//li/a")) == 5
    path, seen = page.href("Alle 120 om no_title"), []
    while path:
        page = read(editor, path)
        seen += page.texts("//ul[@class='refused']/li/a")
        path = next(iter(page.all("//a[@rel='next']/@href")), "")
        path = f"/oogsten/{one_pass.pk}/geweigerd/{path}" if path.startswith("?") else path
    assert seen == [f"c:{n:03}" for n in range(120)]
    back = page.all("//a[@rel='prev']/@href")[0]
    assert read(editor, back).texts("//ul[@class='refused']/li/a") == [f"c:{n:03}" for n in range(50, 100)]


def test_what_a_later_pass_judged_again_is_told_of(editor, world):
    later = make_pass(world.source)
    bring_in(world.source, later, raw_record("b:3", without=("Publisher",)))
    page = read(editor, f"/oogsten/{world.one_pass.pk}/")
    assert page.texts("//section[h2[@id='geweigerd']]/h3") == ["ean_conflict : 1"]
    assert "1 geweigerd record is in een latere oogst opnieuw beoordeeld" in page.text()


@pytest.mark.parametrize("state", HarvestState.values)
def test_every_state_is_said_in_words(editor, world, state):
    one_pass = make_pass(world.source, state, message="De bron zei niets.")
    page = read(editor, f"/oogsten/{one_pass.pk}/")
    assert HarvestState(state).label.lower() in page.text("//*[@class='page-head']").lower()
    assert "De bron zei niets." in page.text()
    assert bool(page.all("//button[normalize-space()='Stop deze oogst']")) == (state in HarvestState.open())
    assert bool(page.all("//a[normalize-space()='Bekijk welke het zijn']")) == (state == HarvestState.HELD)


def test_a_running_pass_shows_how_far_it_is_and_can_be_asked_again(editor, world):
    one_pass = make_pass(world.source, HarvestState.RUNNING, count_before=5000, reach=4000)
    Cell.objects.create(harvest=one_pass, query="*", expected=5000, state=CellState.SPLIT)
    Cell.objects.create(harvest=one_pass, query="a", expected=3000, next_position=1201)
    Cell.objects.create(harvest=one_pass, query="b", expected=2000, next_position=2001, state=CellState.DONE)
    page = read(editor, f"/oogsten/{one_pass.pk}/")
    (bar,) = page.all("//progress")
    assert (bar.get("value"), bar.get("max")) == ("3200", "5000")
    assert "3.200 van 5.000 gelezen" in page.text()
    assert page.href("Ververs") == f"/oogsten/{one_pass.pk}/"
    assert not page.all("//meta[@http-equiv='refresh']")


def test_the_parts_of_a_pass_stand_with_what_went_wrong_first(editor, world):
    one_pass = make_pass(world.source, HarvestState.PARTIAL)
    long = "not (" + " or ".join(f'Publisher exact "Uitgeverij {n}"' for n in range(60)) + ")"
    Cell.objects.create(harvest=one_pass, query="*", expected=9000, state=CellState.SPLIT)
    Cell.objects.create(harvest=one_pass, query="klein", expected=10, next_position=11, state=CellState.DONE)
    Cell.objects.create(harvest=one_pass, query=long, expected=8990, next_position=4001, state=CellState.OVERFULL)
    page = read(editor, f"/oogsten/{one_pass.pk}/")
    rows = page.texts("//section[h2[@id='delen']]//tbody/tr")
    assert rows[0].startswith("not (Publisher")
    assert rows[0].endswith("8.990 4.000 te groot, niet verder te verdelen")
    assert long in rows[0]
    assert rows[1:] == ["klein 10 10 gelezen", "* 9.000 0 verdeeld"]


def test_faults_say_where_and_why(editor, world):
    fault = {"at": timezone.now(), "query": 'Medium exact "Boek"', "message": "Diagnostic 1: General system error"}
    HarvestFault.objects.create(harvest=world.one_pass, first=201, last=210, **fault)
    row = read(editor, f"/oogsten/{world.one_pass.pk}/").text("//section[h2[@id='fouten']]//tbody/tr")
    assert row.startswith('201 tot en met 210 Medium exact "Boek" Diagnostic 1: General system error')


def fail(source, *states, message="weg"):
    return [make_pass(source, state, message=message) for state in states]


@pytest.mark.parametrize(
    ("states", "message", "is_failing"),
    [
        (["failed", "failed", "failed"], "weg", True),
        (["failed", "faulty", "interrupted"], "weg", True),
        (["failed", "failed", "failed", "running"], "weg", True),
        (["failed", "failed", "interrupted"], "", False),
        (["failed", "failed", "failed", "interrupted"], "", True),
        (["failed", "failed"], "weg", False),
        (["failed", "complete", "failed", "failed"], "weg", False),
        (["failed", "failed", "failed", "complete"], "weg", False),
        (["failed", "failed", "partial"], "weg", False),
        (["failed", "failed", "stopped"], "weg", False),
    ],
)
def test_three_bad_passes_in_a_row_are_a_failure(editor, db, states, message, is_failing):
    source = register_source(code="bron", url="https://bron.example/sru")
    for state in states:
        make_pass(source, state, message=message)
    assert ("Storing" in read(editor, "/oogsten/").text("//section[h2[@id='bronnen']]")) == is_failing


def test_a_failure_says_whether_staff_were_told(editor, db):
    source = register_source(code="bron", url="https://bron.example/sru")
    fail(source, "failed", "failed", "failed")
    assert "nog geen bericht" in read(editor, "/oogsten/").text()
    Source.objects.update(failure_told_at=timezone.now())
    assert "kreeg bericht op" in read(editor, "/oogsten/").text()


def test_sources_tell_their_schedule_and_last_pass(editor, world):
    nightly = register_source(code="nacht", name="Nachtbron", url="https://nacht.example/sru")
    Source.objects.filter(pk=nightly.pk).update(every_hours=24)
    Source.objects.filter(pk=register_source(code="oud", url="https://oud.example/sru").pk).update(is_active=False)
    page = read(editor, "/oogsten/")
    body = "//section[h2[@id='bronnen']]//tbody"
    rows = dict(zip(page.texts(f"{body}//th"), page.texts(f"{body}/tr"), strict=True))
    assert "alleen met de hand volledig" in rows["Een bron bron"]
    assert "elke 24 uur nog nooit geoogst" in rows["Nachtbron nacht"]
    assert "niet in gebruik" in rows["oud"]
    assert page.all("//a[@href='/kwaliteit/bron/nacht/']")


def test_passes_are_listed_newest_first_in_pages_by_source_and_state(editor, world):
    other = register_source(code="ander", name="Andere bron", url="https://ander.example/sru")
    ours = [world.one_pass.pk, *(make_pass(world.source).pk for _ in range(60))]
    failed = make_pass(other, HarvestState.FAILED).pk
    links = "//section[h2[@id='lijst']]//tbody//th/a"
    first = read(editor, "/oogsten/")
    shown = first.texts(links)
    assert shown == [f"Oogst {pk}" for pk in [failed, *reversed(ours)][:50]]
    second = read(editor, first.href("Oudere oogsten"))
    assert second.texts(links) == [f"Oogst {pk}" for pk in [failed, *reversed(ours)][50:]]
    assert read(editor, second.href("Nieuwere oogsten")).texts(links) == shown
    assert read(editor, "/oogsten/?bron=ander").texts(links) == [f"Oogst {failed}"]
    assert read(editor, "/oogsten/?toestand=failed").texts(links) == [f"Oogst {failed}"]
    assert "geen oogst die hieraan voldoet" in read(editor, "/oogsten/?bron=ander&toestand=complete").text()
    filtered = read(editor, read(editor, "/oogsten/?bron=bron").href("Oudere oogsten"))
    assert filtered.texts(links) == [f"Oogst {pk}" for pk in reversed(ours[:11])]
    assert filtered.all("//select[@id='bron']/option[@selected]/@value") == ["bron"]


def test_remaps_are_logged_as_passes_are(editor, world):
    started = timezone.now() - timedelta(minutes=2)
    ended = {"started_at": started, "heartbeat_at": timezone.now(), "finished_at": timezone.now()}
    remap = Remap.objects.create(
        state="complete", reason="Nieuwe spelling", read=30, changed=10, unchanged=15, refused=5,
        publishers=[world.product.publisher_id], **ended,
    )  # fmt: skip
    ProductVersion.objects.create(
        product=world.product, kind="changed", cause="remap", run=f"remap-{remap.pk}", at=timezone.now(),
        changes={"title": ["Oud", "Nieuw"]},
    )  # fmt: skip
    assert read(editor, "/oogsten/herlezingen/").href(f"Herlezing {remap.pk}") == f"/oogsten/herlezingen/{remap.pk}/"
    page = read(editor, f"/oogsten/herlezingen/{remap.pk}/")
    assert "30 = 10 + 15 + 5" in page.text()
    assert "Uitgeverij De Linde" in page.text()
    assert "Nieuwe spelling" in page.text()
    assert "1 wijziging van een product" in page.texts("//h2")


def test_the_number_of_queries_does_not_grow(editor, world, django_assert_max_num_queries):
    """Two for who asks; the rest are one for each kind of thing that stands on the page."""
    for count in (1, 30):
        one_pass = make_pass(world.source)
        raws = [raw_record(f"n:{count}:{n}", {"Title": f"Titel {n}"}) for n in range(count)]
        refused = [raw_record(f"w:{count}:{n}", without=("Title",)) for n in range(count)]
        bring_in(world.source, one_pass, *raws, *refused)
        for n in range(count):
            Cell.objects.create(harvest=one_pass, query=f"q{n}", expected=1)
        for path, most in (
            ("/oogsten/", 5),
            (f"/oogsten/{one_pass.pk}/", 11),
            (f"/oogsten/{one_pass.pk}/geweigerd/", 5),
            (f"/oogsten/{one_pass.pk}/wijzigingen/", 6),
        ):
            with django_assert_max_num_queries(most):
                editor.get(path)


def test_the_log_is_there_in_english(editor, world):
    response = editor.get(f"/oogsten/{world.one_pass.pk}/", headers={"Accept-Language": "en"})
    page = Page(response)
    assert page.texts("//h1") == [f"Harvest {world.one_pass.pk}"]
    assert numbers(page, "What became of the records")["received"] == "3"
