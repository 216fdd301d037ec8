import logging

import pytest

from tests.catalogus.web.page import Page
from tests.factories import make_method, make_product, make_publisher

pytestmark = pytest.mark.search

FACET = "/zoeken/facet/"


@pytest.fixture
def shelf(search_index):
    """130 publishers with a product each, the first of which is for havo."""
    for number in range(130):
        publisher = make_publisher(slug=f"u-{number:03}", name=f"Uitgever {number:03}")
        make_product(publisher=publisher, method=make_method(publisher=publisher), levels=["havo"] * (number == 0))
    search_index.rebuild()


def get(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return Page(response)


def boxes(page, name="publisher"):
    return page.all(f"//main//input[@type='checkbox' and @name='{name}']/@value")


def test_all_values_stand_in_parts_with_their_numbers(client, shelf):
    first = get(client, f"{FACET}publisher/")
    assert first.text("//*[@role='status']") == "130 waarden; 100 getoond."
    second = get(client, f"{FACET}publisher/?page=2")
    assert second.text("//*[@role='status']") == "130 waarden; 30 getoond."
    assert [len(boxes(first)), len(boxes(second))] == [100, 30]
    assert len({*boxes(first), *boxes(second)}) == 130
    assert first.texts("//button[@name='page']") == ["Volgende deel van de lijst"]
    assert second.texts("//button[@name='page']") == ["Vorige deel van de lijst"]
    assert first.all("//button[@name='page']/@formaction") == [f"{FACET}publisher/"]


def test_the_form_goes_back_to_the_search_with_all_of_it(client, shelf):
    page = get(
        client, f"{FACET}publisher/?q=product&view=products&level=unknown&publisher=u-001&sort=title&page_size=5"
    )
    assert page.all("//main//form/@action") == ["/zoeken/"]
    hidden = [(box.get("name"), box.get("value")) for box in page.all("//main//input[@type='hidden']")]
    assert hidden == [("q", "product"), ("view", "products"), ("level", "unknown"), ("sort", "title")]
    assert page.all("//main//input[@checked]/@value") == ["u-001"]
    assert page.texts("//main//label[input/@value='u-001']") == ["Uitgever 001 1"]
    back = page.href("Terug naar de zoekresultaten")
    assert back == "/zoeken/?q=product&view=products&level=unknown&publisher=u-001&sort=title"
    assert get(client, back).text("//main//h2") == "1 product"


def test_what_is_chosen_elsewhere_in_the_list_stays_a_choice(client, shelf):
    page = get(client, f"{FACET}publisher/?publisher=u-129&contains=00")
    assert page.texts("//main//legend")[0] == "Gekozen, niet in dit deel van de lijst"
    assert page.all("//main//input[@checked]/@value") == ["u-129"]
    assert page.text("//*[@role='status']") == "130 waarden, waarvan 11 met deze tekst; 11 getoond."
    assert page.all("//input[@name='contains']/@value") == ["00"]


def test_nothing_with_this_text_says_what_to_do(client, shelf):
    page = get(client, f"{FACET}publisher/?contains=zzz")
    assert page.text("//*[@role='status']") == "130 waarden, waarvan 0 met deze tekst; 0 getoond."
    assert page.text("//main//*[@class='notice']").startswith("Geen waarde heeft deze tekst.")


def test_narrower_values_are_nested_lists(client, search_index):
    make_product(levels=["vmbo", "vmbo-tl"])
    make_product(levels=["havo"])
    search_index.rebuild()
    page = get(client, f"{FACET}level/")
    (nested,) = page.all("//main//ul[@class='choices']//ul[@class='choices']")
    assert nested.xpath(".//input/@value") == ["vmbo-tl"]
    assert nested.xpath("ancestor::li/label/input/@value") == ["vmbo"]
    # The search page has the same tree.
    assert len(get(client, "/zoeken/").all("//ul[@class='choices']//ul[.//input/@value='vmbo-tl']")) == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{FACET}publisher/?page=3", 404),
        (f"{FACET}uitgever/", 404),
        (f"{FACET}q/", 404),
        (f"{FACET}%00/", 404),
        (f"{FACET}publisher/?page=0", 400),
        (f"{FACET}publisher/?page=een", 400),
        (f"{FACET}publisher/?contains={'x' * 101}", 400),
        (f"{FACET}publisher/?medium=steen", 400),
        (f"{FACET}publisher/?contains=%00", 200),
        (f"{FACET}publisher/?cursor=onzin&page_size=9999", 200),
        (f"{FACET}new/", 200),
        (f"{FACET}price/", 200),
    ],
)
def test_bad_input_is_named(client, search_index, path, status):
    make_product()
    search_index.rebuild()
    get(client, path, status)


def test_past_the_end_the_way_back_is_shown(client, shelf):
    page = get(client, f"{FACET}publisher/?page=7", 404)
    assert page.all("//button[@name='page']/@value") == ["2"]


def test_text_is_shown_as_text(client, shelf):
    response = client.get(f"{FACET}publisher/", {"contains": "<script>x"})
    assert b"<script>x" not in response.content


def test_where_nobody_can_answer_it_says_so(client, no_search):
    response = client.get(f"{FACET}publisher/?publisher=noord")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"


def test_one_call_of_the_engine_makes_the_page(client, shelf, caplog):
    client.get(f"{FACET}publisher/")
    with caplog.at_level(logging.INFO, logger="elastic_transport.transport"):
        get(client, f"{FACET}publisher/?q=product")
    assert len([record for record in caplog.records if "_search" in record.getMessage()]) == 1
