from datetime import timedelta

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogus.models import Product, Publisher
from ingest.models import QualitySnapshot, Record, RecordState
from ingest.quality.completeness import PARTS
from ingest.quality.report import quality_report
from ingest.quality.snapshots import take_snapshots
from ingest.quality.subjects import Subject
from tests.factories import make_edition, make_method, make_product, make_publisher, valid_ean
from tests.ingest.quality.objects import make_harvest, make_record, make_source

pytestmark = pytest.mark.django_db

SAYS_ALL = {
    "ean": valid_ean(1),
    "state": "available",
    "price_cents": 1995,
    "currency": "EUR",
    "sectors": ["vo"],
    "subjects": ["wiskunde"],
    "levels": ["havo"],
    "description": "Een leerboek.",
    "cover_url": "https://noord.example/omslag.png",
    "medium": "book",
    "information_url": "https://noord.example/",
    "first_published_on": "2024-08-01",
    "role": "learner",
    "authors": ["J. de Vries"],
}
SAYS_NOTHING = {"state": "unknown", "medium": "unknown", "role": "unknown"}
EMPTY: dict[str, dict[str, object]] = {
    "ean": {"ean": None},
    "state": {"state": "unknown"},
    "price": {"price_cents": None, "currency": ""},
    "sector": {"sectors": []},
    "subject": {"subjects": []},
    "audience": {"levels": []},
    "description": {"description": " "},
    "cover": {"cover_url": ""},
    "medium": {"medium": "unknown"},
    "information": {"information_url": ""},
    "published": {"first_published_on": None},
    "role": {"role": "unknown"},
    "authors": {"authors": []},
}


def taken(harvest, publisher=None) -> QualitySnapshot:
    return QualitySnapshot.objects.get(harvest=harvest, publisher=publisher)


def report_of(subject):
    report = quality_report(subject)
    assert report
    return report


def rows():
    return [model_to_dict(row) for row in QualitySnapshot.objects.order_by("pk")]


def complete_product(**fields) -> Product:
    method = make_method(publisher=fields.pop("publisher", None), key=fields.pop("key", "kompas"))
    edition = make_edition(method=method, label="3e druk", key="3", ordinal=3)
    return make_product(edition=edition, origin_method=method, **(SAYS_ALL | fields))


def test_numbers_of_a_small_source_by_hand():
    harvest = make_harvest()
    source, publisher = harvest.source, make_publisher()
    make_record(source, complete_product(publisher=publisher))
    bare = make_product(method=make_method(publisher=publisher, key="=bare"), **SAYS_NOTHING)
    flagged = make_record(
        source,
        bare,
        ("no_state", "ProductState", ""),
        ("bad_url", "A", "x"),
        ("bad_url", "B", "y"),
        ("bad_url", "C", "y"),
    )
    refused = make_record(source, None, ("no_title", "Title", ""), publisher=publisher)
    make_record(source, None, ("no_publisher", "Publisher", ""))
    make_record(source, bare, ("no_medium", "Medium", ""), state=RecordState.ABSENT, missing_since=timezone.now())
    assert take_snapshots(harvest) == 2

    own = taken(harvest, publisher)
    assert (own.records, own.quarantined, own.flagged) == (3, 1, 1)
    # 30 of the 60 points that two accepted records can have; of three records one counts whole and one half.
    assert (own.completeness_score, own.correctness_score) == (500, 500)
    assert own.completeness == dict.fromkeys(PARTS, 1)
    assert own.findings == {
        "no_state": {"records": 1, "times": 1, "examples": [[flagged.pk, "ProductState", ""]]},
        "bad_url": {
            "records": 1,
            "times": 3,
            "examples": [[flagged.pk, "A", "x"], [flagged.pk, "B", "y"], [flagged.pk, "C", "y"]],
        },
        "no_title": {"records": 1, "times": 1, "examples": [[refused.pk, "Title", ""]]},
    }
    whole = taken(harvest)
    assert (whole.records, whole.quarantined, whole.flagged, whole.correctness_score) == (4, 2, 1, 375)
    assert set(whole.findings) == {*own.findings, "no_publisher"}


