"""The diff of a run is what the versions say, on the page and in the table for a spreadsheet."""

import csv
import io
from collections import Counter

import pytest
from django.utils import timezone

from catalogus.models import ProductVersion
from catalogus.web.change_words import MOST_TEXT, excerpts
from catalogus.web.export.csv_table import without_formula
from ingest.demo.server import DemoKoppelpunt
from ingest.services.harvest import harvest
from ingest.services.sources import register_source
from tests.catalogus.web.page import Page
from tests.factories import make_edition, make_method, make_product, make_publisher
from tests.ingest.web.conftest import make_pass


def all_pages(client, path):
    """Every page of a list."""
    while path:
        response = client.get(path)
        assert response.status_code == 200
        page = Page(response)
        yield page
        path = next(iter(page.all("//a[@rel='next']/@href")), "")


def read_csv(client, path):
    response = client.get(path)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def counts(page, anchor):
    section = f"//section[h3[@id='{anchor}']]//li"
    return dict(zip(page.texts(f"{section}/a"), page.texts(f"{section}/span"), strict=True))


@pytest.fixture
def changed_pass(db):
    """A second pass over the demonstration, in which records changed and came."""
    with DemoKoppelpunt(records=400, seed=3) as server:
        source = register_source(code="demo", url=server.url)
        first = harvest(source)
        ProductVersion.objects.filter(run="").update(run=f"harvest-{first.pk}")
        server.change(revision=1)
        second = harvest(source)
    ProductVersion.objects.filter(run="").update(run=f"harvest-{second.pk}")
    return second


def test_the_diff_is_what_the_versions_say(editor, changed_pass):
    versions = list(ProductVersion.objects.filter(run=f"harvest-{changed_pass.pk}").order_by("id"))
    assert {version.kind for version in versions} >= {"created", "changed"}
    pages = list(all_pages(editor, f"/oogsten/{changed_pass.pk}/wijzigingen/"))
    titles = [title for page in pages for title in page.texts("//ol[@class='changes']/li/h3")]
    assert titles == [version.product.title for version in versions]
    lines = [line for page in pages for line in page.texts("//ol[@class='changes']//dl/div")]
    assert len(lines) == sum(len(version.changes) for version in versions)
    by_kind = Counter(version.get_kind_display() for version in versions)
    assert counts(pages[0], "per-soort") == {kind: str(number) for kind, number in by_kind.items()}
    by_field = Counter(field for version in versions for field in version.changes)
    assert sorted(counts(pages[0], "per-veld").values()) == sorted(str(number) for number in by_field.values())


def test_each_count_leads_to_as_many_changes(editor, changed_pass):
    first = Page(editor.get(f"/oogsten/{changed_pass.pk}/"))
    for anchor in ("per-soort", "per-veld"):
        for label, number in counts(first, anchor).items():
            pages = list(all_pages(editor, first.href(label)))
            assert sum(len(page.all("//ol[@class='changes']/li")) for page in pages) == int(number), label


def test_the_table_holds_every_change_whole(editor, changed_pass):
    versions = ProductVersion.objects.filter(run=f"harvest-{changed_pass.pk}")
    rows = read_csv(editor, f"/oogsten/{changed_pass.pk}/wijzigingen.csv")
    assert len(rows) == sum(len(version.changes) or 1 for version in versions)
    titles = {(row["kenmerk"], row["was"], row["is"]) for row in rows if row["veld"] == "titel"}
    assert titles == {
        (version.product.public_id, *version.changes["title"]) for version in versions if "title" in version.changes
    }


def change(product, run, **changes):
    kind = "changed" if changes else "created"
    return ProductVersion.objects.create(
        product=product, kind=kind, cause="harvest", run=run, changes=changes, at=timezone.now()
    )


