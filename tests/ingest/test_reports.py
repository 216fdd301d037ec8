"""Reports of visitors as the service and the database keep them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from ingest.models import DataReport, ReportState
from ingest.selectors.reports import open_reports_of, reportable_method, reportable_product
from ingest.services.reports import close_report, reopen_report, report_fault
from ingest.tasks import forget_old_reports
from ingest.visitor_text import clean_text
from tests.factories import make_method, make_product

pytestmark = pytest.mark.django_db

TEXT = "Er staat € 12, maar op de site van de uitgever € 21."


def make_report(about=None, kind="price", text=TEXT, **fields) -> DataReport:
    return report_fault(about=about or make_product(), kind=kind, text=text, **fields)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Prijs klopt niet  \r\n\r\n\r\nEcht niet\t!", "Prijs klopt niet\n\nEcht niet !"),
        ("op\u202ekaas\u2066\u2069\ufeff\u200b\x00\x07\x9f", "opkaas"),
        ("e\u0301e\u0301n 👩\u200d🏫", "één 👩\u200d🏫"),
        ("half \ud800 teken", "half  teken"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\u202e\x00\n \n", ""),
    ],
)
def test_what_nobody_sees_is_left_out(typed, kept):
    assert clean_text(typed) == kept
    assert clean_text(kept) == kept


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"text": "prijs"}, "text"),
        ({"text": "\u202e" * 50}, "text"),
        ({"text": "x" * 2_001}, "text"),
        ({"kind": "onzin"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"reply_email": "geen adres"}, "reply_email"),
        ({"reply_email": f"{'a' * 250}@b.example"}, "reply_email"),
    ],
)
def test_what_cannot_be_kept_is_named_and_nothing_is(fields, name):
    with pytest.raises(ValidationError) as caught:
        make_report(**fields)
    assert list(caught.value.message_dict) == [name]
    assert not DataReport.objects.exists()


@pytest.mark.parametrize("length", [10, 2_000])
def test_texts_of_the_least_and_the_largest_size(length):
    assert len(make_report(text="x" * length).text) == length


def test_the_same_twice_is_one_report():
    product = make_product()
    first = make_report(about=product)
    again = make_report(about=product, text=f"  {TEXT}\r\n", reply_email="Jip@School.example")
    assert first == again
    assert again.reply_email == "jip@school.example"
    assert make_report(about=product, reply_email="ander@school.example").reply_email == "jip@school.example"
    assert make_report(about=product, kind="title") != first
    assert make_report(about=product.method) != first
    close_report(first, state=ReportState.HANDLED, note="", actor="redactie")
    assert make_report(about=product) != first


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"method": None, "product": None}, "about_one_thing"),
        ({"method": "its", "product": "own"}, "about_one_thing"),
        ({"text": "kort"}, "fit_length"),
        ({"kind": "onzin"}, "kind_is_known"),
        ({"state": "weg", "handled_at": timezone.now()}, "state_is_known"),
        ({"state": "handled"}, "closed_is_dated"),
        ({"state": "handled", "handled_at": timezone.now(), "reply_email": "a@b.example"}, "closed_is_dated"),
        ({"handled_at": timezone.now()}, "closed_is_dated"),
        ({"state": "declined", "handled_at": timezone.now(), "note": " "}, "declined_says_why"),
    ],
)
def test_the_database_refuses_what_is_never_true(fields, constraint):
    product = make_product()
    known = {"its": product.method, "own": product}
    defaults = {"product": product, "kind": "price", "text": TEXT, "created_at": timezone.now()}
    given = {name: known.get(value, value) if isinstance(value, str) else value for name, value in fields.items()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DataReport.objects.create(**(defaults | given))


def test_closing_takes_the_address_away_and_says_who():
    report = make_report(reply_email="jip@school.example")
    closed = close_report(report, state=ReportState.HANDLED, note="Aangepast.", actor="Redactie (account 1)")
    assert (closed.state, closed.note, closed.reply_email) == ("handled", "Aangepast.", "")
    assert (closed.handled_by, closed.handled_at is not None) == ("Redactie (account 1)", True)
    with pytest.raises(ValidationError, match="al afgehandeld door Redactie"):
        close_report(report, state=ReportState.DECLINED, note="Toch niet.", actor="ander")
    assert reopen_report(closed).is_open


def test_who_sends_it_again_while_it_is_closed_leaves_no_address():
    report = make_report()
    is_closed = False

    def close_once_found(execute, sql, params, many, context):
        nonlocal is_closed
        result = execute(sql, params, many, context)
        if not is_closed and sql.startswith("SELECT") and "ingest_datareport" in sql:
            is_closed = True
            close_report(report, state=ReportState.HANDLED, note="", actor="redactie")
        return result

    with connection.execute_wrapper(close_once_found):
        again = make_report(about=report.product, reply_email="jip@school.example")
    assert (again, again.reply_email) == (report, "")
    report.refresh_from_db()
    assert (report.state, report.reply_email) == ("handled", "")


def test_what_was_deleted_meanwhile_is_told():
    report = make_report()
    DataReport.objects.all().delete()
    with pytest.raises(ValidationError, match="intussen verwijderd"):
        close_report(report, state=ReportState.HANDLED, note="", actor="redactie")
    with pytest.raises(ValidationError, match="intussen verwijderd"):
        reopen_report(report)


def test_declining_asks_for_a_reason():
    report = make_report()
    with pytest.raises(ValidationError, match="waarom"):
        close_report(report, state=ReportState.DECLINED, note=" ", actor="redactie")
    assert DataReport.objects.get().is_open
    assert close_report(report, state=ReportState.DECLINED, note="Klopt wel.", actor="redactie").state == "declined"


def test_reopening_what_is_open_again_already():
    product = make_product()
    closed = close_report(make_report(about=product), state=ReportState.HANDLED, note="", actor="redactie")
    make_report(about=product)
    with pytest.raises(ValidationError, match="staat al open"):
        reopen_report(closed)


@pytest.mark.parametrize(("days", "is_kept"), [(91, False), (89, True)])
def test_an_address_is_kept_for_ninety_days(days, is_kept):
    report = make_report(reply_email="jip@school.example")
    DataReport.objects.update(created_at=timezone.now() - timedelta(days=days))
    forget_old_reports()
    forget_old_reports()
    report.refresh_from_db()
    assert (report.reply_email, report.is_open) == ("jip@school.example" if is_kept else "", True)


@pytest.mark.parametrize(("days", "is_kept"), [(366, False), (364, True)])
@pytest.mark.parametrize("state", [ReportState.HANDLED, ReportState.DECLINED])
def test_a_report_is_kept_for_a_year_after_it_was_closed(state, days, is_kept):
    report = close_report(make_report(), state=state, note="Nagekeken.", actor="redactie")
    reopened = reopen_report(close_report(make_report(), state=state, note="Nagekeken.", actor="redactie"))
    long_ago = timezone.now() - timedelta(days=1_000)
    DataReport.objects.update(created_at=long_ago)
    DataReport.objects.filter(pk=report.pk).update(handled_at=timezone.now() - timedelta(days=days))
    forget_old_reports()
    forget_old_reports()
    assert set(DataReport.objects.all()) == ({report, reopened} if is_kept else {reopened})


def test_what_was_merged_leads_to_what_it_became(django_assert_num_queries):
    last = make_product()
    between = make_product(merged_into=last)
    first = make_product(merged_into=between)
    method = make_method(merged_into=last.method)
    assert reportable_product(first.public_id) == last
    assert reportable_method(method.public_id) == last.method
    with django_assert_num_queries(1):
        reportable_product(between.public_id)


def test_a_publisher_has_the_open_reports_of_its_own(django_assert_num_queries):
    product, other = make_product(), make_product()
    about_product, about_method = make_report(about=product), make_report(about=product.method)
    make_report(about=other)
    close_report(make_report(about=product, kind="title"), state=ReportState.HANDLED, note="", actor="redactie")
    with django_assert_num_queries(1):
        found = [(report, str(report.subject)) for report in open_reports_of([product.publisher_id])]
    assert [report for report, _name in found] == [about_method, about_product]
