"""Every value of a facet can be reached, and every number that is told of them is true."""

import elastic_transport
import pytest
from django.utils import timezone

from catalogus import labels
from catalogus.exceptions import InvalidCriteria
from catalogus.facets import FACETS
from catalogus.models import Concept, Edition, Method, Product, Publisher, Scheme
from catalogus.search import FacetValue, SearchCriteria, View, get_backend
from catalogus.search.facet_pages import VALUES_ON_A_PAGE, FacetQuestion, facet_page
from tests.factories import make_product, make_publisher

pytestmark = pytest.mark.search

PUBLISHERS, SUBJECTS = 1_500, 400


@pytest.fixture
def crowd(search_index):
    """So many publishers with a product each, of as many subjects in turn."""
    now = timezone.now()
    Concept.objects.bulk_create(
        Concept(scheme=Scheme.SUBJECT, code=f"vak-{n:03}", label_nl=f"Vak {n:03}", position=n) for n in range(SUBJECTS)
    )
    publishers = Publisher.objects.bulk_create(
        Publisher(slug=f"uitgever-{n:04}", name=f"Uitgever {n:04}") for n in range(PUBLISHERS)
    )
    methods = Method.objects.bulk_create(
        Method(publisher=one, public_id=f"m{n:012}", name=f"Methode {n}", key=f"methode {n}", created_at=now)
        for n, one in enumerate(publishers)
    )
    editions = Edition.objects.bulk_create(Edition(method=one, label="onbekend", key="") for one in methods)
    Product.objects.bulk_create(
        Product(
            public_id=f"p{n:012}",
            publisher=edition.method.publisher,
            method=edition.method,
            edition=edition,
            title=f"Product {n}",
            subjects=[f"vak-{n % SUBJECTS:03}"],
            state="available",
            medium="book",
            form="folio",
            role="learner",
            first_seen_at=now,
            updated_at=now,
        )
        for n, edition in enumerate(editions)
    )
    labels.clear()
    search_index.rebuild()


def all_values(criteria, name, contains=""):
    """The values of every page, and what each page says of their numbers."""
    values: list[FacetValue] = []
    numbers: set[tuple[int, int]] = set()
    page_count = number = 1
    while number <= page_count:
        page = facet_page(criteria, FACETS[name], FacetQuestion(contains, number))
        assert 0 < len(page.values) <= VALUES_ON_A_PAGE
        numbers.add((page.total_values, page.found))
        values += page.values
        page_count, number = page.page_count, number + 1
    return values, numbers


@pytest.mark.slow
@pytest.mark.parametrize("view", View)
def test_every_publisher_and_every_subject_can_be_reached(crowd, view):
    criteria = SearchCriteria(view=view, publishers=("uitgever-1207",))
    listed = {facet.name: facet for facet in get_backend().search(criteria).facets}
    assert (listed["publishers"].total_values, len(listed["publishers"].values)) == (PUBLISHERS, 61)
    values, numbers = all_values(criteria, "publishers")
    assert numbers == {(PUBLISHERS, PUBLISHERS)}
    assert {value.code for value in values} == {f"uitgever-{n:04}" for n in range(PUBLISHERS)}
    assert len(values) == PUBLISHERS
    assert [value.code for value in values if value.is_selected] == ["uitgever-1207"]
    assert {value.count for value in values} == {1}

    criteria = SearchCriteria(view=view)
    listed = {facet.name: facet for facet in get_backend().search(criteria).facets}
    assert (listed["subjects"].total_values, len(listed["subjects"].values)) == (SUBJECTS, 100)
    values, numbers = all_values(criteria, "subjects")
    assert numbers == {(SUBJECTS, SUBJECTS)}
    assert {value.code for value in values} == {f"vak-{n:03}" for n in range(SUBJECTS)}
    for value in values[::97]:
        assert get_backend().search(criteria.choosing("subjects", value.code)).total == value.count


@pytest.mark.slow
def test_values_are_found_by_their_text(crowd):
    values, numbers = all_values(SearchCriteria(), "publishers", "UITGEVER 12")
    assert numbers == {(PUBLISHERS, 100)}
    assert {value.label for value in values} == {f"Uitgever 12{n:02}" for n in range(100)}


def test_text_is_compared_without_case_accents_and_signs(search_index):
    for name in ("Uitgeverij Één & Co.", "Zuid"):
        make_product(publisher=make_publisher(name=name, slug=name[:4].lower()))
    search_index.rebuild()

    def names(contains):
        found = facet_page(SearchCriteria(), FACETS["publishers"], FacetQuestion(contains))
        return [value.label for value in found.values]

    assert names("één") == names("EEN") == ["Uitgeverij Één & Co."]
    assert names("&") == ["Uitgeverij Één & Co."]
    assert names("?") == names("noord") == []
    assert len(names("")) == 2


def test_a_value_that_is_found_stands_by_itself_where_the_broader_one_is_not(search_index):
    make_product(subjects=["wiskunde", "wiskunde-b"])
    search_index.rebuild()
    rule = FACETS["subjects"]
    whole = facet_page(SearchCriteria(), rule, FacetQuestion()).values
    assert [(value.code, value.depth, value.broader) for value in whole] == [
        ("wiskunde", 0, ""),
        ("wiskunde-b", 1, "wiskunde"),
    ]
    (found,) = facet_page(SearchCriteria(), rule, FacetQuestion("wiskunde b")).values
    assert (found.code, found.depth, found.broader) == ("wiskunde-b", 0, "")


def test_past_the_last_page_there_is_nothing_and_the_numbers_stand(search_index):
    make_product()
    search_index.rebuild()
    page = facet_page(SearchCriteria(), FACETS["publishers"], FacetQuestion(page=2))
    assert (page.values, page.total_values, page.found, page.page_count) == ((), 1, 1, 1)


def test_one_call_counts_one_facet(search_index, monkeypatch):
    make_product()
    search_index.rebuild()
    bodies = []
    perform = elastic_transport.Transport.perform_request

    def counted(self, method, target, **options):
        bodies.append(options["body"])
        return perform(self, method, target, **options)

    monkeypatch.setattr(elastic_transport.Transport, "perform_request", counted)
    for view in View:
        criteria = SearchCriteria(text="product", view=view, levels=("unknown",), years=("unknown",))
        for name in ("levels", "publishers"):
            assert facet_page(criteria, FACETS[name], FacetQuestion()).values
            (body,) = bodies
            assert body["size"] == 0
            assert str(body).count("'field':") == (name != "levels")
            assert not {"post_filter", "sort"} & body.keys()
            bodies.clear()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"contains": ["x" * 101]}, "contains"),
        ({"page": ["0"]}, "page"),
        ({"page": ["1001"]}, "page"),
        ({"page": ["²"]}, "page"),
        ({"page": ["twee"]}, "page"),
        ({"page": ["9" * 30]}, "page"),
    ],
)
def test_what_cannot_be_read_is_named(query, field):
    with pytest.raises(InvalidCriteria) as refusal:
        FacetQuestion.from_query(query)
    assert refusal.value.errors.keys() == {field}


def test_reading():
    assert FacetQuestion.from_query({}) == FacetQuestion()
    assert FacetQuestion.from_query({"contains": [" a\x00 b "], "page": ["1", "7"]}) == FacetQuestion("a b", 7)
