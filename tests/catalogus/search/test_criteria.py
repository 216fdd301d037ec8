from contextlib import suppress
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogus.exceptions import InvalidCriteria
from catalogus.models import Medium, ProductState, Role
from catalogus.search import SearchCriteria, View
from catalogus.search.criteria import FACET_PARAMETERS, MAX_REACHABLE, MAX_TEXT_LENGTH, MAX_VALUES, MOST_FAULTS, Sort

CODES = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)


def chosen(codes):
    return st.frozensets(codes, max_size=5).map(lambda found: tuple(sorted(found)))


@st.composite
def criteria(draw):
    page_size = draw(st.integers(1, 100))
    cursor = draw(st.one_of(st.just(""), st.from_regex(r"[A-Za-z0-9_-]{1,40}", fullmatch=True)))
    return SearchCriteria(
        text=" ".join(draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=MAX_TEXT_LENGTH)).split()),
        view=draw(st.sampled_from(View)),
        **{facet: draw(chosen(CODES)) for facet in ("sectors", "levels", "years", "subjects", "publishers")},
        media=draw(chosen(st.sampled_from(Medium.values))),
        states=draw(chosen(st.sampled_from(ProductState.values))),
        roles=draw(chosen(st.sampled_from(Role.values))),
        include_all=draw(st.booleans()),
        is_literal=draw(st.booleans()),
        sort=draw(st.sampled_from(Sort)),
        page=1 if cursor else draw(st.integers(1, MAX_REACHABLE // page_size)),
        page_size=page_size,
        cursor=cursor,
    )


@given(criteria())
def test_what_is_printed_is_read_back_as_the_same_search(asked):
    assert SearchCriteria.from_query(parse_qs(asked.query_string())) == asked


@given(criteria())
def test_a_search_has_one_address(asked):
    assert SearchCriteria.from_query(parse_qs(asked.query_string())).query_string() == asked.query_string()


@given(
    st.dictionaries(
        st.sampled_from(["q", "view", "page", "page_size", "cursor", "all", "literal", *FACET_PARAMETERS.values()]),
        st.lists(st.text(max_size=30), max_size=3),
    )
)
def test_any_address_is_read_or_refused_with_reasons(query):
    known = query.keys() | {"page"}
    with suppress(InvalidCriteria):
        SearchCriteria.from_query(query)
        return
    with pytest.raises(InvalidCriteria) as refusal:
        SearchCriteria.from_query(query)
    assert refusal.value.errors.keys() <= known
    assert all(refusal.value.errors.values())


def test_defaults_leave_the_address_empty():
    assert SearchCriteria.from_query({}) == SearchCriteria()
    assert SearchCriteria().query_string() == ""


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"q": ["  havo \n 3 "]}, {"text": "havo 3"}),
        ({"q": ["eerst", "laatst"]}, {"text": "laatst"}),
        ({"q": ["a\x00b"]}, {"text": "a b"}),
        ({"level": ["vwo", "havo", "vwo"]}, {"levels": ("havo", "vwo")}),
        ({"level": ["vwo,havo"]}, {"levels": ("havo", "vwo")}),
        ({"level": ["HAVO"]}, {"levels": ("havo",)}),
        ({"level": [""]}, {}),
        ({"utm_source": ["nieuwsbrief"]}, {}),
        ({"all": ["1"]}, {"include_all": True}),
        ({"literal": ["1"]}, {"is_literal": True}),
        ({"page": ["500"]}, {"page": 500}),
    ],
)
def test_reading(query, fields):
    assert SearchCriteria.from_query(query) == replace(SearchCriteria(), **fields)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"q": ["x" * (MAX_TEXT_LENGTH + 1)]}, "q"),
        ({"view": ["plaatjes"]}, "view"),
        ({"sort": ["prijs"]}, "sort"),
        ({"all": ["ja"]}, "all"),
        ({"literal": ["2"]}, "literal"),
        ({"page": ["0"]}, "page"),
        ({"page": ["-1"]}, "page"),
        ({"page": ["1.5"]}, "page"),
        ({"page": ["²"]}, "page"),
        ({"page": ["501"]}, "page"),
        ({"page": ["99999999999999999999"]}, "page"),
        ({"page": ["101"], "page_size": ["100"]}, "page"),
        ({"page_size": ["101"]}, "page_size"),
        ({"page_size": ["tien"]}, "page_size"),
        ({"medium": ["perkament"]}, "medium"),
        ({"state": ["available", "weg"]}, "state"),
        ({"level": ["havo 3"]}, "level"),
        ({"level": ["<script>"]}, "level"),
        ({"level": ["a" * 81]}, "level"),
        ({"subject": [f"vak-{number}" for number in range(MAX_VALUES + 1)]}, "subject"),
        ({"level": [f"l-{number}" for number in range(MAX_VALUES)], "publisher": ["een", "twee"]}, "publisher"),
    ],
)
def test_what_cannot_be_read_names_field_and_remedy(query, field):
    with pytest.raises(InvalidCriteria) as refusal:
        SearchCriteria.from_query(query)
    assert refusal.value.errors.keys() == {field}


def test_codes_are_read_as_people_write_them():
    criteria = SearchCriteria.from_query({"level": ["havo, vwo", " VMBO "], "publisher": ["uitgever_x,"]})
    assert criteria.levels == ("havo", "vmbo", "vwo")
    assert criteria.publishers == ("uitgever_x",)


def test_all_faults_are_told_at_once():
    with pytest.raises(InvalidCriteria) as refusal:
        SearchCriteria.from_query({"page": ["nul"], "sort": ["prijs"], "medium": ["perkament"]})
    assert refusal.value.errors.keys() == {"page", "sort", "medium"}


def test_of_many_faults_some_are_told_and_that_they_are_too_many():
    with pytest.raises(InvalidCriteria) as refusal:
        SearchCriteria.from_query({"medium": [f"m-{number:03}" for number in range(MAX_VALUES + 1)]})
    told = refusal.value.errors["medium"]
    assert len(told) == MOST_FAULTS
    assert "m-000" in told[0]
    assert f"{MAX_VALUES + 1} keuzes zijn te veel" in told[-1]


def test_without_takes_one_choice_or_all_of_a_facet_and_goes_to_the_first_page():
    asked = SearchCriteria(levels=("havo", "vwo"), years=("leerjaar-3",), page=4)
    assert asked.without("levels", "vwo") == SearchCriteria(levels=("havo",), years=("leerjaar-3",))
    assert asked.without("levels") == SearchCriteria(years=("leerjaar-3",))
