"""A form that is sent: what becomes of it, and what is said of each field that cannot be as it is."""

import pytest
from django.test import Client

from accounts.models import Affiliation, AffiliationState, PublisherMember
from catalogus.services.editing.methods import merge_methods
from reviews.models import PreModeration, Review, ReviewDraft, ReviewState
from reviews.rubric import rubric
from reviews.services import publishing
from tests.factories import make_school
from tests.people import sign_in
from tests.review_support import make_review, make_teacher, said_in_a_form
from tests.reviews.writing_support import (
    hidden_fields,
    join_section,
    make_reviewable,
    newest_product,
    open_form,
    send,
    text_of,
    write_url,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return make_teacher(display_name="Noor de Wit")


@pytest.fixture
def client(teacher):
    return sign_in(Client(), teacher)


@pytest.fixture
def method():
    return make_reviewable()


def test_a_review_is_published_from_its_preview(client, method, teacher):
    preview = client.get(send(client, method)["Location"])
    assert not Review.objects.exists()
    assert "docent wiskunde, vo" in text_of(preview)
    assert "de beoordeling blijft staan, zonder wie haar schreef" in text_of(preview)
    answer = client.post(preview.wsgi_request.path, hidden_fields(preview))
    review = Review.objects.get()
    assert (review.author, review.state, review.strong_point) == (teacher, "published", "De opgaven lopen op.")
    assert answer["Location"] == f"/beoordelingen/{review.public_id}/bedankt/"
    assert "staat nu bij de methode" in text_of(client.get(answer["Location"]))
    assert not ReviewDraft.objects.exists()


def test_a_review_is_published_from_the_form_about_a_product(client, method):
    product = newest_product(method)
    answer = send(client, method, "publiceren", product=product.public_id, edition="")
    assert answer.status_code == 302
    assert Review.objects.get().product == product


def test_a_draft_is_kept_unchecked(client, method):
    answer = send(client, method, "bewaren", sector="", strong_point="  half ", **{"score-didactiek": "9"})
    assert answer["Location"] == write_url(method)
    page = client.get(answer["Location"])
    assert "Uw concept is bewaard" in text_of(page)
    assert "  half " in page.content.decode()
    assert ReviewDraft.objects.get().saves == 1


def test_a_held_review_says_that_it_waits(client, method):
    PreModeration.objects.create(method=method)
    answer = send(client, method, "publiceren")
    assert Review.objects.get().state == ReviewState.WAITING
    assert "Een moderator bekijkt haar" in text_of(client.get(answer["Location"]))
    assert "Beoordelingen van deze methode worden vooraf bekeken." in text_of(client.get("/account/beoordelingen/"))


def test_the_school_is_named_where_its_section_agreed(client, method, teacher):
    school = teacher.affiliations.get().school
    join_section(teacher, school, is_agreed=True)
    preview = client.get(send(client, method, names_school="on")["Location"])
    assert f"{school} ·" in text_of(preview)
    client.post(preview.wsgi_request.path, hidden_fields(preview))
    assert Review.objects.get().names_school


LONG = "x" * 20_000
FAULTS = [
    ("edition", {"edition": ""}, "Kies de uitgave die u gebruikte."),
    ("edition", {"edition": "0"}, "Kies de uitgave die u gebruikte."),
    ("edition", {"edition": "99999999999999999999"}, "Kies de uitgave die u gebruikte."),
    ("school_year", {"school_year": ""}, "Kies het schooljaar"),
    ("school_year", {"school_year": "1999"}, "Kies het schooljaar"),
    ("school_year", {"school_year": "2099"}, "Kies het schooljaar"),
    ("use", {"use": ""}, "Kies of het uw hoofdmateriaal was"),
    ("use", {"use": "eten"}, "“eten” kan hier niet"),
    ("duration", {"duration": ""}, "Kies hoe lang u het gebruikte."),
    ("sector", {"sector": ""}, "Kies de sector"),
    ("sector", {"sector": "wo"}, "“wo” kan hier niet"),
    ("levels", {"levels": ["havo", "nergens"]}, "“nergens” is niet bekend."),
    ("levels", {"levels": ["mbo-2"]}, "“mbo-2” bestaat niet in de gekozen sector."),
    ("years", {"levels": [], "years": []}, "Kies ten minste één leerjaar of niveau"),
    ("years", {"years": ["groep-3"]}, "“groep-3” bestaat niet in de gekozen sector."),
    ("subject", {"subject": "toveren"}, "“toveren” is niet bekend."),
    ("role", {"role": ""}, "Kies wat u op school doet."),
    ("pupils", {"pupils": "veel"}, "“veel” kan hier niet"),
    ("score-didactiek", {"score-didactiek": ""}, "Kies een oordeel"),
    ("score-didactiek", {"score-didactiek": "5"}, "“5” is geen oordeel"),
    ("reason-didactiek", {"score-didactiek": "2"}, "Vertel bij een oordeel onder “voldoende” waarom."),
    ("reason-didactiek", {"reason-didactiek": LONG}, "De tekst telt 20000 tekens; gebruik er hoogstens 500."),
    ("strong_point", {"strong_point": ""}, "Noem ten minste één sterk punt of één verbeterpunt."),
    ("strong_point", {"strong_point": LONG}, "gebruik er hoogstens 1000."),
    ("weak_point", {"weak_point": LONG}, "gebruik er hoogstens 1000."),
    ("would_choose_again", {"would_choose_again": ""}, "Kies of u het opnieuw zou kiezen"),
    ("body", {"body": LONG}, "De tekst telt 20000 tekens; gebruik er hoogstens 5000."),
    ("interests", {"interests": ""}, "Kies of er een belang is"),
    ("interests_text", {"interests": "told"}, "Vertel welk belang het is"),
    ("interests_text", {"interests_text": "Ik schreef mee."}, "U kiest “geen belang”, maar vertelt er wel een."),
    ("interests_text", {"interests": "told", "interests_text": LONG}, "gebruik er hoogstens 500."),
    ("shown_as", {"shown_as": ""}, "Kies hoe u bij de beoordeling wilt staan."),
    ("after_deletion", {"after_deletion": ""}, "Kies wat er met de beoordeling gebeurt"),
]


@pytest.mark.parametrize(("field", "sent", "told"), FAULTS, ids=[f"{one[0]} {str(one[1])[:40]}" for one in FAULTS])
def test_a_fault_is_told_beside_its_field_and_above_the_form(client, method, field, sent, told):
    page = send(client, method, "publiceren", **sent)
    assert page.status_code == 422
    html = page.content.decode()
    beside = html.split(f'id="v-{field}-fout"')[1].split("</div>")[0]
    assert told in beside
    above = html.split('role="alert"')[1].split("</ul>")[0]
    assert told in above
    target = above.split('href="#')[1].split('"')[0]
    assert target.startswith(f"v-{field}")
    assert f'id="{target}"' in html
    for value in sent.values():
        assert value != LONG or LONG in html, "what was typed is shown again"
    assert not Review.objects.exists()
    assert ReviewDraft.objects.get().saves == 1, "and kept"


def test_no_judgement_at_all_is_told_once_for_each_criterion(client, method):
    unjudged = {f"score-{code}": "nb" for code in rubric().codes}
    assert "Geef ten minste één onderdeel een oordeel." in text_of(send(client, method, **unjudged))
    empty = {f"score-{code}": "" for code in rubric().codes}
    page = text_of(send(client, method, **empty))
    assert "Geef ten minste één onderdeel" not in page
    assert "Er kloppen nog 8 dingen niet" in page


def test_a_name_that_the_account_lacks_is_told_at_the_field(client, method, teacher):
    teacher.display_name = ""
    teacher.save()
    page = send(client, method, "publiceren", shown_as="name")
    assert page.status_code == 422
    assert "Uw account heeft nog geen naam. Geef er een op, of kies een omschrijving." in text_of(page)


def test_a_school_where_one_does_not_work_is_told_without_a_field(client, method):
    make_school("99YY", "Elders")
    page = send(client, method, "publiceren", school="99YY")
    assert page.status_code == 422
    assert "U werkt niet op school “99YY”" in text_of(page)


def test_who_works_at_two_schools_says_at_which(client, method, teacher):
    other = make_teacher(school=make_school("99ZZ", "De Els")).affiliations.get()
    other.user = teacher
    other.save()
    page = send(client, method, "voorbeeld")
    assert page.status_code == 422
    assert "Kies op welke school u het gebruikte." in page.content.decode().split('id="v-school-fout"')[1]
    assert send(client, method, "publiceren", school="99ZZ").status_code == 302
    assert Review.objects.get().school == other.school


def test_a_second_review_of_the_same_is_told_at_the_school_year(client, method, teacher):
    make_review(method, author=teacher, edition=method.editions.get(ordinal=2).pk)
    page = send(client, method, "publiceren")
    assert page.status_code == 422
    assert "wijzig die beoordeling" in text_of(page)
    assert 'href="#v-school_year"' in page.content.decode()


def test_too_many_in_a_day_keeps_the_draft(client, method, monkeypatch):
    monkeypatch.setattr(publishing, "MOST_A_DAY", 0)
    page = send(client, method, "publiceren", strong_point="Morgen dan.")
    assert page.status_code == 403
    assert "morgen kunt u verder" in text_of(page)
    assert ReviewDraft.objects.get().fields["strong_point"] == ["Morgen dan."]


def test_too_much_to_keep_is_shown_again_in_full(client, method):
    texts = {f"reason-{code}": f"{code} {LONG}" for code in rubric().codes}
    for action in ("bewaren", "voorbeeld", "publiceren"):
        page = send(client, method, action, **texts)
        assert page.status_code == 422
        assert "Dit is te lang om als concept te bewaren" in text_of(page)
        assert all(text in page.content.decode() for text in texts.values())


# Pointed out before publishing


def test_what_was_found_is_looked_at_first(client, method):
    found = {"strong_point": "Mijn leerling Fatima vond het fijn.", "body": "Mail naar noor@school.example."}
    preview = client.get(send(client, method, "publiceren", **found)["Location"])
    assert not Review.objects.exists()
    assert "“leerling Fatima”: is dat de naam van een leerling?" in text_of(preview)
    assert "“noor@school.example” lijkt een e-mailadres." in text_of(preview)
    address, fields = preview.wsgi_request.path, hidden_fields(preview)
    unseen = client.post(address, fields)
    assert unseen.status_code == 422
    assert "Kijk eerst naar wat hieronder staat" in text_of(unseen)
    assert client.post(address, fields | {"gezien": "on"}).status_code == 302
    assert Review.objects.get().body == "Mail naar noor@school.example."


def test_a_preview_of_what_changed_meanwhile_publishes_nothing(client, method):
    preview = client.get(send(client, method)["Location"])
    send(client, method, "bewaren", strong_point="Bij nader inzien.")
    answer = client.post(preview.wsgi_request.path, hidden_fields(preview), follow=True)
    assert "intussen gewijzigd" in text_of(answer)
    assert "Bij nader inzien." in text_of(answer)
    assert not Review.objects.exists()


# Who may not


def member_of(publisher, user):
    PublisherMember.objects.create(user=user, publisher=publisher, role="reader")


@pytest.mark.parametrize(
    ("change", "told", "way"),
    [
        (
            lambda user, _method: user.affiliations.all().delete(),
            "Nog niet bekend is op welke school",
            "/account/school/",
        ),
        (
            lambda user, _method: user.affiliations.update(state=AffiliationState.PENDING),
            "Een collega moet nog",
            "/account/",
        ),
        (
            lambda user, _method: user.affiliations.update(role="student"),
            "Leerlingen en studenten beoordelen niet",
            "/uitleg/",
        ),
        (lambda user, method: member_of(method.publisher, user), "Wie voor een uitgever spreekt", "/account/uitgever"),
    ],
)
def test_who_may_not_review_sees_why_and_what_to_do(client, method, teacher, change, told, way):
    change(teacher, method)
    page = client.get(write_url(method))
    assert page.status_code == 403
    assert told in text_of(page)
    assert way in page.content.decode()
    assert "<textarea" not in page.content.decode()
    typed = said_in_a_form(method, strong_point="Dit wil ik houden.") | {"actie": "publiceren"}
    page = client.post(write_url(method), typed)
    assert page.status_code == 403
    assert "Kopieer hieronder" in text_of(page)
    assert "Dit wil ik houden." in text_of(page)
    assert not Review.objects.exists()


def test_a_visitor_is_led_to_signing_in_and_gets_no_cookie(method):
    page = Client().get(write_url(method))
    assert page.status_code == 403
    assert f"next={write_url(method).replace('/', '%2F')}" in page.content.decode()
    assert not page.cookies


def test_a_school_that_ends_meanwhile_loses_nothing_that_was_typed(client, method, teacher):
    fields = open_form(client, write_url(method))
    school = teacher.affiliations.get().school
    school.ended_on = "2026-01-01"
    school.save()
    typed = said_in_a_form(method, strong_point="Net klaar met schrijven.")
    page = client.post(write_url(method), typed | fields | {"actie": "publiceren"})
    assert page.status_code == 403
    assert "Uw school is opgeheven of samengevoegd." in text_of(page)
    assert "Net klaar met schrijven." in text_of(page)
    assert "Net klaar met schrijven." in text_of(client.get(write_url(method)))
    assert ReviewDraft.objects.get().fields["strong_point"] == ["Net klaar met schrijven."]
    assert "Kompas" in text_of(client.get("/account/beoordelingen/"))


def test_a_claim_that_goes_missing_at_the_preview_publishes_nothing(client, method, teacher):
    preview = client.get(send(client, method)["Location"])
    Affiliation.objects.filter(user=teacher).delete()
    page = client.post(preview.wsgi_request.path, hidden_fields(preview))
    assert page.status_code == 403
    assert not Review.objects.exists()
    assert ReviewDraft.objects.get().saves == 1


# Meanwhile


def test_a_method_that_was_merged_meanwhile_is_reviewed_where_it_went(client, method):
    other = make_reviewable(name="Kompas oud", publisher=method.publisher)
    fields, typed = open_form(client, write_url(other)), said_in_a_form(other)
    merge_methods(source=other, target=method, actor="redactie", reason="Dezelfde.")
    kept = client.post(write_url(other), typed | fields | {"actie": "bewaren"})
    assert kept["Location"] == write_url(method)
    fields["saves"] = "1"
    assert client.post(write_url(other), typed | fields | {"actie": "publiceren"}).status_code == 302
    assert Review.objects.get().shown_method == method


def test_who_is_signed_out_meanwhile_keeps_what_was_typed(client, method):
    fields = open_form(client, write_url(method))
    client.logout()
    typed = said_in_a_form(method, strong_point='Te lang "gewacht" <b>.', levels=["havo", "vwo"])
    page = client.post(write_url(method), typed | fields | {"actie": "publiceren"})
    assert page.status_code == 403
    assert "U bent intussen afgemeld" in text_of(page)
    again = page.content.decode()
    assert 'name="strong_point" value="Te lang &quot;gewacht&quot; &lt;b&gt;."' in again
    assert again.count('name="levels"') == 2
    assert 'name="actie"' not in again
    assert not Review.objects.exists()


def test_a_stale_token_keeps_what_was_typed(teacher, method):
    client = sign_in(Client(enforce_csrf_checks=True), teacher)
    fields = open_form(client, write_url(method))
    typed = said_in_a_form(method, strong_point="Lang open gestaan.") | fields | {"actie": "publiceren"}
    for token in ("kort", "x" * 64, ""):
        page = client.post(write_url(method), typed | {"csrfmiddlewaretoken": token})
        assert page.status_code == 403
        assert "Dit formulier was verlopen" in text_of(page)
        assert "Lang open gestaan." in page.content.decode()
    assert not Review.objects.exists()
    assert ReviewDraft.objects.get().saves == 0
    token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert client.post(write_url(method), typed | {"csrfmiddlewaretoken": token}).status_code == 302


def test_a_form_of_another_site_is_not_shown_again(teacher, method):
    client = sign_in(Client(enforce_csrf_checks=True), teacher)
    fields = open_form(client, write_url(method))
    typed = said_in_a_form(method, strong_point="Van elders.") | fields
    page = client.post(write_url(method), typed, headers={"origin": "https://elders.example"})
    assert page.status_code == 403
    assert "Van elders." not in page.content.decode()