def test_values_read_as_people_say_them(editor, world):
    one_pass = make_pass(world.source)
    publisher = make_publisher(name="Noord")
    method = make_method(name="Kompas", publisher=publisher)
    edition = make_edition(method=method, label="3e druk", key="3")
    change(
        make_product(title="Het product"),
        f"harvest-{one_pass.pk}",
        price_cents=[None, 1995],
        vat_rate=["9.0", "21.0"],
        state=["available", "no_longer_available"],
        is_licensed=[True, False],
        authors=[[], ["A. Jansen", "B. de Boer"]],
        first_published_on=["2024-08-01", None],
        source_modified_at=["2024-08-01T10:00:00Z", "2024-12-01T10:00:00Z"],
        withdrawn_at=["2024-08-01T10:00:00Z", None],
        classification=[[], [{"sectors": ["vo"], "levels": ["havo"], "years": ["leerjaar-3"], "subjects": []}]],
        price_parts=[[], [{"excl_cents": 1835, "vat_rate": "9.0"}, {"excl_cents": 1200, "vat_rate": "21.0"}]],
        method_id=[method.pk, 10**9],
        edition_id=[edition.pk, edition.pk],
        publisher_id=[publisher.pk, publisher.pk],
        language=["nl", "deu"],
        license_days=[365, 1461],
        een_veld_van_later=["x", {"y": 1}],
    )
    lines = Page(editor.get(f"/oogsten/{one_pass.pk}/wijzigingen/")).texts("//ol[@class='changes']//dl/div")
    assert [line.replace("was ", "").replace("is nu ", "") for line in lines] == [
        "auteurs leeg → A. Jansen, B. de Boer",
        "leverbaarheid Leverbaar → Niet meer leverbaar",
        "met licentie ja → nee",
        "prijs met btw leeg → € 19,95",
        "btw-tarief 9% → 21%",
        "verschenen op 1 augustus 2024 → leeg",
        "gewijzigd bij de bron 1 augustus 2024, 12:00 → 1 december 2024, 11:00",
        "indeling leeg → Voortgezet onderwijs · Havo · Leerjaar 3",
        "taal Nederlands → Duits",
        "prijs per btw-tarief leeg → € 18,35 tegen 9% + € 12,00 tegen 21%",
        "duur van de licentie in dagen 365 → 1.461",
        "uitgave 3e druk → 3e druk",
        "een_veld_van_later x → {'y': 1}",
        f"methode Kompas → #{10**9}",
        "uitgever Noord → Noord",
        "teruggetrokken op 1 augustus 2024, 12:00 → leeg",
    ]  # fmt: skip


def test_long_texts_are_cut_where_they_differ():
    old, new = excerpts("begin " * 100 + "rood", "begin " * 100 + "blauw")
    assert old.endswith("rood")
    assert new.endswith("blauw")
    assert old.startswith("…")
    assert max(len(old), len(new)) <= MOST_TEXT + 2
    assert excerpts("kort", "x" * 500) == ("kort", "x" * MOST_TEXT + "…")
    assert excerpts("kort", "korter") == ("kort", "korter")


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM", "'@SUM"),
        ("\t=1", "'\t=1"),
        ("\n=1", "'\n=1"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a_spreadsheet_runs_nothing(cell, safe):
    assert without_formula(cell) == safe


def test_hostile_titles_are_text_on_the_page_and_in_the_table(editor, world):
    one_pass = make_pass(world.source)
    hostile = "=cmd|' /C calc'!A0<script>alert(1)</script>"
    change(make_product(title=hostile), f"harvest-{one_pass.pk}", description=["", f'"{hostile}"'])
    page = editor.get(f"/oogsten/{one_pass.pk}/wijzigingen/").content.decode()
    assert "<script>" not in page
    (row,) = read_csv(editor, f"/oogsten/{one_pass.pk}/wijzigingen.csv")
    assert row["titel"] == f"'{hostile}"
    assert row["is"] == f'"{hostile}"'


def test_a_run_without_changes_says_so(editor, world):
    one_pass = make_pass(world.source)
    for path in (f"/oogsten/{one_pass.pk}/", f"/oogsten/{one_pass.pk}/wijzigingen/"):
        assert "Er is geen product door gewijzigd." in Page(editor.get(path)).text()
    assert read_csv(editor, f"/oogsten/{one_pass.pk}/wijzigingen.csv") == []
    assert editor.get(f"/oogsten/{one_pass.pk}/wijzigingen/?soort=anders").status_code == 404
    assert "geen wijzigingen" not in Page(editor.get(f"/oogsten/{world.one_pass.pk}/wijzigingen/")).text()
    nothing = Page(editor.get(f"/oogsten/{world.one_pass.pk}/wijzigingen/?veld=nergens"))
    assert "Hier staan geen wijzigingen." in nothing.text()
