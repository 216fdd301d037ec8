"""Names for codes, from a short memory."""

import pytest
from django.utils.translation import override

from catalogus import labels
from catalogus.models import Concept, Publisher, Scheme
from tests.factories import make_publisher


@pytest.fixture(autouse=True)
def _no_memory(db):
    labels.clear()
    yield
    labels.clear()


def test_a_whole_vocabulary_takes_one_query_and_then_none(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert labels.concept_label(Scheme.LEVEL, "havo") == "Havo"
        assert labels.concept_label(Scheme.SECTOR, "vo") == "Voortgezet onderwijs"
        assert list(labels.concept_places(Scheme.YEAR))[:2] == ["groep-1", "groep-2"]


def test_a_code_that_nothing_knows_names_itself_and_is_looked_up_once(django_assert_num_queries):
    labels.concept_label(Scheme.LEVEL, "havo")
    with django_assert_num_queries(1):
        assert labels.concept_label(Scheme.LEVEL, "bestaat-niet") == "bestaat-niet"
        assert labels.concept_label(Scheme.LEVEL, "bestaat-niet") == "bestaat-niet"


def test_a_new_publisher_has_its_name_at_once():
    assert labels.publisher_label("noord") == "noord"
    make_publisher(slug="zuid", name="Uitgeverij Zuid")
    assert labels.publisher_label("zuid") == "Uitgeverij Zuid"


def test_a_new_name_shows_after_the_memory_is_cleared():
    make_publisher(slug="noord", name="Noord")
    assert labels.publisher_label("noord") == "Noord"
    Publisher.objects.filter(slug="noord").update(name="Uitgeverij Noord")
    labels.clear()
    assert labels.publisher_label("noord") == "Uitgeverij Noord"


def test_the_language_of_the_reader_and_dutch_where_there_is_no_translation():
    Concept.objects.create(scheme=Scheme.SUBJECT, code="zonder-vertaling", label_nl="Zonder vertaling")
    with override("en"):
        assert labels.concept_label(Scheme.SECTOR, "vo") == "Secondary education"
        assert labels.concept_label(Scheme.SUBJECT, "zonder-vertaling") == "Zonder vertaling"
    assert labels.concept_label(Scheme.SECTOR, "vo") == "Voortgezet onderwijs"


@pytest.mark.parametrize(
    ("facet", "code", "name"),
    [
        ("levels", "unknown", "Onbekend"),
        ("media", "book", "Boek"),
        ("states", "unknown", "Leverbaarheid onbekend"),
        ("roles", "teacher", "Docent"),
        ("publishers", "nergens", "nergens"),
    ],
)
def test_values_of_facets(facet, code, name):
    assert labels.value_labels(facet, [code]) == {code: name}