@pytest.mark.parametrize("part", EMPTY)
def test_what_a_product_does_not_say_costs_its_points(part):
    harvest = make_harvest()
    make_record(harvest.source, complete_product(**EMPTY[part]))
    take_snapshots(harvest)
    snapshot = taken(harvest)
    assert [code for code, count in snapshot.completeness.items() if not count] == [part]
    assert snapshot.completeness_score == round(1000 * (30 - PARTS[part].points) / 30)


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, set()),
        ({"key": "=1"}, {"family"}),
        ({"price_cents": None, "price_excl_cents": 1830}, set()),
        ({"levels": [], "years": ["leerjaar-3"]}, set()),
    ],
)
def test_what_counts_as_said(fields, missing):
    harvest = make_harvest()
    make_record(harvest.source, complete_product(**fields))
    take_snapshots(harvest)
    assert {code for code, count in taken(harvest).completeness.items() if not count} == missing


def test_the_edition_that_nobody_knows_is_not_said():
    harvest = make_harvest()
    method = make_method(key="kompas")
    make_record(harvest.source, make_product(method=method))
    take_snapshots(harvest)
    assert taken(harvest).completeness["edition"] == 0
    assert taken(harvest).completeness["family"] == 1


def test_a_publisher_counts_over_all_sources_and_a_source_by_itself():
    harvest, other = make_harvest(), make_source()
    product = make_product()
    make_record(harvest.source, product)
    make_record(other, product, ("no_state", "ProductState", ""))
    make_record(other, make_product())
    take_snapshots(harvest)
    assert taken(harvest).records == 1
    assert (taken(harvest, product.publisher).records, taken(harvest, product.publisher).flagged) == (2, 1)
    assert QualitySnapshot.objects.count() == 2, "who has nothing in this source has no snapshot of its pass"


def test_merged_publishers_count_with_the_one_they_became():
    harvest = make_harvest()
    last = make_publisher()
    middle = make_publisher(merged_into=last)
    first = make_publisher(merged_into=middle)
    product = make_product(method=make_method(publisher=last))
    make_record(harvest.source, product)
    make_record(harvest.source, None, ("no_title", "Title", ""), publisher=first)
    make_record(harvest.source, None, ("no_title", "Title", ""), publisher=middle)
    take_snapshots(harvest)
    assert set(QualitySnapshot.objects.values_list("publisher", "records")) == {(None, 3), (last.pk, 3)}


def test_a_merge_between_two_takings_of_one_pass_leaves_no_stale_row():
    harvest = make_harvest()
    into, former = make_publisher(), make_publisher()
    for publisher in (into, former):
        make_record(harvest.source, make_product(method=make_method(publisher=publisher)))
    take_snapshots(harvest)
    Publisher.objects.filter(pk=former.pk).update(merged_into=into)
    take_snapshots(harvest)
    assert set(QualitySnapshot.objects.values_list("publisher", "records")) == {(None, 2), (into.pk, 2)}


def test_a_record_without_a_publisher_of_its_own_is_its_products():
    harvest = make_harvest()
    product = make_product()
    make_record(harvest.source, product, ("no_publisher", "Publisher", ""), state="quarantined", publisher=None)
    take_snapshots(harvest)
    assert taken(harvest, product.publisher).quarantined == 1


def test_of_whom_all_records_are_gone_the_numbers_are_nothing():
    harvest = make_harvest()
    product = make_product()
    make_record(harvest.source, product, state=RecordState.ABSENT, missing_since=timezone.now())
    take_snapshots(harvest)
    snapshot = taken(harvest, product.publisher)
    assert (snapshot.records, snapshot.completeness_score, snapshot.correctness_score) == (0, 0, 0)
    assert report_of(Subject.of_publisher(product.publisher)).most_points == 0


