"""Bad input, on every surface that takes a search, with the real engine and database: never a fault, never slow.

What is wrong gets 400: in the API a problem document, elsewhere a page with the form, both with field and remedy.
"""

import re
import time
from contextlib import suppress
from http import HTTPStatus

import pytest

from catalogus.exceptions import InvalidCriteria
from catalogus.search import SearchCriteria
from catalogus.search.criteria import CLOSED_LISTS, FACET_PARAMETERS
from tests.catalogus.api.test_api_problems import problem
from tests.catalogus.search import hostile
from tests.catalogus.search.hostile import question
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_product

pytestmark = pytest.mark.search

LONGEST_SECONDS = 2.0
"""Of the quickest of three tries: a machine that does other things as well makes a single one slow."""

PAGES = ["/zoeken/", "/zoeken/?view=products&all=1"]
LISTS = ["/api/v1/products/", "/api/v1/methods/?facets=1"]
EXPORTS = ["/zoeken/export.csv", "/zoeken/export.xlsx?view=products"]
SURFACES = [*PAGES, *LISTS, *EXPORTS]


class Asker:
    """Asks surfaces and remembers what went wrong, so that one run tells all of it."""

    def __init__(self, client) -> None:
        self.client = client
        self.client.raise_request_exception = False
        self.faults: list[str] = []

    def ask(self, surface: str, query: str, name: str, *allowed: int):
        """The answer to this query string; a fault where it is another status than allowed, or slow."""
        seconds = []
        for _ in range(3):
            started = time.perf_counter()
            response = self.client.get(f"{surface}{'&' if '?' in surface else '?'}{query}")
            if response.streaming:
                response.content_read = response.getvalue()
            seconds.append(time.perf_counter() - started)
            if seconds[-1] < LONGEST_SECONDS:
                break
        else:
            self.faults.append(f"{name} on {surface}: {min(seconds):.1f} s")
        if response.status_code not in allowed:
            self.faults.append(f"{name} on {surface}: {response.status_code}, not {allowed}")
        elif response.status_code == HTTPStatus.BAD_REQUEST:
            self._is_clear(surface, query, response, name)
        return response

    def _is_clear(self, surface: str, query: str, response, name: str) -> None:
        """A 400 names what is wrong, in the form of its surface; what was sent comes back a few times at most."""
        if surface.startswith("/api/"):
            document = problem(response, 400)
            messages = [error["message"] for error in document["errors"]]
            is_clear = bool(messages) and all(error["field"] for error in document["errors"])
        else:
            page = Page(response)
            messages = page.texts("//*[@role='alert']//li")
            is_clear = bool(messages) and len(page.all("//input[@name='q']")) == 1
        # A remedy is what to do: a sentence after the one that says what is wrong.
        is_clear = is_clear and all(re.search(r"; |kies uit", message) for message in messages)
        if not is_clear or len(response.content) > 40_000 + 4 * len(query):
            self.faults.append(f"{name} on {surface}: not a clear 400 ({len(response.content)} bytes): {messages}")

    def done(self) -> None:
        assert not self.faults, "\n".join(self.faults)


@pytest.fixture
def asker(client, search_index):
    method = make_method(name="Kompas")
    for number in range(12):
        make_product(
            method=method if number % 3 else make_method(name=f"Atlas {number}"),
            title=f"{hostile.WHOLE_TITLE[:200]} {number}",
            levels=["havo"],
            years=["leerjaar-3"],
            subjects=["wiskunde"],
        )
    search_index.rebuild()
    asker = Asker(client)
    for surface in SURFACES:  # What is asked first pays for what is remembered.
        asker.ask(surface, "q=kompas", "kompas", 200)
    return asker


@pytest.mark.parametrize("surface", SURFACES)
def test_any_text_gets_an_answer(asker, surface):
    for name, text in hostile.TEXTS.items():
        asker.ask(surface, question(q=text), name, 200)
    asker.done()


