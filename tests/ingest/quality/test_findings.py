import pytest
from django.utils import timezone

from ingest.models import RecordState
from ingest.quality.checks import CHECKS
from ingest.quality.findings import FindingCount, ValueCount, common_values, count_findings, findings, findings_page
from ingest.quality.subjects import Subject
from tests.factories import make_method, make_product, make_publisher, valid_ean
from tests.ingest.quality.objects import make_record, make_source

pytestmark = pytest.mark.django_db

NO_STATE, BAD_URL, DEAD = CHECKS["no_state"], CHECKS["bad_url"], CHECKS["dead_successor"]


def of(publisher):
    return Subject.of_publisher(publisher)


def test_a_finding_tells_what_a_publisher_knows_the_record_by():
    source = make_source(name="Koppelpunt")
    publisher = make_publisher(name="Noord")
    product = make_product(
        method=make_method(publisher=publisher), title="Kompas", ean=valid_ean(1), identifier=valid_ean(1)
    )
    record = make_record(source, product, ("bad_url", "AccessLocation", "bij ons"), identifier="noord:1")
    (found,) = findings(of(publisher))
    assert (found.record_id, found.record, found.product_code, found.ean) == (
        record.pk, "noord:1", valid_ean(1), valid_ean(1),
    )  # fmt: skip
    assert (found.title, found.public_id, found.source, found.publisher) == (
        "Kompas", product.public_id, "Koppelpunt", "Noord",
    )  # fmt: skip
    assert (found.check, found.field, found.value) == (BAD_URL, "AccessLocation", "bij ons")


def test_findings_come_by_record_first_those_of_reading_then_those_of_comparing():
    source, publisher = make_source(), make_publisher()
    method = make_method(publisher=publisher)
    one = make_record(
        source,
        make_product(method=method, successor_identifier="nergens"),
        ("no_state", "A", ""),
        ("bad_url", "B", "x"),
    )
    two = make_record(source, make_product(method=method), ("no_state", "A", ""))
    assert [(found.record_id, found.code) for found in findings(of(publisher))] == [
        (one.pk, "no_state"),
        (one.pk, "bad_url"),
        (one.pk, "dead_successor"),
        (two.pk, "no_state"),
    ]
    assert [found.record_id for found in findings(of(publisher), DEAD)] == [one.pk]
    assert [found.record_id for found in findings(of(publisher), NO_STATE)] == [one.pk, two.pk]


def test_whose_findings_they_are():
    source, other = make_source(), make_source()
    into = make_publisher()
    merged = make_publisher(merged_into=into)
    issue = ("no_state", "A", "")
    rows = {
        "own": make_record(source, make_product(method=make_method(publisher=into)), issue),
        "elsewhere": make_record(other, make_product(method=make_method(publisher=into)), issue),
        "merged": make_record(source, make_product(), issue, publisher=merged),
        "of its product": make_record(
            source, make_product(method=make_method(publisher=into)), issue, publisher=None, state="quarantined"
        ),
        "refused": make_record(source, None, issue, publisher=into),
        "nobody's": make_record(source, None, issue),
        "another's": make_record(source, make_product(), issue),
        "absent": make_record(
            source,
            make_product(method=make_method(publisher=into)),
            issue,
            state=RecordState.ABSENT,
            missing_since=timezone.now(),
        ),
    }
    names = {record.pk: name for name, record in rows.items()}

    def found(subject):
        return {names[finding.record_id] for finding in findings(subject)}

    assert found(of(into)) == {"own", "elsewhere", "merged", "of its product", "refused"}
    assert found(Subject.of_source(source)) == {"own", "merged", "of its product", "refused", "nobody's", "another's"}
    assert found(Subject.of_source(other)) == {"elsewhere"}


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("check", [BAD_URL, DEAD])
def test_pages_follow_on_each_other_whatever_their_size(size, check):
    source, publisher = make_source(), make_publisher()
    method = make_method(publisher=publisher)
    for number in range(7):
        product = make_product(method=method, successor_identifier="nergens" if number % 3 else "")
        make_record(source, product, *[("bad_url", field, "x") for field in "AB" if number % 3])
    subject = of(publisher)
    seen, after = [], 0
    while page := findings_page(subject, check, after=after, size=size):
        assert len({found.record_id for found in page}) <= size
        seen += page
        after = page[-1].record_id
    assert seen == list(findings(subject, check))
    assert count_findings(subject, check) == FindingCount(4, 8 if check is BAD_URL else 4)


def test_values_that_several_records_have():
    source, publisher = make_source(), make_publisher()
    for value in ("x", "y", "y", "z", "z", "z", "", ""):
        make_record(source, make_product(method=make_method(publisher=publisher)), ("bad_url", "A", value))
    expected = [ValueCount("A", "z", 3), ValueCount("A", "y", 2)]
    assert common_values(of(publisher), BAD_URL, most=5) == expected
    assert common_values(of(publisher), BAD_URL, most=1) == expected[:1]