def test_comparing_looks_at_accepted_records_alone():
    harvest = make_harvest()
    product = make_product(successor_identifier="nergens")
    record = make_record(harvest.source, product)
    take_snapshots(harvest)
    assert taken(harvest).findings["dead_successor"]["examples"] == [[record.pk, "FollowupProduct", "nergens"]]
    assert taken(harvest).flagged == 1
    Record.objects.update(state="quarantined")
    take_snapshots(harvest)
    assert taken(harvest).findings == {}


def test_examples_show_different_values_first_and_of_these_the_most_frequent():
    harvest = make_harvest()
    for value in ("rood", "geel", "geel", "blauw", "groen", "groen", "groen"):
        make_record(harvest.source, make_product(), ("unknown_text", "Level", value))
    take_snapshots(harvest)
    examples = taken(harvest).findings["unknown_text"]["examples"]
    assert [value for _record, _field, value in examples] == ["groen", "geel", "rood"]


def test_a_code_that_no_check_has_is_not_counted():
    harvest = make_harvest()
    make_record(harvest.source, make_product(), ("van_vroeger", "Title", "x"))
    take_snapshots(harvest)
    assert (taken(harvest).flagged, taken(harvest).findings) == (0, {})


def test_taken_twice_the_rows_are_the_same():
    harvest = make_harvest(finished_at=timezone.now() - timedelta(hours=3))
    for number in range(4):
        make_record(harvest.source, make_product(), ("bad_url", "A", str(number)), ("no_state", "B", ""))
    take_snapshots(harvest)
    before = rows()
    take_snapshots(harvest)
    assert rows() == before
    assert len(before) == 5
    assert {row["at"] for row in before} == {harvest.finished_at}


def test_as_many_statements_for_many_publishers_as_for_few():
    harvest = make_harvest()

    def statements() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            take_snapshots(harvest)
        return [query["sql"] for query in captured]

    make_record(harvest.source, make_product())
    few = statements()
    for _number in range(20):
        make_record(harvest.source, make_product(), ("no_state", "A", ""), ("bad_url", "B", "x"))
    many = statements()
    assert len(many) == len(few) < 20
    written = [sql for sql in many if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written
    assert all('"ingest_qualitysnapshot"' in sql.split("WHERE")[0] for sql in written), "it writes nothing else"


def test_the_report_says_first_what_there_is_most_to_gain_by():
    harvest = make_harvest()
    for fields in ({"ean": None, "cover_url": ""}, {"ean": None}, {"ean": valid_ean(2), "cover_url": ""}):
        make_record(harvest.source, complete_product(**fields), ("no_state", "A", ""))
    make_record(harvest.source, None, ("no_title", "Title", ""), ("bad_url", "B", "x"))
    take_snapshots(harvest)
    report = report_of(Subject.of_source(harvest.source))
    first = [(line.part.code, line.filled, line.share) for line in report.parts[:2]]
    assert first == [("ean", 1, 333), ("cover", 1, 333)]
    assert (report.points, report.most_points) == (90 - 2 * 3 - 2 * 2, 90)
    assert [line.check.code for line in report.errors] == ["no_title"]
    warnings = [(line.check.code, line.records, line.share) for line in report.warnings]
    assert warnings == [("no_state", 3, 750), ("bad_url", 1, 250)]
    assert (report.now.accepted, report.now.clean) == (3, 0)


def test_a_check_that_is_no_more_is_left_out_of_the_report():
    harvest = make_harvest()
    make_record(harvest.source, make_product(), ("no_state", "A", ""))
    take_snapshots(harvest)
    snapshot = taken(harvest)
    snapshot.findings["van_vroeger"] = {"records": 9, "times": 9, "examples": []}
    snapshot.save()
    report = report_of(Subject.of_source(harvest.source))
    assert [line.check.code for line in report.warnings] == ["no_state"]
