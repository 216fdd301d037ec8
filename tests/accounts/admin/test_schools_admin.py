"""Schools in the admin: found, given domains, merged and ended, by who may, with a reason."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from accounts.mail_hosts import is_public_host
from accounts.models import Affiliation, School, SchoolDomain, User
from tests.accounts.schools import make_affiliation, make_person, make_school
from tests.people import sign_in

pytestmark = pytest.mark.django_db

ROOT = "/beheer/accounts/school"


@pytest.fixture
def staff() -> Client:
    user = User.objects.create_user(sign_in_name="medewerker", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_school", "change_school"]))
    return sign_in(Client(), user)


@pytest.fixture
def school() -> School:
    return make_school("99AA00", "De Oude", "Keiendam", province="Drenthe")


def text_of(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.parametrize(
    ("asked", "is_found"), [("oude", True), ("OUDÉ keien", True), ("99aa", True), ("duinroos", False)]
)
def test_a_school_is_found_and_looked_at(staff, school, asked, is_found):
    assert ("De Oude" in text_of(staff.get(f"{ROOT}/", {"q": asked}))) == is_found
    page = staff.get(f"{ROOT}/{school.pk}/change/")
    assert "Drenthe" in text_of(page)
    content = page.content.decode()
    assert 'name="domains-0-domain"' in content
    assert 'name="name"' not in content
    assert f"{ROOT}/{school.pk}/merge/" in content


def save(client: Client, school: School, *domains: str, **fields: str):
    rows = {f"domains-{place}-domain": domain for place, domain in enumerate(domains)}
    form = {"domains-TOTAL_FORMS": str(len(domains)), "domains-INITIAL_FORMS": "0"}
    return client.post(f"{ROOT}/{school.pk}/change/", form | rows | fields)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("kiezel.example", "kiezel.example"),
        (" @Kiezel.EXAMPLE ", "kiezel.example"),
        ("kiezel.example.", "kiezel.example"),
        ("mail.kiezel.example", "mail.kiezel.example"),
        ("notgmail.com", "notgmail.com"),
    ],
)
def test_a_domain_is_kept_as_it_is_compared(staff, school, typed, stored):
    assert save(staff, school, typed, name="Gekaapt", code="99ZZ00").status_code == 302
    assert SchoolDomain.objects.get().domain == stored
    school.refresh_from_db()
    assert (school.name, school.code) == ("De Oude", "99AA00")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["kiezel"], "“kiezel” is geen maildomein"),
        (["iemand@kiezel.example"], "is geen maildomein"),
        (["https://kiezel.example/"], "is geen maildomein"),
        (["kiezel.example\x00"], "Null-tekens zijn niet toegestaan"),
        (["x" * 254 + ".example"], "Zorg dat deze waarde niet meer dan 253 tekens bevat"),
        (["gmail.com"], "Bij “gmail.com” kan iedereen een adres krijgen. Geef het domein dat de school"),
        (["@Outlook.com"], "Bij “outlook.com” kan iedereen"),
        (["mail.ziggo.nl"], "Bij “mail.ziggo.nl” kan iedereen"),
        (["kiezel.example", "KIEZEL.example"], "dubbele"),
    ],
)
def test_a_domain_that_cannot_be_says_why(staff, school, typed, said):
    response = save(staff, school, *typed)
    assert response.status_code == 200
    assert said in text_of(response)
    assert not SchoolDomain.objects.exists()


@pytest.mark.parametrize(
    ("domain", "is_public"),
    [
        *((f"{name}.com", True) for name in ("gmail", "outlook", "hotmail", "a.b.gmail")),
        *((f"{name}.nl", True) for name in ("live", "ziggo", "kpnmail")),
        *((domain, False) for domain in ("school.example", "gmail.com.example", "com", "nl", "")),
    ],
)
def test_hosts_where_anybody_has_mail(domain, is_public):
    assert is_public_host(domain) == is_public


def test_a_school_is_merged_with_a_reason(staff, school):
    into = make_school("99BB00", "De Nieuwe", "Keiendam")
    make_affiliation(make_person(), school)
    url = f"{ROOT}/{school.pk}/merge/"
    found = staff.get(url, {"q": "nieuw"}).content.decode()
    assert f"into={into.pk}" in found
    assert f"into={school.pk}" not in staff.get(url, {"q": "keiendam"}).content.decode(), (
        "a school is no choice for itself"
    )
    url += f"?into={into.pk}"
    page = text_of(staff.get(url))
    assert "Gaat op De Oude, Keiendam (99AA00)" in page
    assert "Gaat door De Nieuwe, Keiendam (99BB00)" in page
    assert "Banden met mensen 1" in page
    assert "Dit veld is vereist" in text_of(staff.post(url, {"on": "2026-08-01", "reason": " "}))
    later = timezone.localdate() + timedelta(1)
    assert "is nog niet geweest" in text_of(staff.post(url, {"on": str(later), "reason": "Fusie."}))
    school.refresh_from_db()
    assert school.is_open
    response = staff.post(url, {"on": "2026-08-01", "reason": "Fusie."}, follow=True)
    assert "De Oude, Keiendam (99AA00) gaat op in De Nieuwe, Keiendam (99BB00)." in text_of(response)
    school.refresh_from_db()
    assert (school.merged_into, school.ended_on) == (into, date(2026, 8, 1))
    assert Affiliation.objects.get().school == into
    assert LogEntry.objects.get().change_message.endswith("Fusie.")
    page = staff.get(f"{ROOT}/{school.pk}/change/").content.decode()
    assert f"{ROOT}/{school.pk}/merge/" not in page
    assert "Opgegaan in" in page
    assert "De Oude" in text_of(staff.get(f"{ROOT}/{into.pk}/change/"))


def test_what_cannot_be_merged_says_why(staff, school):
    goes_on = make_school("99CC00")
    School.objects.filter(pk=school.pk).update(merged_into=goes_on, ended_on=date(2026, 8, 1))
    other = make_school("99BB00")
    url = f"{ROOT}/{school.pk}/merge/?into={other.pk}"
    page = staff.get(url)
    assert "Dit kan niet: 99AA00 is al opgegaan in 99CC00" in text_of(page)
    assert 'name="reason"' not in page.content.decode()
    assert "99AA00 is al opgegaan in 99CC00" in text_of(staff.post(url, {"on": "2026-08-01", "reason": "Fusie."}))
    school.refresh_from_db()
    assert school.merged_into == goes_on
    for into in (0, -1, "x", 10**30, ""):
        assert "Zoek op naam" in text_of(staff.get(f"{ROOT}/{school.pk}/merge/", {"into": into}))


def test_a_school_is_ended_with_a_reason(staff):
    school, location = make_school("99AA"), make_school("99AA01")
    make_affiliation(make_person(), location)
    url = f"{ROOT}/{school.pk}/end/"
    page = text_of(staff.get(url))
    assert "Open vestigingen die meegaan 1" in page
    assert "Banden met mensen 1" in page
    response = staff.post(url, {"on": "2026-08-01", "reason": "Gesloten."}, follow=True)
    assert "De Kiezel, Keiendam (99AA) is opgeheven." in text_of(response)
    assert set(School.objects.values_list("ended_on", flat=True)) == {date(2026, 8, 1)}
    assert Affiliation.objects.get().end_reason == "school"
    page = staff.get(f"{ROOT}/{school.pk}/change/").content.decode()
    assert f"{ROOT}/{school.pk}/end/" not in page
    assert f"{ROOT}/{school.pk}/merge/" in page


def person(name: str) -> Client:
    rights = {"looks": ["view_school"], "changes": ["view_school", "change_school"], "none": []}
    user = User.objects.create_user(sign_in_name=name, is_staff=name in rights)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights.get(name, ["change_school"])))
    return sign_in(Client(), user)


@pytest.mark.parametrize(
    ("who", "look", "act"), [("changes", 200, 302), ("looks", 200, 403), ("none", 403, 403), ("teacher", 302, 302)]
)
def test_who_may_do_what(school, who, look, act):
    client = person(who)
    assert client.get(f"{ROOT}/").status_code == look
    assert client.get(f"{ROOT}/{school.pk}/change/").status_code == look
    assert save(client, school, "kiezel.example").status_code == act
    assert SchoolDomain.objects.exists() == (who == "changes")
    assert client.post(f"{ROOT}/{school.pk}/end/", {"on": "2026-08-01", "reason": "Dicht."}).status_code == act
    school.refresh_from_db()
    assert school.is_open == (who != "changes")
    for path in (f"{ROOT}/add/", f"{ROOT}/{school.pk}/delete/"):
        assert client.get(path).status_code == (302 if who == "teacher" else 403)


def test_without_a_second_factor_nobody_comes_in(school):
    user = User.objects.create_superuser("alles")
    client = sign_in(Client(), user, second_factor=False)
    assert client.post(f"{ROOT}/{school.pk}/end/", {"on": "2026-08-01", "reason": "Dicht."}).status_code in {302, 403}
    school.refresh_from_db()
    assert school.is_open
