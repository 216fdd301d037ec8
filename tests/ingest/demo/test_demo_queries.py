"""CQL queries find what the same question in Python finds among the records themselves."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.demo.entries import Entry
from ingest.demo.moments import utc_text
from ingest.demo.server import DemoKoppelpunt
from tests.ingest.demo.asking import ask

Question = Callable[[Entry], bool]


def _all(_entry: Entry) -> bool:
    return True


def _none(_entry: Entry) -> bool:
    return False


def _modified(entry: Entry) -> str:
    return utc_text(entry.modified) or ""


def _words(text: str) -> list[str]:
    return text.lower().replace("/", " ").replace("-", " ").split()


ANSWERED: dict[str, Question] = {
    "*": _all,
    'Publisher = "*"': _all,
    'ProductState = "*"': lambda e: e.state != "",
    '* not ProductState = "*"': lambda e: e.state == "",
    '* not ProductState exact "Leverbaar"': lambda e: e.state != "Leverbaar",
    'ProductState <> "Leverbaar"': lambda e: e.state not in ("", "Leverbaar"),
    "ProductState = Leverbaar": lambda e: e.state == "Leverbaar",
    "productstate == Leverbaar": lambda e: e.state == "Leverbaar",
    'ProductState = "Niet*"': lambda e: e.state.startswith("Niet"),
    'ProductState < "M"': lambda e: "" < e.state < "M",
    'Medium exact "Web browser" AND ProductState exact "Leverbaar"': (
        lambda e: e.medium == "Web browser" and e.state == "Leverbaar"
    ),
    "Medium = Boek or Medium = Anders and IsConsumptionProduct = true": (
        lambda e: e.medium in ("Boek", "Anders") and e.is_consumed
    ),
    "Medium = Boek or (Medium = Anders and IsConsumptionProduct = true)": (
        lambda e: e.medium == "Boek" or (e.medium == "Anders" and e.is_consumed)
    ),
    'Medium = Boek not (ProductState = "*" or IntendedEndUserRole = Onderwijsgever)': (
        lambda e: e.medium == "Boek" and e.state == "" and e.role != "Onderwijsgever"
    ),
    "Sectors.Sector = MBO": lambda e: "MBO" in e.sectors,
    'Sectors.Sector all "VO MBO"': lambda e: {"VO", "MBO"} <= set(e.sectors),
    'Sectors.Sector any "PO HBO"': lambda e: bool({"PO", "HBO"} & set(e.sectors)),
    "* not Sectors.Sector = VO": lambda e: "VO" not in e.sectors,
    "Sectors.Sector = V*": lambda e: any(sector.startswith("V") for sector in e.sectors),
    "havo": lambda e: "havo" in _words(e.title),
    "HAVO": lambda e: "havo" in _words(e.title),
    '"licentie 1 jaar"': lambda e: " licentie 1 jaar " in f" {e.title} ",
    "licen*": lambda e: any(word.startswith("licen") for word in _words(e.title)),
    'Title any "werkboek leerboek"': lambda e: bool({"werkboek", "leerboek"} & set(_words(e.title))),
    'Title all "jaar licentie"': lambda e: {"jaar", "licentie"} <= set(_words(e.title)),
    'Title = "&"': _none,
    'ProductFamilyName = "*"': lambda e: e.family != "",
    'ProductFamilyName = "3e druk"': lambda e: " 3e druk" in e.family,
    'LastModifiedDate >= "2021-01-01" and LastModifiedDate < "2022-01-01"': lambda e: _modified(e).startswith("2021"),
    "LastModifiedDate < 2020": lambda e: "" < _modified(e) < "2020",
    "LastModifiedDate >= 2021-03-01T12:00:00+01:00": lambda e: _modified(e) >= "2021-03-01T11:00:00Z",
    "LastModifiedDate = 2022-0*": lambda e: _modified(e).startswith("2022-0"),
    '* not (LastModifiedDate >= "1990-01-01" and LastModifiedDate < "2060-01-01")': lambda e: e.modified == "",
    "meta.repository.id exact leerbron": lambda e: e.identifier.startswith("leerbron:"),
    'meta.upload.id = "leerbron:0*"': lambda e: e.identifier.startswith("leerbron:0"),
    'meta.record.id = "leerbron:0*"': lambda e: e.identifier.startswith("leerbron:0"),
    "licentie AND ((meta.repository.id exact leerbron))": (
        lambda e: "licentie" in _words(e.title) and e.identifier.startswith("leerbron:")
    ),
    '((((* and Publisher exact "Zonneveer") and ProductState exact "Leverbaar") and Medium exact "Boek"))': (
        lambda e: (e.publisher, e.state, e.medium) == ("Zonneveer", "Leverbaar", "Boek")
    ),
    " or ".join(f"deel{number}" for number in range(300)): _none,
}  # fmt: skip


@pytest.mark.parametrize("query", ANSWERED)
def test_answered(small: DemoKoppelpunt, small_entries: list[Entry], query: str) -> None:
    expected = {entry.identifier for entry in small_entries if ANSWERED[query](entry)}
    answer = ask(small.url, query=query, maximumRecords=100)
    assert answer.diagnostics == []
    assert answer.total == len(expected)
    assert set(answer.identifiers) <= expected
    assert len(answer.identifiers) == min(100, len(expected))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("(havo", "10"),
        ("havo)", "10"),
        ("havo and", "10"),
        ("not havo", "10"),
        ("Title =", "10"),
        ('"havo', "10"),
        ("a/b", "10"),
        ("x" * 9000, "10"),
        ("Uitgever = Zonneveer", "16"),
        ("havo and Uitgever = Zonneveer", "16"),
        ("Title encloses havo", "19"),
        ('Publisher any "a b"', "19"),
        ("Title =/stem havo", "20"),
        ("ProductId = *97890", "28"),
        ("ProductId = 978*90", "28"),
        ("havo prox vwo", "37"),
        ('> dc = "info:srw/cql-context-set/1/dc" havo', "48"),
        (" or ".join(["havo"] * 500), "48"),
        (" and (a or ".join(["b"] * 90) + ")" * 89, "48"),
        ("havo sortBy Title", "80"),
    ],
)
def test_refused(small: DemoKoppelpunt, query: str, code: str, caplog: pytest.LogCaptureFixture) -> None:
    answer = ask(small.url, query=query)
    assert (answer.diagnostics, answer.total) == ([code], 0)
    assert not caplog.records, "another's mistake in a query is nothing for the log"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.text('()"*\\<>=/ abTitle.andornot', max_size=40))
def test_any_text_gets_an_answer_that_can_be_read(small: DemoKoppelpunt, query: str) -> None:
    answer = ask(small.url, query=query, maximumRecords=1)
    assert answer.total >= 0
    assert answer.diagnostics or len(answer.identifiers) == min(1, answer.total)


def test_drilldown_counts_the_records_of_the_result(small: DemoKoppelpunt, small_entries: list[Entry]) -> None:
    answer = ask(
        small.url, query="licentie", maximumRecords=0, x_term_drilldown="Publisher:60,ProductState,Sectors.Sector:20"
    )
    found = [entry for entry in small_entries if "licentie" in _words(entry.title)]
    assert answer.counts("Publisher") == Counter(entry.publisher for entry in found)
    assert answer.counts("ProductState") == Counter(entry.state for entry in found if entry.state)
    assert answer.counts("Sectors.Sector") == Counter(sector for entry in found for sector in entry.sectors)
    assert list(answer.counts("Publisher").values()) == sorted(answer.counts("Publisher").values(), reverse=True)


@pytest.mark.parametrize(("asked", "given"), [("Publisher:3", 3), ("Publisher", 10), ("Publisher:60", 24)])
def test_drilldown_gives_as_many_values_as_asked(small: DemoKoppelpunt, asked: str, given: int) -> None:
    counts = ask(small.url, maximumRecords=0, x_term_drilldown=asked).counts("Publisher")
    whole = ask(small.url, maximumRecords=0, x_term_drilldown="Publisher:60").counts("Publisher")
    assert list(counts.items()) == list(whole.items())[: min(given, len(whole))]
    assert len(whole) >= 20
