"""People who wait for a lead's or staff's word that they work at a school."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from accounts.models import Affiliation, SectionMember
from tests.accounts.places import (
    affiliate,
    make_federated,
    make_person,
    make_school,
    make_section,
    make_teacher,
    roles_in,
)
from tests.catalogus.web.page import Page
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PAGE = "/account/goedkeuren/"


@pytest.fixture
def school():
    return make_school("99AA", domain="baken.example")


@pytest.fixture
def pending(school):
    person = make_person("jan", email="jan@baken.example")
    return affiliate(person, school, assurance="mail", state="pending")


def people(school):
    """Who may say that another works at the school, and who may not."""
    elsewhere = make_school("99BB")
    lead, member, other = make_teacher("els", school), make_teacher("kim", school), make_teacher("bo", elsewhere)
    make_section(school, lead=lead, members=(member,))
    make_section(elsewhere, lead=other)
    return {
        "lead": (sign_in(Client(), lead), 200, 200, 302),
        "staff": (sign_in(Client(), make_person("redactie", is_staff=True)), 200, 200, 302),
        "lead elsewhere": (sign_in(Client(), other), 200, 0, 403),
        "member": (sign_in(Client(), member), 403, 0, 403),
        "moderator": (sign_in(Client(), make_person("mo", is_moderator=True)), 403, 0, 403),
        "teacher": (sign_in(Client(), make_teacher("li", school)), 403, 0, 403),
        "pupil": (sign_in(Client(), make_person("pip")), 403, 0, 403),
        "staff without second factor": (
            sign_in(Client(), make_person("nieuw", is_staff=True), second_factor=False),
            302,
            0,
            302,
        ),
        "nobody": (Client(), 302, 0, 302),
    }


def test_who_may_decide_sees_and_decides_and_nobody_else(school, pending):
    for who, (visit, status, sees, decides) in people(school).items():
        Affiliation.objects.filter(pk=pending.pk).update(state="pending", decided_at=None, decided_by=None)
        response = visit.get(PAGE)
        assert response.status_code == status, who
        assert ("jan@baken.example" in response.content.decode()) == bool(sees), who
        response = visit.post(f"{PAGE}{pending.pk}/", {"besluit": "ja"})
        assert response.status_code == decides, who
        pending.refresh_from_db()
        assert (pending.state == "approved") == bool(sees), who


def test_nobody_decides_on_themselves(school, pending):
    staff = make_person("redactie", is_staff=True, email="redactie@baken.example")
    own = affiliate(staff, school, assurance="mail", state="pending")
    visit = sign_in(Client(), staff)
    assert "redactie@" not in visit.get(PAGE).content.decode()
    assert visit.post(f"{PAGE}{own.pk}/", {"besluit": "ja"}).status_code == 403
    own.refresh_from_db()
    assert own.state == "pending"


@pytest.fixture
def staff():
    return sign_in(Client(), make_person("redactie", is_staff=True))


def test_a_refusal_needs_a_reason_told_at_its_field(staff, pending):
    url = f"{PAGE}{pending.pk}/"
    for reason, words in (("", "Geef een reden"), ("  ", "Geef een reden"), ("x" * 501, "500"), ("a\x00b", "null")):
        response = staff.post(url, {"besluit": "nee", "reason": reason})
        assert response.status_code == 400
        page = Page(response)
        field = f"id_{pending.pk}_reason"
        assert words.lower() in page.text(f"//*[@id='{field}_error']").lower()
        (described_by,) = page.all(f"//input[@id='{field}']/@aria-describedby")
        assert f"{field}_error" in described_by.split()
    pending.refresh_from_db()
    assert pending.state == "pending"
    response = staff.post(url, {"besluit": "nee", "reason": "Onbekend bij ons."})
    assert [str(each) for each in get_messages(response.wsgi_request)] == [
        "U hebt het niet bevestigd; Jan krijgt uw reden."
    ]
    pending.refresh_from_db()
    assert (pending.state, pending.reason) == ("refused", "Onbekend bij ons.")


def test_what_another_decided_meanwhile_is_told(staff, pending):
    Affiliation.objects.update(state="ended", ended_at=pending.asked_at)
    response = staff.post(f"{PAGE}{pending.pk}/", {"besluit": "ja"}, follow=True)
    assert "al besloten" in str(next(iter(response.context["messages"])))
    assert "Er wacht niemand" in Page(response).text()
    assert staff.post(f"{PAGE}{10**17}/", {"besluit": "ja"}).status_code == 404


def test_an_affiliate_is_told_of_without_a_subject(staff, school):
    person = make_federated("geheim-kenmerk")
    affiliate(person, school, role="affiliate", state="pending")
    page = Page(staff.get(PAGE))
    assert "betrokkene, School 99AA" in page.text()
    assert "geheim-kenmerk" not in page.text()


def test_a_decision_is_put_right(school):
    lead = make_teacher("els", school)
    section = make_section(school, lead=lead)
    visit = sign_in(Client(), lead)
    jan = make_person("jan", email="jan@baken.example")
    wrong = affiliate(jan, school, assurance="mail", state="refused", reason="Vergissing.")
    gone = affiliate(make_person("kim"), school, assurance="mail")
    SectionMember.objects.create(section=section, user=gone.user)
    affiliate(make_person("bo"), make_school("99BB"), assurance="mail")
    assert sorted(Page(visit.get(PAGE)).texts("//h3")) == ["Jan", "Kim"]
    visit.post(f"{PAGE}{wrong.pk}/", {"besluit": "ja"})
    without = visit.post(f"{PAGE}{gone.pk}/beeindigen/", {"reason": ""})
    assert without.status_code == 400
    assert "Geef een reden" in Page(without).text(f"//*[@id='id_{gone.pk}_reason_error']")
    assert visit.post(f"{PAGE}{gone.pk}/beeindigen/", {"reason": "Met pensioen."}).status_code == 302
    for affiliation, state in ((wrong, "approved"), (gone, "ended")):
        affiliation.refresh_from_db()
        assert affiliation.state == state
    assert roles_in(section) == {"els": "lead"}


def test_who_does_not_lead_there_ends_nobody(school):
    known = affiliate(make_person("jan"), school, assurance="mail")
    elsewhere = make_school("99BB")
    lead = make_teacher("bo", elsewhere)
    make_section(elsewhere, lead=lead)
    for visit in (
        sign_in(Client(), lead),
        sign_in(Client(), make_teacher("li", school)),
        sign_in(Client(), known.user),
    ):
        assert visit.post(f"{PAGE}{known.pk}/beeindigen/", {"reason": "Weg."}).status_code == 403
    assert Client().post(f"{PAGE}{known.pk}/beeindigen/", {"reason": "Weg."}).status_code == 302
    known.refresh_from_db()
    assert known.state == "approved"


def test_whom_the_school_itself_names_is_not_ended_here(staff, school):
    named = affiliate(make_person("jan"), school)
    assert "Jan" not in Page(staff.get(PAGE)).text()
    response = staff.post(f"{PAGE}{named.pk}/beeindigen/", {"reason": "Weg."})
    assert response.status_code == 400
    named.refresh_from_db()
    assert named.state == "approved"
