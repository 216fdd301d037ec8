"""Reviews as readers see them: on the page of a method and of a product, all of a method, one, and its versions."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import School, Section, SectionMember
from catalogus import memory
from catalogus.models import Concept, Method, Scheme
from catalogus.services.current_editions import refresh_current_editions
from catalogus.services.editing.methods import merge_methods
from reviews.content import Answer
from reviews.models import PublisherReply, Review, ReviewState, SectionConsent
from reviews.rubric import rubric
from reviews.selectors.author_words import author_words
from reviews.selectors.authors import shown_author, shown_school
from reviews.services.publishing import edit_review, withdraw_review
from tests.catalogus.web.page import Page
from tests.factories import make_edition, make_method, make_product, make_school
from tests.people import sign_in
from tests.review_support import make_content, make_review, make_teacher

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"


def all_of(method: Method, query: str = "") -> str:
    return reverse("reviews:method-reviews", args=[method.public_id]) + query


def one(review: Review) -> str:
    return reverse("reviews:review", args=[review.public_id])


def read(client: Client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    assert not response.cookies or "sessionid" in client.cookies
    return Page(response)


def removed(review: Review, state: str = ReviewState.REMOVED) -> Review:
    review.state = state
    review.closed_at = None if state == ReviewState.WAITING else timezone.now()
    review.removal_reason = "Er staat een naam in." if state == ReviewState.REMOVED else ""
    review.save()
    return review


@pytest.fixture
def method() -> Method:
    return make_product(sectors=["vo"]).method


def test_no_reviews_is_a_state_of_its_own(client, method):
    assert "Nog geen beoordelingen" in read(client, method.get_absolute_url()).text()
    page = read(client, all_of(method))
    assert "Nog geen beoordelingen" in page.text()
    assert "0 beoordelingen" not in page.text()


def test_the_methods_page_shows_the_total_with_number_and_spread_and_the_newest_three(client, method):
    for score in (4, 3, 4, 2):
        make_review(method, score=score)
    page = read(client, method.get_absolute_url())
    text = page.text("//section[@aria-labelledby='beoordelingen']")
    assert "3,25 van 4, 4 beoordelingen" in text
    assert "De middelste helft geeft 2,00 tot 4,00." in text or "De middelste helft geeft 3,00 tot 4,00." in text
    assert "Zou het opnieuw kiezen: 4 ja, 0 nee, 0 weet het niet." in text
    assert len(page.all("//section[@aria-labelledby='beoordelingen']//article")) == 3
    assert page.href("Lees alle beoordelingen (4)") == all_of(method)


def test_reviews_of_older_editions_alone_are_no_number_of_the_current_one(client):
    method = make_method()
    old, _new = (
        make_product(edition=make_edition(method=method, label=f"{n}e druk", key=str(n), ordinal=n)) for n in (3, 4)
    )
    refresh_current_editions([method.pk])
    make_review(method, product=old)
    for address in (method.get_absolute_url(), all_of(method)):
        text = read(client, address).text("//section[contains(@class, 'reviews')]")
        assert "Nog geen beoordelingen van de huidige uitgave" in text
        assert "Nog 1 beoordeling gaat over een oudere uitgave" in text
        assert "0 beoordelingen" not in text


def test_two_reviews_have_a_number_and_no_mean(client, method):
    make_review(method, score=4)
    make_review(method, score=4)
    for address in (method.get_absolute_url(), all_of(method)):
        text = read(client, address).text("//section[contains(@class, 'reviews')]")
        assert "2 beoordelingen" in text
        assert "van 4, 2" not in text
        assert "vanaf 3 docenten" in text


def test_a_review_is_told_in_words_with_its_context_and_its_interests_first(client, method):
    answers = {code: Answer(score=3) for code in rubric().codes} | {
        "didactiek": Answer(score=1, reason="Er is geen opbouw."),
        "prijs": Answer(unscored="nb"),
    }
    review = make_review(
        method, answers=answers, interests="told", interests_text="Mijn broer werkt er.", weak_point="Te dik.",
        body="Eerste alinea.\n\nTweede alinea.",
    )  # fmt: skip
    page = read(client, one(review))
    text = page.text("//article")
    assert "Didactiek onvoldoende Er is geen opbouw." in " ".join(text.split())
    for said in ("kan ik niet beoordelen", "Mijn broer werkt er.", "als hoofdmateriaal", "een tot drie jaar gebruikt"):
        assert said in text
    assert text.index("Mijn broer") < text.index("De opgaven lopen op.")
    assert page.texts("//article//div[@class='prose']/p") == ["Eerste alinea.", "Tweede alinea."]


def test_what_people_typed_is_text(client, method):
    link = "http://ergens.example/x"
    review = make_review(
        method, strong_point=f"{SCRIPT} {link}", weak_point=SCRIPT, body=f"{SCRIPT}\n\n{link}", interests="told",
        interests_text=SCRIPT, author=make_teacher(display_name=f"Jo {SCRIPT}"), shown_as="name",
    )  # fmt: skip
    for address in (one(review), all_of(method), method.get_absolute_url()):
        html = client.get(address).content.decode()
        assert SCRIPT not in html
        assert f'href="{link}' not in html
        assert "&lt;script&gt;" in html


def test_the_writer_is_shown_as_they_chose_and_the_school_when_the_section_agrees(method):
    school = make_school("95AA", "Het College")
    writer = make_teacher(school, display_name="Jo Janssen")
    subject = Concept.objects.get_or_create(scheme=Scheme.SUBJECT, code="wiskunde", defaults={"label_nl": "Wiskunde"})[
        0
    ]
    section = Section.objects.create(school=school, subject=subject)
    SectionMember.objects.create(section=section, user=writer)
    review = make_review(method, author=writer, names_school=True)
    assert shown_author(review) == "docent wiskunde, vo"
    assert shown_school(review) == ""
    consent = SectionConsent.objects.create(section=section)
    review = Review.objects.get(pk=review.pk)
    assert shown_school(review) == "Het College"
    consent.delete()
    assert shown_school(Review.objects.get(pk=review.pk)) == ""
    SectionConsent.objects.create(section=section)
    section.ended_at = timezone.now()
    section.save()
    assert shown_school(Review.objects.get(pk=review.pk)) == ""
    review.shown_as = "name"
    assert shown_author(review) == "Jo Janssen"
    review.author = None
    assert (shown_author(review), shown_school(review)) == ("docent wiskunde, vo", "")


@pytest.fixture
def places() -> dict[str, School]:
    """Four institutions for vo in Zeeland, one with two locations; one that ended, one elsewhere and one for po."""
    told = {"sectors": ["vo"], "province": "Zeeland"}
    ended = told | {"ended_on": timezone.localdate()}
    four = [make_school(f"95A{letter}", f"School {letter}", **told) for letter in "ABCD"]
    make_school("95AD01", "Locatie 1", **told)
    make_school("95AD02", "Locatie 2", **told)
    make_school("95AE", "Opgeheven", **ended)
    make_school("95AF", "Elders", **told | {"province": "Drenthe"})
    make_school("95AG", "Basisschool", **told | {"sectors": ["po"]})
    return {"of_many": four[0], "elsewhere": School.objects.get(code="95AF")}


def test_the_province_is_told_only_where_five_institutions_have_the_sector(method, places):
    """Else "docent Russisch, vso, Zeeland" is a name for all who know the schools there."""
    writer = make_teacher(places["of_many"])
    review = make_review(method, author=writer)
    told: dict[str, Any] = {
        "shown_as": "description",
        "role": "teacher",
        "subject": "",
        "sector": "vo",
        "school": review.school,
    }
    memory.forget_all()
    assert (shown_author(review), author_words(writer, **told)) == ("docent wiskunde, vo", "docent, vo")
    make_school("95AH01", "Vijfde", sectors=["vo", "vso"], province="Zeeland")
    memory.forget_all()
    assert shown_author(review) == "docent wiskunde, vo, Zeeland"
    assert author_words(writer, **told) == "docent, vo, Zeeland"
    assert author_words(writer, **told | {"sector": "vso"}) == "docent, vso"
    assert author_words(writer, **told | {"school": places["elsewhere"]}) == "docent, vo"
    review.author = None
    assert shown_author(review) == "docent wiskunde, vo"


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("support", "onderwijsassistent of ondersteuner, wiskunde, vo, Zeeland"),
        ("coordinator", "coördinator of schoolleider, wiskunde, vo"),
        ("other", "medewerker van een school, wiskunde, vo"),
    ],
)
def test_of_those_of_whom_a_school_has_one_the_province_is_never_told(method, places, role, words):
    make_school("95AH", "Vijfde", sectors=["vo"], province="Zeeland")
    memory.forget_all()
    assert shown_author(make_review(method, author=make_teacher(places["of_many"]), role=role)) == words


def test_a_changed_review_says_so_and_its_versions_are_its_writers(client, method):
    writer = make_teacher()
    review = make_review(method, author=writer, strong_point="Eerst dit.")
    content = make_content(method, strong_point="Nu dat.")
    review = edit_review(author=writer, review=review, content=content, version=1)
    assert "(versie 2)" in read(client, one(review)).text("//article")
    versions = reverse("reviews:review-versions", args=[review.public_id])
    assert client.get(versions).status_code == 404
    response = sign_in(client, writer).get(versions)
    assert "no-store" in response["Cache-Control"]
    text = Page(response).text("//main")
    assert text.index("Nu dat.") < text.index("Eerst dit.")


@pytest.mark.parametrize("state", [ReviewState.REMOVED, ReviewState.WAITING, ReviewState.WITHDRAWN])
def test_what_is_not_published_is_for_its_writer_alone(client, method, state):
    writer = make_teacher()
    review = removed(make_review(method, author=writer, strong_point="Geheim."), state)
    assert client.get(one(review)).status_code == 404
    assert sign_in(Client(), make_teacher()).get(one(review)).status_code == 404
    assert "Geheim." not in client.get(all_of(method)).content.decode()
    response = sign_in(client, writer).get(one(review))
    page = Page(response)
    assert "Alleen u en de moderators zien deze beoordeling." in page.text()
    assert ("Er staat een naam in." in page.text()) == (state == ReviewState.REMOVED)
    assert "no-store" in response["Cache-Control"]


def test_the_publishers_reply_is_marked_and_a_removed_one_is_not_shown(client, method):
    writer = make_teacher()
    review = make_review(method, author=writer)
    reply = PublisherReply.objects.create(review=review, publisher=method.publisher, text="Dank u.", answered_version=1)
    text = read(client, one(review)).text("//article")
    assert "Antwoord van de uitgever" in text
    assert "op versie" not in text
    edit_review(author=writer, review=review, content=make_content(method, strong_point="Anders."), version=1)
    assert "op versie 1 van de beoordeling" in read(client, one(review)).text("//article")
    reply.removed_at, reply.removal_reason = timezone.now(), "Een naam."
    reply.save()
    assert "Dank u." not in read(client, one(review)).text()


def test_a_filter_says_what_it_left_and_what_it_could_not_read(client, method):
    for sector in ("vo", "vo", "mbo"):
        make_review(method, sector=sector, levels=("havo",) if sector == "vo" else ("mbo-3",), years=())
    page = read(client, all_of(method, "?sector=mbo"))
    assert "1 beoordeling" in page.text("//p[@role='status']")
    assert page.texts("//select[@name='sector']/option[@selected]") == ["Middelbaar beroepsonderwijs (1)"]
    assert len(page.all("//article")) == 1
    unread = read(client, all_of(method, "?sector=xyz&sorteer=zo"))
    assert "“xyz” is niet bekend." in unread.text()
    assert len(unread.all("//article")) == 3
    assert "Geen beoordeling past bij dit filter." in read(client, all_of(method, "?schooljaar=2001")).text()


@pytest.mark.parametrize("query", ["?na=x", "?voor=1.2", "?na=9.9.9"])
def test_a_page_that_there_is_not(client, method, query):
    make_review(method)
    assert client.get(all_of(method, query)).status_code == 404


@pytest.mark.parametrize("public_id", ["bestaat-niet", "%00", "x" * 300])
def test_what_does_not_exist(client, public_id):
    for name in ("method-reviews", "review", "review-versions"):
        address = reverse(f"reviews:{name}", args=["ID"]).replace("ID", public_id)
        assert client.get(address).status_code == 404


def test_a_merged_method_leads_to_the_one_that_goes_on_and_its_reviews_say_what_they_were_about(client, method):
    other = make_product(method=make_method(name="Voorganger", publisher=method.publisher)).method
    review = make_review(other)
    merge_methods(source=other, target=method, actor="redactie", reason="Dezelfde.")
    response = client.get(all_of(other, "?sector=vo"))
    assert (response.status_code, response["Location"]) == (301, all_of(method, "?sector=vo"))
    assert "Geschreven over Voorganger" in read(client, one(review)).text("//article")


def test_the_products_page_shows_what_names_it(client, method):
    product = method.products.get()
    make_review(method, product=product, strong_point="Over dit boek.")
    make_review(method, strong_point="Over het geheel.")
    text = read(client, product.get_absolute_url()).text("//section[@aria-labelledby='ervaringen']")
    assert "Over dit boek." in text
    assert "Over het geheel." not in text


def test_who_may_find_it_helpful_has_a_button_and_a_visitor_has_none(client, method):
    author = make_teacher()
    review = make_review(method, author=author)
    assert not read(client, one(review)).all("//main//form[@method='post']")
    assert not read(sign_in(Client(), author), one(review)).all("//main//button")


@pytest.mark.parametrize("count", [4, 12])
def test_the_pages_take_a_known_number_of_queries(client, method, count, django_assert_num_queries):
    product = method.products.get()
    for _number in range(count):
        make_review(method, product=product)
    for address in (all_of(method), method.get_absolute_url(), product.get_absolute_url()):
        client.get(address)
    with django_assert_num_queries(8):
        client.get(all_of(method))
    address = one(Review.objects.order_by("pk")[0])
    with django_assert_num_queries(3):
        client.get(address)


def test_a_withdrawn_one_leaves_the_page(client, method):
    writer = make_teacher()
    review = make_review(method, author=writer, strong_point="Weg ermee.")
    withdraw_review(author=writer, review=review)
    assert "Weg ermee." not in client.get(method.get_absolute_url()).content.decode()
    assert "Nog geen beoordelingen" in read(client, all_of(method)).text()
