import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.urls import reverse

from ingest.models import DataReport
from ingest.services.reports import report_fault
from tests.catalogus.web.page import Page
from tests.factories import make_product
from tests.ingest.web.people import make_member, make_staff, make_user
from tests.people import sign_in

pytestmark = pytest.mark.django_db

LIST = "/beheer/ingest/datareport/"


@pytest.fixture
def report() -> DataReport:
    product = make_product(title="Meten en weten 3")
    return report_fault(about=product, kind="price", text="De prijs is verouderd.", reply_email="jip@school.example")


@pytest.fixture
def editor(client):
    sign_in(client, make_staff())
    return client


def path(report: DataReport) -> str:
    return reverse("admin:ingest_datareport_change", args=[report.pk])


def delete_path(report: DataReport) -> str:
    return reverse("admin:ingest_datareport_delete", args=[report.pk])


def listed(client, query=""):
    return Page(client.get(f"{LIST}{query}")).texts("//table[@id='result_list']/tbody/tr/th")


def test_open_reports_are_listed_and_others_by_choice(editor, report):
    report_fault(about=report.product.method, kind="title", text="De naam is anders.")
    assert listed(editor) == [report.product.method.name, "Meten en weten 3"]
    assert listed(editor, "?kind__exact=price") == ["Meten en weten 3"]
    assert listed(editor, "?q=verouderd") == ["Meten en weten 3"]
    editor.post(path(report), {"decision": "handled", "note": ""})
    assert listed(editor) == [report.product.method.name]
    assert listed(editor, "?toestand=handled") == ["Meten en weten 3"]
    assert len(listed(editor, "?toestand=all")) == 2


@pytest.mark.parametrize(("decision", "state"), [("handled", "handled"), ("declined", "declined")])
def test_deciding_and_taking_it_back(editor, report, decision, state):
    page = Page(editor.get(path(report)))
    assert "jip@school.example" in page.text("//div[@id='content-main']")
    response = editor.post(path(report), {"decision": decision, "note": "Nagekeken."}, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    report.refresh_from_db()
    assert (report.state, report.note, report.reply_email) == (state, "Nagekeken.", "")
    assert report.handled_by.startswith("mens-")
    assert "Nagekeken." in Page(editor.get(path(report))).text("//div[@id='content-main']")
    editor.post(path(report), {"decision": "reopen"})
    report.refresh_from_db()
    assert report.is_open


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"decision": "declined", "note": " "}, "Zeg in de notitie waarom"),
        ({}, "Kies wat er met de melding gebeurt."),
        ({"decision": "handled", "note": "x" * 2_001}, "2000"),
    ],
)
def test_what_cannot_be_is_explained(editor, report, answer, said):
    response = editor.post(path(report), answer)
    assert response.status_code == 200
    assert said in " ".join(Page(response).texts("//ul[contains(@class, 'errorlist')]/li"))
    report.refresh_from_db()
    assert report.is_open


def test_several_at_once(editor, report):
    other = report_fault(about=report.product, kind="title", text="De titel is anders.")
    editor.post(path(other), {"decision": "handled"})
    chosen = {"action": "mark_as_handled", "_selected_action": [report.pk, other.pk]}
    text = editor.post(f"{LIST}?toestand=all", chosen, follow=True).content.decode()
    assert "1 melding is afgehandeld." in text
    assert "Deze melding is al afgehandeld" in text


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (lambda: None, 302),
        (make_user, 302),
        (make_member, 302),
        (lambda: make_user(is_superuser=True), 302),
        (make_staff, 200),
    ],
)
def test_editors_decide_and_nobody_else(client, report, person, status):
    if user := person():
        sign_in(client, user)
    assert client.get(LIST).status_code == status
    assert client.get(path(report)).status_code == status
    client.post(path(report), {"decision": "handled"})
    report.refresh_from_db()
    assert report.is_open == (status != 200)
    client.post(delete_path(report), {"post": "yes"})
    assert DataReport.objects.exists() == (status != 200)


@pytest.mark.parametrize("way", ["page", "list"])
def test_a_report_is_deleted_once_it_was_confirmed_and_the_log_says_so(editor, report, way):
    def press(**answer):
        if way == "page":
            return editor.post(delete_path(report), answer) if answer else editor.get(delete_path(report))
        return editor.post(LIST, {"action": "delete_selected", "_selected_action": [report.pk]} | answer)

    asked = press()
    assert asked.status_code == 200
    assert Page(asked).all("//form//input[@name='post']/@value") == ["yes"]
    assert DataReport.objects.exists()
    assert press(post="yes")["Location"] == LIST
    assert not DataReport.objects.exists()
    logged = LogEntry.objects.get()
    assert (logged.action_flag, logged.user.is_staff) == (DELETION, True)
    assert logged.object_repr == "De prijs: Meten en weten 3", "what was written is nowhere any more"
    assert not logged.change_message


@pytest.mark.parametrize("is_closed", [False, True])
def test_the_page_of_a_report_leads_to_its_deletion(editor, report, is_closed):
    if is_closed:
        editor.post(path(report), {"decision": "handled"})
    assert Page(editor.get(path(report))).href("Verwijder") == delete_path(report)


@pytest.mark.parametrize("address", ["add/", "999999/change/"])
def test_reports_are_not_made_by_hand(editor, address):
    assert editor.get(f"{LIST}{address}").status_code in {403, 404}


def test_the_list_takes_as_many_queries_for_much_as_for_little(editor, report, django_assert_max_num_queries):
    editor.get(LIST)
    with django_assert_max_num_queries(12) as few:
        editor.get(LIST)
    for number in range(20):
        report_fault(about=make_product(), kind="price", text=f"De prijs is verouderd {number}.")
    with django_assert_max_num_queries(len(few)):
        editor.get(LIST)
