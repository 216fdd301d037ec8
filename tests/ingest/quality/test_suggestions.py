import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalogus.models import Concept, ConceptAlias, RereadRequest, Scheme
from catalogus.models.provenance import Provenance
from catalogus.models.publisher import Publisher
from catalogus.vocabulary import Vocabulary
from ingest.models import Record, RecordState, Suggestion
from ingest.services.suggestions import (
    accept_suggestion,
    dismiss_suggestion,
    mark_empty,
    refresh_suggestions,
    reopen_suggestion,
)
from tests.factories import make_method, make_product, make_publisher
from tests.ingest.quality.objects import make_record, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return make_source()


def say(source, field, *texts, publisher=None, **fields):
    """A record in which these texts are unknown."""
    product = make_product(method=make_method(publisher=publisher))
    return make_record(source, product, *[("unknown_text", field, text) for text in texts], **fields)


def counted() -> dict[tuple[str, str], tuple[int, int]]:
    rows = Suggestion.objects.filter(record_count__gt=0).values_list("scheme", "key", "record_count", "product_count")
    return {(scheme, key): (records, products) for scheme, key, records, products in rows}


def one(text="Rekenkunde") -> Suggestion:
    now = timezone.now()
    return Suggestion.objects.create(
        scheme="subject", key=text.lower(), text=text, record_count=1, first_seen_at=now, counted_at=now
    )


def meaning(text="Rekenkunde"):
    return Vocabulary.load().meaning(Scheme.SUBJECT, text)


def test_texts_are_counted_by_vocabulary_and_normal_form(source):
    say(source, "Course", "Wiskunst", "WISKUNST!")
    say(source, "Course", "Wiskunst")
    say(source, "Level", "Wiskunst", "Klas  drie")
    say(source, "Sector", "Basis")
    say(source, "Year", "Derde")
    assert refresh_suggestions() == 5
    assert counted() == {
        ("subject", "wiskunst"): (2, 2),
        ("level", "wiskunst"): (1, 1),
        ("level", "klas drie"): (1, 1),
        ("sector", "basis"): (1, 1),
        ("year", "derde"): (1, 1),
    }
    assert Suggestion.objects.get(scheme="subject").text == "Wiskunst", "the spelling that most records have"


def test_only_records_that_are_present_count_and_a_product_counts_once(source):
    first = say(source, "Course", "Wiskunst")
    for state in (RecordState.ACCEPTED, RecordState.QUARANTINED, RecordState.ABSENT):
        issue = ("unknown_text", "Course", "Wiskunst")
        missing = timezone.now() if state == RecordState.ABSENT else None
        make_record(source, first.product, issue, state=state, missing_since=missing)
    make_record(source, None, ("unknown_text", "Course", "Wiskunst"))
    make_record(source, first.product, ("bad_url", "Course", "Wiskunst"), ("unknown_text", "Title", "Wiskunst"))
    refresh_suggestions()
    assert counted() == {("subject", "wiskunst"): (4, 1)}


@pytest.mark.parametrize("text", ["—", "x" * 200])
def test_what_no_alias_could_ever_match_is_left_out(source, text):
    say(source, "Course", text)
    assert refresh_suggestions() == 0


def test_the_publishers_that_say_it_most_are_named_under_the_name_they_have_now(source):
    into = make_publisher(name="Nieuw")
    merged = make_publisher(name="Oud", merged_into=into)
    names = ["A", "B", "C", "D", "E", "F"]
    for place, publisher in enumerate([make_publisher(name=name) for name in names]):
        for _again in range(place + 1):
            say(source, "Course", "Wiskunst", publisher=publisher)
    for _again in range(9):
        make_record(source, None, ("unknown_text", "Course", "Wiskunst"), publisher=merged)
    refresh_suggestions()
    assert Suggestion.objects.get().publisher_names == ["Nieuw", "F", "E", "D", "C"]


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("Course", "Aardrijskunde", "aardrijkskunde"),
        ("Course", "bedrijfs economie", "bedrijfseconomie"),
        ("Sector", "voortgezet ond.", "vo"),
        ("Course", "Toetsen", None),
        ("Level", "Biologie", None),
        ("Year", "leerjaar drie", None),
    ],
)
def test_what_it_might_mean_is_what_it_is_most_like(source, field, text, code):
    say(source, field, text)
    refresh_suggestions()
    proposed = Suggestion.objects.get().proposed
    assert (proposed.code if proposed else None) == code


def test_a_decision_outlives_a_count_and_what_nobody_says_any_more_counts_nothing(source):
    say(source, "Course", "Wiskunst")
    say(source, "Course", "Rekenkunde")
    refresh_suggestions()
    first = Suggestion.objects.get(key="wiskunst")
    dismiss_suggestion(first, actor="redactie")
    Record.objects.filter(issues__contains=[{"value": "Rekenkunde"}]).update(issues=[])
    say(source, "Course", "Wiskunst")
    refresh_suggestions()
    again = Suggestion.objects.get(pk=first.pk)
    assert (again.state, again.decided_by, again.record_count) == ("dismissed", "redactie", 2)
    assert again.first_seen_at == first.first_seen_at < again.counted_at
    assert counted() == {("subject", "wiskunst"): (2, 2)}
    assert Suggestion.objects.get(key="rekenkunde").publisher_names == []


