"""The memory of names: what it holds, how often it reads, and what it leaves out."""

from catalogus import memory
from catalogus.models import Concept, ConceptAlias, Publisher
from catalogus.naming import normal_form
from catalogus.search.understanding import names, understand
from catalogus.search.understanding.function_words import FUNCTION_WORDS
from tests.catalogus.search.understanding.readable import said


def test_names_are_read_once(houses, django_assert_num_queries):
    with django_assert_num_queries(4):
        understand("wiskunde havo 3")
    with django_assert_num_queries(0):
        understand("frans vwo 4")


def test_no_names_are_read_for_numbers_and_literal_words(houses, django_assert_num_queries):
    with django_assert_num_queries(0):
        understand("")
        understand("ISBN 9789095053078")
        understand("wiskunde", is_literal=True)


def test_what_changes_is_known_after_a_while(houses, monkeypatch):
    assert said(understand("sterrenslag")) == " | sterrenslag"
    concept = Concept.objects.get(scheme="subject", code="wiskunde")
    alias = {"concept": concept, "scheme": "subject", "text": "sterrenslag", "key": "sterrenslag"}
    ConceptAlias.objects.create(provenance="editor", **alias)
    assert said(understand("sterrenslag")) == " | sterrenslag"
    monkeypatch.setattr(memory, "KEPT_SECONDS", -1.0)
    assert said(understand("sterrenslag")) == "subjects=wiskunde"


def test_a_proposal_is_no_name_and_no_meaning_is_none(houses):
    concept = Concept.objects.get(scheme="subject", code="wiskunde")
    alias = {"concept": concept, "scheme": "subject", "text": "sterrenslag", "key": "sterrenslag"}
    ConceptAlias.objects.create(provenance="suggestion", **alias)
    ConceptAlias.objects.create(scheme="subject", text="dans", key="dans", provenance="editor")
    ConceptAlias.objects.filter(scheme="subject", key="dans").exclude(concept=None).delete()
    assert said(understand("sterrenslag dans")) == " | sterrenslag dans"


def test_two_publishers_of_one_name_are_both_meant(houses):
    Publisher.objects.create(slug="de-linde-2", name="De Linde")
    memory.forget_all()
    assert said(understand("de linde")) == "publishers=de-linde+de-linde-2"


def test_every_name_of_the_vocabulary_is_understood(db):
    """Each label and alias of a sector, level, year or subject is taken for something, but for what is said here."""
    known = names.known_names()
    missed = set()
    labels = Concept.objects.filter(scheme__in=names.SCHEME_FACETS).values_list("label_nl", flat=True)
    aliases = ConceptAlias.objects.filter(scheme__in=names.SCHEME_FACETS).exclude(concept=None)
    for text in [*labels, *aliases.values_list("text", flat=True)]:
        found = understand(text)
        if not found.recognised or found.words:
            missed.add(normal_form(text))
    assert known.most_words <= names.MOST_WORDS
    # These only beside a class.
    assert missed <= names.DOUBTFUL


def test_a_word_of_every_text_names_nothing(houses):
    assert not {word for word in FUNCTION_WORDS if understand(word).recognised}
