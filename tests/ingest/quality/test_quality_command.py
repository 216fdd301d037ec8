from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ingest.models import QualitySnapshot, Suggestion
from ingest.quality.snapshots import take_snapshots
from tests.factories import make_method, make_product, make_publisher
from tests.ingest.quality.objects import make_harvest, make_record, make_source

pytestmark = pytest.mark.django_db


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("quality", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def harvest():
    noord = make_publisher(name="Noord [bold]", slug="noord")
    make_publisher(slug="vroeger", merged_into=noord)
    harvest = make_harvest(source=make_source(code="demo", name="Demonstratie"))
    product = make_product(method=make_method(publisher=noord))
    make_record(harvest.source, product, ("bad_url", "A", "x"), ("unknown_text", "Course", "Wiskunst"))
    make_record(harvest.source, None, ("no_title", "Title", ""))
    return harvest


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["demo"], "Demonstratie: 2 records, 1 in quarantaine, 1 met een waarschuwing."),
        (["--publisher", "noord"], "Noord [bold]: 1 records, 0 in quarantaine, 1 met een waarschuwing."),
        (["--publisher", "vroeger"], "Noord [bold]: 1 records, 0 in quarantaine, 1 met een waarschuwing."),
    ],
)
def test_it_tells_how_it_stands(harvest, arguments, first):
    take_snapshots(harvest)
    lines = told(*arguments).splitlines()
    assert lines[0] == first
    assert lines[1].startswith("Volledigheid ")
    table = "\n".join(lines)
    assert ("Titel ontbreekt" in table) == (arguments == ["demo"])
    for text in ("Adres dat niet te gebruiken is", "bad_url", "ProductThumbnailLocation", "Leverbaarheid"):
        assert text in table


def test_refresh_counts_the_last_pass_of_each_source_and_the_texts(harvest):
    other = make_harvest()
    earlier = make_harvest(source=harvest.source, finished_at=harvest.finished_at.replace(year=2025))
    running = {"state": "running", "finished_at": None}
    make_harvest(source=harvest.source, **running)
    assert told("refresh") == "3 momentopnamen en 1 onbekende teksten zijn opnieuw geteld.\n"
    judged = set(QualitySnapshot.objects.values_list("harvest", "publisher__slug"))
    assert judged == {(harvest.pk, None), (harvest.pk, "noord"), (other.pk, None)}
    assert not earlier.quality_snapshots.exists()
    assert Suggestion.objects.get().key == "wiskunst"
    assert told("refresh").startswith("3 ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Geef een bron"),
        (["demo", "--publisher", "noord"], "Geef een bron"),
        (["nergens"], "bekend: demo"),
        (["--publisher", "nergens"], "bestaat niet"),
        (["demo"], "nog niets geteld"),
    ],
)
def test_what_it_cannot_tell_it_explains(harvest, arguments, said):
    with pytest.raises(CommandError, match=said):
        told(*arguments)


def test_it_explains_itself(capsys):
    with pytest.raises(SystemExit):
        call_command("quality", "--help")
    assert "aanlevert" in capsys.readouterr().out
