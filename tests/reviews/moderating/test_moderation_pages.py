"""The moderators' pages: the queues, a thread with its buttons, the log, holding and consent."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Section, SectionMember, SectionRole, User
from catalogus.models import Concept, Method, Scheme
from reviews.models import (
    Appeal,
    AppealState,
    FlagReason,
    FlagState,
    ModerationAction,
    ModerationEntry,
    ModerationSettings,
    PreModeration,
    PublisherReply,
    Review,
    ReviewFlag,
    ReviewState,
    SectionConsent,
)
from reviews.services.appeals import make_appeal
from reviews.services.flagging import flag_review
from reviews.services.moderating import remove
from reviews.services.publishing import edit_review
from reviews.web import logbook, moderating
from tests.catalogus.web.page import Page
from tests.factories import make_method
from tests.people import sign_in
from tests.review_support import make_content, make_review, make_teacher
from tests.reviews.moderating.support import WHY, make_moderator, make_publishers_person, make_reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    return make_moderator()


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    return sign_in(client, moderator)


def address(review: Review) -> str:
    return f"/moderatie/{review.public_id}/"


def part_of(page: Page, verdict: str) -> dict[str, str]:
    """What the form with this button holds."""
    (form,) = page.all(f"//form[.//button[@value='{verdict}']]")
    return {one.get("name"): one.get("value", "") for one in form.xpath(".//input[@type='hidden']")}


def judge(desk: Client, review: Review, verdict: str, **said: str) -> Any:
    fields = part_of(Page(desk.get(address(review))), verdict) | {"besluit": verdict, "ready": "", "reason": WHY}
    return desk.post(address(review), fields | said)


def waiting(method: Method | None = None) -> Review:
    review = make_review(method or make_method())
    review.state = ReviewState.WAITING
    review.save()
    return review


def test_the_queue_shows_what_waited_longest_first_and_no_more_of_who_flagged_than_numbers(desk: Client):
    old, new = make_review(make_method(name="Oud")), make_review(make_method(name="Nieuw"))
    reader, publishers = make_teacher(), make_publishers_person(old.shown_method.publisher)
    flag_review(user=reader, review=new, reason=FlagReason.ABUSE, text="")
    for user, reason in ((None, FlagReason.ABUSE), (publishers, FlagReason.ABUSE), (None, FlagReason.OFF_TOPIC)):
        flag_review(user=user, review=old, reason=reason, text="")
    ReviewFlag.objects.filter(review=old).update(at=timezone.now() - timedelta(days=3))
    page = Page(desk.get("/moderatie/?soort=meldingen"))
    assert page.texts("//ol/li//h2") == ["Oud", "Nieuw"]
    (first, second) = page.texts("//ol/li//ul")
    assert "3 meldingen over versie 1" in first
    assert "het is beledigend of discriminerend (2)" in first
    assert "2 zonder account" in first
    assert "1 van de uitgever" in first
    assert "1 met een account" in second
    for person in (reader, publishers):
        assert person.display_name not in page.text()


def test_the_queue_opens_with_what_waits(desk: Client):
    assert "Hier wacht niets." in Page(desk.get("/moderatie/")).text()
    author = make_teacher()
    review = make_review(make_method(name="Blokken"), author=author)
    remove(actor=make_moderator(), review=review, reason=WHY, version=1)
    make_appeal(author=author, review=review, text="Een personage.", version=1)
    page = Page(desk.get("/moderatie/"))
    assert page.texts("//a[@aria-current='page']") == ["Wachtrij", "Beroep (1)"]
    assert page.href("Blokken") == address(review)


def test_the_queue_goes_on_after_what_it_showed(desk: Client, monkeypatch):
    monkeypatch.setattr(moderating, "PER_PAGE", 2)
    method = make_method()
    reviews = [waiting(method) for _number in range(5)]
    seen, path = [], "/moderatie/?soort=wacht"
    for _page in range(3):
        page = Page(desk.get(path))
        seen += page.all("//ol/li//h2/a/@href")
        path = ("/moderatie/" + page.href("Verder").removeprefix("/moderatie/")) if len(seen) < 5 else ""
    assert seen == [address(review) for review in reviews]


@pytest.mark.parametrize(
    "path",
    [
        "/moderatie/?soort=niets",
        "/moderatie/?na=x",
        "/moderatie/?na=1-²",
        "/moderatie/?na=99999999999999999-1",
        "/moderatie/niets/",
        "/moderatie/%00/",
        "/moderatie/logboek/?actie=niets",
        "/moderatie/logboek/?na=x",
        "/moderatie/signalen/?dagen=1e9",
    ],
)
def test_what_is_not_there_is_told(desk: Client, path: str):
    assert desk.get(path).status_code == 404


def test_what_needs_no_look_is_in_no_queue(desk: Client, moderator: User):
    own = make_review(make_method(), author=make_teacher(is_moderator=True))
    Review.objects.filter(pk=own.pk).update(state=ReviewState.WAITING, author=moderator)
    replied = make_review(make_method())
    make_reply(replied)
    flag_review(user=None, review=replied, reason=FlagReason.ABUSE, text="", is_of_reply=True)
    assert "Meldingen (1)" in Page(desk.get("/moderatie/")).text()
    PublisherReply.objects.update(removed_at=timezone.now(), removal_reason=WHY)
    text = Page(desk.get("/moderatie/")).text()
    assert "Wacht op publicatie (0)" in text
    assert "Meldingen (0)" in text


def test_a_thread_shows_everything_that_belongs_to_it(desk: Client):
    author = make_teacher(display_name="Docent Geheim")
    review = make_review(make_method(), author=author, body="Dit boek is heel erg saai geworden.")
    reply = make_reply(review, "Dank u wel.")
    flag_review(user=None, review=review, reason=FlagReason.OTHER, text="Te bot.")
    changed = make_content(review.method, body="Dit boek is een beetje saai geworden.", score=4)
    edit_review(author=author, review=review, content=changed, version=1)
    page = Page(desk.get(address(review)))
    text = page.text()
    for expected in (
        "Docent Geheim",
        author.affiliations.get().school.name,
        "Te bot.",
        reply.text,
        "Versie 1",
        "Versie 2",
    ):
        assert expected in text, expected
    assert page.texts("//dd[contains(., 'saai')]//ins") == ["een beetje"]
    assert page.texts("//dd[contains(., 'saai')]//del") == ["heel erg"]
    assert "intussen gewijzigd" in text


@pytest.mark.parametrize(("verdict", "state"), [("approve", ReviewState.PUBLISHED), ("remove", ReviewState.REMOVED)])
def test_what_waits_is_judged(desk: Client, moderator: User, verdict: str, state: str):
    review = waiting()
    answer = judge(desk, review, verdict, ready="in-order" if verdict == "approve" else "person", reason="Zie zin 2.")
    assert (answer.status_code, answer["Location"]) == (302, "/moderatie/")
    review.refresh_from_db()
    assert review.state == state
    entry = ModerationEntry.objects.latest("pk")
    assert entry.actor == moderator
    assert entry.reason.endswith("\n\nZie zin 2.")
    assert "Gelukt" in Page(desk.get("/moderatie/")).text()


@pytest.mark.parametrize(("verdict", "ready"), [("remove", "person"), ("grant", "mistaken")])
def test_a_reason_that_names_somebody_is_looked_at_again_before_the_log_holds_it(
    desk: Client, verdict: str, ready: str
):
    author = make_teacher()
    review = make_review(make_method(), author=author)
    if verdict == "grant":
        remove(actor=make_moderator(), review=review, reason=WHY, version=1)
        make_appeal(author=author, review=review, text="Een personage.", version=1)
    lines = ModerationEntry.objects.count()
    said = {"ready": ready, "reason": "Over leerling Pietje Bakstra."}
    assert "is_seen" not in desk.get(address(review)).content.decode()
    answer = judge(desk, review, verdict, **said)
    assert answer.status_code == 422
    page = Page(answer)
    assert "Noem leerlingen nooit bij naam" in page.text()
    assert said["reason"] in page.text(), "what was typed is there still"
    assert page.all("//input[@type='checkbox'][@name='is_seen']")
    assert ModerationEntry.objects.count() == lines
    assert judge(desk, review, verdict, **said, is_seen="on").status_code == 302
    assert ModerationEntry.objects.count() == lines + 1


def test_flags_are_closed_and_a_removed_review_is_put_back(desk: Client):
    review = make_review(make_method())
    flag = flag_review(user=None, review=review, reason=FlagReason.ABUSE, text="")
    assert judge(desk, review, "dismiss").status_code == 302
    flag.refresh_from_db()
    assert flag.state == FlagState.DISMISSED
    assert not Page(desk.get(address(review))).all("//button[@value='dismiss']")
    assert judge(desk, review, "remove").status_code == 302
    assert judge(desk, review, "restore").status_code == 302
    review.refresh_from_db()
    assert review.state == ReviewState.PUBLISHED


def test_a_reply_is_judged_by_a_form_of_its_own(desk: Client):
    review = make_review(make_method())
    make_reply(review)
    flag_review(user=None, review=review, reason=FlagReason.ABUSE, text="", is_of_reply=True)
    assert judge(desk, review, "dismiss-reply").status_code == 302
    assert judge(desk, review, "remove-reply").status_code == 302
    assert PublisherReply.objects.get().removal_reason == WHY
    assert judge(desk, review, "restore-reply").status_code == 302
    assert PublisherReply.objects.get().removed_at is None


def test_another_decides_an_appeal(desk: Client, moderator: User):
    author, other = make_teacher(), Client()
    review = make_review(make_method(), author=author)
    remove(actor=moderator, review=review, reason=WHY, version=1)
    appeal = make_appeal(author=author, review=review, text="Een personage.", version=1)
    page = Page(desk.get(address(review)))
    assert "over het beroep beslist een andere moderator" in page.text()
    assert page.all("//button[@name='besluit']/@value") == ["restore"]
    fields = part_of(page, "restore") | {"ready": "", "reason": "Toch."}
    assert desk.post(address(review), fields | {"besluit": "grant"}).status_code == 403
    sign_in(other, make_moderator())
    assert judge(other, review, "grant").status_code == 302
    appeal.refresh_from_db()
    review.refresh_from_db()
    assert (appeal.state, review.state) == (AppealState.GRANTED, ReviewState.PUBLISHED)
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "told", "status"),
    [
        ({"reason": ""}, "Geef een reden", 422),
        ({"reason": "x" * 3000}, "hoogstens 2000", 422),
        ({"ready": "verzonnen"}, "staat niet in de lijst", 422),
        ({"version": "2"}, "intussen gewijzigd", 409),
        ({"version": "x"}, "", 422),
        ({"last_entry": "99999999"}, "Een andere moderator", 409),
    ],
)
def test_what_is_refused_is_told_and_what_was_typed_stays(desk: Client, said: dict[str, str], told: str, status: int):
    review = make_review(make_method())
    answer = judge(desk, review, "remove", **({"reason": "Mijn reden."} | said))
    assert answer.status_code == status
    page = Page(answer)
    assert told in page.text("//*[@role='alert']")
    assert page.text("//textarea") == said.get("reason", "Mijn reden.")
    review.refresh_from_db()
    assert review.state == ReviewState.PUBLISHED


def test_a_form_sent_twice_does_it_once_and_says_so(desk: Client):
    review = make_review(make_method())
    fields = part_of(Page(desk.get(address(review))), "remove") | {"besluit": "remove", "ready": "person", "reason": ""}
    assert desk.post(address(review), fields).status_code == 302
    again = desk.post(address(review), fields)
    assert again.status_code == 409
    assert "Een andere moderator heeft intussen besloten" in Page(again).text()
    assert ModerationEntry.objects.count() == 1


def test_a_button_that_there_is_not_and_a_token_that_is_missing(desk: Client, moderator: User):
    review = make_review(make_method())
    assert desk.post(address(review), {"besluit": "wis-alles"}).status_code == 404
    strict = sign_in(Client(enforce_csrf_checks=True), moderator)
    assert strict.post(address(review), {"besluit": "remove", "ready": "person"}).status_code == 403
    review.refresh_from_db()
    assert review.state == ReviewState.PUBLISHED


def test_who_wrote_it_or_has_an_interest_is_told_to_leave_it_to_another(client: Client):
    author = make_teacher(is_moderator=True)
    review = make_review(make_method(), author=author)
    publishers = make_publishers_person(review.shown_method.publisher)
    User.objects.filter(pk=publishers.pk).update(is_moderator=True)
    for person in (author, publishers):
        answer = sign_in(client, person).get(address(review))
        assert answer.status_code == 403
        assert "andere moderator" in Page(answer).text()


def test_a_page_of_a_thread_asks_as_often_however_long_it_is(desk: Client, django_assert_max_num_queries):
    author = make_teacher()
    review = make_review(make_method(), author=author)
    for number in range(1, 15):
        content = make_content(review.method, body=f"Versie {number}")
        edit_review(author=author, review=review, content=content, version=number)
        flag_review(user=None, review=review, reason=FlagReason.ABUSE, text=f"Melding {number}")
    with django_assert_max_num_queries(32):
        desk.get(address(review))


def test_the_log_is_read_by_action_and_by_review(desk: Client, monkeypatch):
    monkeypatch.setattr(logbook, "ENTRIES_PER_PAGE", 1)
    one, other = make_review(make_method(name="Een")), make_review(make_method(name="Ander"))
    for review in (one, other):
        remove(actor=make_moderator(), review=review, reason=WHY, version=1)
    page = Page(desk.get("/moderatie/logboek/"))
    assert "Ander" in page.text()
    assert "Een" in Page(desk.get("/moderatie/logboek/" + page.href("Ouder").split("/")[-1])).text()
    found = Page(desk.get(f"/moderatie/logboek/?actie=removed&beoordeling={one.public_id}"))
    assert found.texts("//ol[@class='moderation-entries']/li//a") == [f"beoordeling {one.public_id}"]
    assert "niets in het logboek" in Page(desk.get("/moderatie/logboek/?actie=approved")).text()
    assert desk.get("/moderatie/logboek/?beoordeling=%00").status_code == 200
    assert desk.post("/moderatie/logboek/").status_code == 403


@pytest.fixture
def staff(client: Client) -> Client:
    return sign_in(client, User.objects.create_user(display_name="Redactie", is_staff=True))


@pytest.mark.parametrize("written", ["{id}", "https://keuzecatalogus.example/methode/{id}/blokken/", "/methode/{id}/"])
def test_staff_let_reviews_of_a_method_wait(staff: Client, written: str):
    method = make_method(name="Blokken")
    given = written.format(id=method.public_id)
    assert staff.post("/moderatie/vooraf/", {"wat": "aan", "method": given, "reason": "Aanval."}).status_code == 302
    assert PreModeration.objects.get().method == method
    assert "Blokken" in Page(staff.get("/moderatie/vooraf/")).text()
    assert make_review(method).state == ReviewState.WAITING
    again = {"wat": "uit", "method": method.public_id, "reason": "Voorbij."}
    assert [staff.post("/moderatie/vooraf/", again).status_code for _time in range(2)] == [302, 302]
    assert not PreModeration.objects.exists()
    assert list(
        ModerationEntry.objects.order_by("pk").exclude(action=ModerationAction.HELD).values_list("action", "reason")
    ) == [(ModerationAction.HOLDING_ON, "Aanval."), (ModerationAction.HOLDING_OFF, "Voorbij.")]


def test_from_a_thread_staff_come_to_holding_its_method(staff: Client):
    review = make_review(make_method())
    page = Page(staff.get(address(review)))
    path = page.href("Laat nieuwe beoordelingen van deze methode wachten")
    assert Page(staff.get(path)).all("//input[@id='methode_method']/@value") == [review.shown_method.public_id]


def test_staff_let_new_accounts_wait(staff: Client):
    assert staff.post("/moderatie/vooraf/", {"wat": "accounts", "days": "14", "reason": "Toeloop."}).status_code == 302
    assert ModerationSettings.objects.get().held_account_days == 14
    assert make_review(make_method()).state == ReviewState.WAITING


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"wat": "aan", "method": "", "reason": "Aanval."}, "Geef de methode op."),
        ({"wat": "aan", "method": "onbekend", "reason": "Aanval."}, "geen methode met kenmerk “onbekend”"),
        ({"wat": "aan", "method": "/methode/", "reason": "Aanval."}, "geen methode met kenmerk"),
        ({"wat": "accounts", "days": "14", "reason": " "}, "Geef een reden"),
        ({"wat": "accounts", "days": "366", "reason": "Zo."}, "Kies 0 tot en met 365 dagen."),
        ({"wat": "accounts", "days": "veel", "reason": "Zo."}, "Geef een heel getal"),
    ],
)
def test_what_staff_set_wrongly_is_told(staff: Client, said: dict[str, str], told: str):
    answer = staff.post("/moderatie/vooraf/", said)
    assert answer.status_code == 422
    assert told in Page(answer).text("//*[@role='alert']")
    assert not ModerationEntry.objects.exists()


def test_a_lead_lets_the_school_be_named_and_takes_it_back(client: Client):
    lead = make_teacher()
    subject = Concept.objects.get(scheme=Scheme.SUBJECT, code="wiskunde")
    section = Section.objects.create(school=lead.affiliations.get().school, subject=subject)
    SectionMember.objects.create(section=section, user=lead, role=SectionRole.LEAD)
    sign_in(client, lead)
    path = f"/account/secties/{section.pk}/schoolnaam/"
    assert Page(client.get(f"/account/secties/{section.pk}/")).href("Bekijk of wijzig dit") == path
    assert client.post(path, {"noemen": "ja"}).status_code == 302
    assert SectionConsent.objects.get().given_by == lead
    assert client.post(path, {"noemen": "ja"}).status_code == 302
    assert "mag" in Page(client.get(path)).text("//p[@class='lead']")
    assert client.post(path, {"noemen": "misschien"}).status_code == 302
    assert SectionConsent.objects.count() == 1
    assert client.post(path, {"noemen": "nee"}).status_code == 302
    assert not SectionConsent.objects.exists()
    member = make_teacher(section.school)
    SectionMember.objects.create(section=section, user=member, role=SectionRole.MEMBER)
    assert sign_in(client, member).post(path, {"noemen": "ja"}).status_code == 403
    assert not SectionConsent.objects.exists()