@pytest.mark.parametrize("surface", SURFACES)
def test_a_text_that_is_too_long_is_refused(asker, surface):
    for name, text in hostile.TOO_LONG.items():
        asker.ask(surface, question(q=text), name, 400)
    asker.done()


@pytest.mark.parametrize("surface", SURFACES)
def test_any_bytes_get_an_answer(asker, surface):
    for name, query in hostile.RAW.items():
        # The API refuses a name that it does not know, and the pages leave it alone.
        asker.ask(surface, query, name, 200, *([400] if surface in LISTS else []))
    asker.done()


@pytest.mark.parametrize("surface", SURFACES)
def test_a_number_that_is_none_is_refused(asker, surface):
    for value in hostile.NUMBERS:
        asker.ask(surface, question(page=value), f"page {value[:20]!r}", 400)
        asker.ask(surface, question(page_size=value), f"page_size {value[:20]!r}", 400)
    asker.done()


@pytest.mark.parametrize("surface", [*PAGES, *LISTS])
def test_the_edge_of_the_pages(asker, surface):
    # A page past the end is not there (404 on a page of the site), one past the engine's reach cannot be asked.
    for page, size in ((500, 20), (10_000, 1), (100, 100)):
        asker.ask(surface, f"page={page}&page_size={size}", f"{page} of {size}", 200, 404)
    for page, size in ((501, 20), (10_001, 1), (101, 100), (10_000, 2)):
        response = asker.ask(surface, f"page={page}&page_size={size}", f"{page} of {size}", 400)
        assert str(page) in response.content.decode()
    asker.done()


@pytest.mark.parametrize("surface", SURFACES)
def test_values_that_nothing_has(asker, surface):
    wrong = {"signs": "<b>", "SQL": "' OR 1=1", "long": "a" * 5_000, "NUL": "a\x00b", "emoji": "😀"}
    for facet, parameter in FACET_PARAMETERS.items():
        asker.ask(surface, f"{parameter}=nergens", f"unknown {parameter}", 400 if facet in CLOSED_LISTS else 200)
        knows_unknown = facet not in CLOSED_LISTS or "unknown" in CLOSED_LISTS[facet]
        asker.ask(surface, f"{parameter}=unknown", f"{parameter} that is not stated", 200 if knows_unknown else 400)
        for name, value in wrong.items():
            asker.ask(surface, question(**{parameter: value}), f"{name} as {parameter}", 400)
    asker.done()


@pytest.mark.parametrize("surface", SURFACES)
def test_a_parameter_a_thousand_times(asker, surface):
    once = asker.ask(surface, "level=havo&sort=title", "once", 200)
    often = asker.ask(surface, "sort=title" + "&level=havo" * 990, "one value, often", 200)
    assert _comparable(once) == _comparable(often)
    asker.ask(surface, "&".join(f"level=l-{number}" for number in range(990)), "values", 400)
    asker.ask(surface, "level=" + ",".join(f"l-{number}" for number in range(20_000)), "values with commas", 400)
    asker.ask(surface, "level=" + "," * 100_000, "commas alone", 200)
    asker.ask(surface, "&".join(f"medium=m-{number}" for number in range(990)), "values of a closed list", 400)
    asker.ask(surface, "&".join(["q=atlas"] * 990), "one text, often", 200)
    asker.ask(surface, "&".join(["page=1"] * 990), "one page, often", 200)
    asker.ask(surface, "&".join(["page=0"] * 990), "a wrong page, often", 400)
    asker.done()


@pytest.mark.parametrize("surface", SURFACES)
def test_a_thousand_different_parameters(asker, surface):
    asker.ask(surface, "&".join(f"p{number}=1" for number in range(990)), "names", 400 if surface in LISTS else 200)
    asker.done()


