"""What lists of results say of reviews, and by what they were sorted."""

import pytest

from tests.catalogus.web.page import Page
from tests.factories import make_method, make_product, review_fields


@pytest.fixture
def reviewed(search_index):
    for name, fields in {
        "Vele": review_fields(12, "3.20", review_sort=3101, older=4),
        "Weinig": review_fields(2),
        "Geen": review_fields(0),
    }.items():
        make_product(title=name, method=make_method(name=name, **fields))
    search_index.rebuild()


SAID_OF_REVIEWS = {
    "Vele": ["3,20 van 4 · 12 beoordelingen", "Middelste helft 2,70–3,70 · en 4 over oudere uitgaven"],
    "Weinig": ["2 beoordelingen, te weinig voor een totaal"],
    "Geen": ["Nog geen beoordelingen"],
}
SORTED_BY = {"Vele": "Sorteerwaarde 3,101", "Weinig": "Geen sorteerwaarde", "Geen": "Geen sorteerwaarde"}


@pytest.mark.search
@pytest.mark.parametrize(("view", "lines_before"), [("methods", 1), ("products", 2)])
def test_a_card_says_what_reviewers_say_and_by_what_it_was_sorted(client, reviewed, view, lines_before):
    for sort in ("title", "rating"):
        page = Page(client.get(f"/zoeken/?view={view}&sort={sort}"))
        for card in page.all("//article"):
            name = card.xpath("string(.//h3)").strip()
            lines = [" ".join(line.text_content().split()) for line in card.xpath(".//*[@class='offer']/p")]
            wanted = SAID_OF_REVIEWS[name] + ([SORTED_BY[name]] if sort == "rating" else [])
            assert lines[lines_before:] == wanted
        explained = page.all("//p[@class='note']/a[contains(@href, '#sorteren')]")
        assert bool(explained) == (sort == "rating")


@pytest.mark.search
@pytest.mark.parametrize("view", ["methods", "products"])
def test_a_table_says_by_what_it_was_sorted(client, reviewed, view):
    page = Page(client.get(f"/zoeken/?view={view}&sort=rating&layout=table"))
    cells = page.texts("//td[@data-label='Beoordelingen']")
    assert cells[0] == (
        "3,20 van 4 · 12 beoordelingen middelste helft 2,70–3,70 · en 4 over oudere uitgaven sorteerwaarde 3,101"
    )
    assert all(cell.endswith("geen sorteerwaarde") for cell in cells[1:])
    assert len(cells) == 3
    assert "sorteerwaarde" not in Page(client.get(f"/zoeken/?view={view}&sort=title&layout=table")).text("//table")