def test_an_accepted_text_means_what_was_chosen_and_records_are_read_again():
    found = accept_suggestion(one(), concept_codes=["rekenen", "wiskunde", "rekenen"], actor="redactie")
    assert (found.state, found.concepts, found.decided_by) == ("accepted", ["rekenen", "wiskunde"], "redactie")
    assert found.decided_at
    assert meaning().codes == ("rekenen", "wiskunde")
    aliases = ConceptAlias.objects.filter(key="rekenkunde")
    assert {alias.provenance for alias in aliases} == {Provenance.EDITOR}
    request = RereadRequest.objects.get()
    assert request.publisher is None
    assert request.reason == "Tekst gekoppeld: Rekenkunde (vak of leergebied)"


def test_a_text_that_says_nothing_is_known_and_has_no_meaning():
    assert not meaning().is_known
    found = mark_empty(one(), actor="redactie")
    assert (found.state, found.concepts) == ("empty", [])
    assert meaning().is_known
    assert meaning().codes == ()
    assert RereadRequest.objects.count() == 1


def test_a_text_that_is_set_aside_stays_unknown():
    assert dismiss_suggestion(one(), actor="redactie").state == "dismissed"
    assert not meaning().is_known
    assert not RereadRequest.objects.exists()


@pytest.mark.parametrize("codes", [[], ["bestaat-niet"], ["rekenen", "havo"]])
def test_only_concepts_of_its_vocabulary_can_be_chosen_and_at_least_one(codes):
    suggestion = one()
    with pytest.raises(ValidationError):
        accept_suggestion(suggestion, concept_codes=codes, actor="redactie")
    suggestion.refresh_from_db()
    assert suggestion.state == "open"
    assert not ConceptAlias.objects.filter(key="rekenkunde").exists()
    assert not RereadRequest.objects.exists()


DECISIONS = {
    "accepted": lambda found: accept_suggestion(found, concept_codes=["rekenen"], actor="redactie"),
    "empty": lambda found: mark_empty(found, actor="redactie"),
    "dismissed": lambda found: dismiss_suggestion(found, actor="redactie"),
}


@pytest.mark.parametrize("first", DECISIONS)
@pytest.mark.parametrize("second", DECISIONS)
def test_what_was_decided_is_reopened_before_it_is_decided_anew(first, second):
    suggestion = one()
    DECISIONS[first](suggestion)
    with pytest.raises(ValidationError, match="Heropen"):
        DECISIONS[second](suggestion)
    reopen_suggestion(suggestion)
    assert DECISIONS[second](suggestion).state == second


@pytest.mark.parametrize("decision", DECISIONS)
def test_reopening_takes_back_what_was_done_and_no_more(decision):
    before = set(ConceptAlias.objects.values_list("scheme", "key", "concept", "provenance"))
    other = one("Cijferen")
    accept_suggestion(other, concept_codes=["rekenen"], actor="redactie")
    suggestion = one()
    RereadRequest.objects.all().delete()
    DECISIONS[decision](suggestion)
    found = reopen_suggestion(suggestion)
    assert (found.state, found.concepts, found.decided_by, found.decided_at) == ("open", [], "", None)
    assert not meaning().is_known
    assert meaning("Cijferen").codes == ("rekenen",)
    assert RereadRequest.objects.count() == (0 if decision == "dismissed" else 2)
    reopen_suggestion(other)
    assert set(ConceptAlias.objects.values_list("scheme", "key", "concept", "provenance")) == before
    with pytest.raises(ValidationError):
        reopen_suggestion(other)


def test_an_alias_of_the_seed_stays_the_seeds():
    concept = Concept.objects.get(scheme="subject", code="rekenen")
    row = {"scheme": "subject", "concept": concept, "text": "Rekenkunde", "key": "rekenkunde"}
    ConceptAlias.objects.create(provenance=Provenance.SEED, **row)
    suggestion = one()
    accept_suggestion(suggestion, concept_codes=["rekenen"], actor="redactie")
    reopen_suggestion(suggestion)
    assert ConceptAlias.objects.get(**row).provenance == Provenance.SEED


def test_as_many_queries_for_much_as_for_little(source, django_assert_max_num_queries):
    say(source, "Course", "Wiskunst")
    with django_assert_max_num_queries(20) as few:
        refresh_suggestions()
    for number in range(20):
        say(source, "Course", f"Vak {number} van iemand", publisher=Publisher.objects.first())
    with django_assert_max_num_queries(len(few)):
        refresh_suggestions()