@pytest.mark.parametrize("surface", SURFACES)
def test_more_parameters_than_django_reads(asker, surface):
    """Over 1,000 of them are refused before anything is read (TooManyFieldsSent), also in an address.

    No form could hold them: the page says what is wrong without one.
    """
    response = asker.client.get(surface, {f"p{number}": "1" for number in range(20_000)})
    assert response.status_code == 400
    text = problem(response, 400)["detail"] if surface in LISTS else Page(response).text()
    assert "meer dan 1000 parameters; gebruik er minder" in text


@pytest.mark.parametrize("surface", [*PAGES, *LISTS])
def test_cursors_that_are_none(asker, surface):
    view = "products" if "products" in surface else "methods"
    for name, cursor in hostile.cursors(view).items():
        asker.ask(surface, question(cursor=cursor), name, 400)
    asker.done()


@pytest.mark.parametrize("surface", [*PAGES, *LISTS])
def test_a_cursor_of_our_shape_that_nobody_was_given(asker, surface):
    view = "products" if "products" in surface else "methods"
    for sort, *after in (
        ("relevance", "\ud800"),
        ("relevance", "\x00"),
        ("title", "\ud800", "x"),
        ("title", "\x00", "\x00"),
        ("title", "x" * 1_000, "y" * 300),
        ("title", "", ""),
        ("newest", 2**62, "x"),
        ("newest", -(2**62), ""),
        ("newest", 1e18, "x"),
        ("relevance", 1e308, "x"),
        ("relevance", -1, "x"),
        ("relevance", 0.1, "\udfff"),
    ):
        text = "kompas" if len(after) == 2 and sort == "relevance" else ""
        cursor = hostile.token(hostile.shape(view, sort, text), *after)
        query = question(cursor=cursor, sort=sort, q=text)
        asker.ask(surface, query, f"{sort} {after!r:.40}", 200, 400)
    asker.done()


@pytest.mark.parametrize("surface", EXPORTS)
def test_an_export_does_not_look_at_cursors(asker, surface):
    for name, cursor in hostile.cursors("methods").items():
        asker.ask(surface, question(cursor=cursor), name, 200)
    asker.done()


def test_pages_that_carry_a_search_along_leave_a_bad_one_behind(asker):
    product = make_product(title="Los")
    for path in (product.get_absolute_url(), product.method.get_absolute_url()):
        for name, text in (hostile.TEXTS | hostile.TOO_LONG).items():
            asker.ask(path, question(q=text), name, 200)
        for name, query in hostile.RAW.items():
            asker.ask(path, query, name, 200)
        for value in hostile.NUMBERS:
            asker.ask(path, question(page=value, cursor=value), value[:20], 200)
    asker.done()


def test_reading_what_is_asked_is_cheap():
    """A thousand parameters, the most that Django reads, and values of a hundred thousand signs: milliseconds."""
    asked = [
        {"level": ["havo"] * 1000},
        {"level": [f"l-{number}" for number in range(1000)]},
        {"medium": [f"m-{number}" for number in range(1000)]},
        {"level": [",".join("<>" for _ in range(50_000))]},
        {f"p{number}": ["1"] for number in range(1000)},
        {"q": [" ".join(["a"] * 50_000)]},
        {"q": ["\x00" * 100_000]},
        {"page": ["9" * 100_000]},
        {"cursor": ["A" * 100_000]},
    ]
    for query in asked:
        seconds = []
        for _ in range(3):
            started = time.process_time()
            with suppress(InvalidCriteria):
                SearchCriteria.from_query(query)
            seconds.append(time.process_time() - started)
        assert min(seconds) < 0.2, next(iter(query))


def _comparable(response) -> dict[str, object]:
    if response.streaming:
        return {"rows": response["X-Total-Count"]}
    if "json" in response["Content-Type"]:
        # The total is there, and what changes with each answer is not.
        return {name: value for name, value in response.json().items() if name in {"total", "next", "results"}}
    return {"hits": Page(response).texts("//ol[@class='hits']/li")}
