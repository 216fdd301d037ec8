""" "Klopt er iets niet?": the form, what is told after it, and everything that may be typed or sent to it."""

import pytest
from django.core.cache import cache
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts.web.visitor_limits import USUAL_RATES
from ingest.models import DataReport
from ingest.services.reports import report_fault
from ingest.visitor_text import clean_text
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_product, make_publisher
from tests.ingest.web.people import make_member, make_staff, make_user
from tests.people import sign_in

pytestmark = pytest.mark.django_db

TEXT = "Er staat € 12, maar op de site van de uitgever € 21."
FORM = {"kind": "price", "text": TEXT, "reply_email": "", "website": ""}
MOST = int(USUAL_RATES.split("/")[0])


def send(client, subject, **fields):
    name = "method" if hasattr(subject, "review_count") else "product"
    return client.post(f"/melden/?{name}={subject.public_id}", FORM | fields)


def errors(response) -> str:
    return " ".join(Page(response).texts("//*[@role='alert']//li"))


def test_a_report_is_kept_and_told_by_a_redirect(client):
    product = make_product(title="Meten en weten 3")
    page = Page(client.get(f"/melden/?product={product.public_id}"))
    assert page.texts("//h1") == ["Klopt er iets niet?"]
    assert "Meten en weten 3" in page.text()
    response = send(client, product, reply_email="jip@school.example")
    assert (response.status_code, response["Location"]) == (302, f"/melden/bedankt/?product={product.public_id}")
    report = DataReport.objects.get()
    assert (report.product, report.method, report.kind, report.text) == (product, None, "price", TEXT)
    assert (report.reply_email, report.state) == ("jip@school.example", "open")
    thanks = Page(client.get(response["Location"]))
    assert thanks.texts("//h1") == ["Uw melding is ontvangen"]
    assert thanks.href("Terug naar waar u was") == product.get_absolute_url()
    assert DataReport.objects.count() == 1


def test_a_report_about_a_method(client):
    method = make_method(name="Blokken")
    assert send(client, method).status_code == 302
    assert DataReport.objects.get().method == method


def test_sent_twice_is_kept_once(client):
    product = make_product()
    assert [send(client, product).status_code for _time in range(2)] == [302, 302]
    assert DataReport.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "Schrijf op wat er niet klopt."),
        ({"text": "\x00\u202e"}, "Schrijf op wat er niet klopt."),
        ({"text": "fout"}, "Uw melding telt 4 tekens; schrijf er ten minste 10."),
        ({"text": "x" * 20_000}, "Uw melding telt 20000 tekens; dat mogen er 2000 zijn."),
        ({"kind": ""}, "Kies wat er niet klopt."),
        ({"kind": "<b>"}, "“<b>” staat niet in de lijst"),
        ({"reply_email": "jip"}, "Dit is geen e-mailadres."),
        ({"website": "https://spam.example"}, "Een verborgen veld was ingevuld"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, fields, said):
    response = send(client, make_product(), **fields)
    assert response.status_code == 422
    assert said in errors(response)
    page = Page(response)
    typed = clean_text((FORM | fields)["text"])
    assert page.all("//textarea[@name='text']")[0].text_content().strip() == typed
    assert page.all("//input[@name='website']/@value") in ([], [""])
    assert not DataReport.objects.exists()


def test_who_fell_into_the_trap_can_send_it_again(client):
    product = make_product()
    page = Page(send(client, product, website="x"))
    again = dict.fromkeys(("website", "reply_email"), "") | {
        "kind": page.all("//input[@name='kind'][@checked]/@value")[0],
        "text": page.all("//textarea")[0].text_content(),
    }
    assert send(client, product, **again).status_code == 302
    assert DataReport.objects.get().text == TEXT


def test_a_script_is_a_text_like_any_other(client):
    product = make_product(title="<script>alert(1)</script>")
    text = "<script>alert(1)</script> </textarea><img src=x onerror=alert(2)>"
    response = send(client, product, text=text, kind="")
    assert b"<script>alert" not in response.content
    assert b"<img src=x" not in response.content
    assert send(client, product, text=text).status_code == 302
    sign_in(client, make_staff())
    page = client.get(reverse("admin:ingest_datareport_change", args=[DataReport.objects.get().pk]))
    assert b"<img src=x" not in page.content
    assert b"&lt;img src=x" in page.content


@pytest.mark.parametrize(
    "query", ["product=bestaatniet", "method=p%00x", "product=%F0%9F%92%A9", f"method={'a' * 9000}"]
)
def test_what_is_not_there(client, query):
    assert client.get(f"/melden/?{query}").status_code == 404
    assert client.post(f"/melden/?{query}", FORM).status_code == 404
    assert client.get(f"/melden/bedankt/?{query}").status_code == 404


def test_nothing_and_two_things(client):
    product = make_product()
    assert client.get("/melden/").status_code == 200
    assert Page(client.get("/melden/")).href("Zoek het leermiddel") == "/zoeken/"
    both = f"/melden/?product={product.public_id}&method={product.method.public_id}"
    for response in (client.get(both), client.post(both, FORM)):
        assert response.status_code == 400
        assert "gaat over één van de twee" in Page(response).text()
    assert not DataReport.objects.exists()
    assert client.get("/melden/bedankt/").status_code == 200


def test_what_was_merged_is_reported_where_it_went(client):
    right = make_product()
    wrong = make_product(merged_into=right)
    response = client.get(f"/melden/?product={wrong.public_id}")
    assert (response.status_code, response["Location"]) == (302, f"/melden/?product={right.public_id}")
    assert send(client, wrong).status_code == 302
    assert DataReport.objects.get().product == right


def test_what_was_withdrawn_can_be_reported(client):
    product = make_product(withdrawn_at=timezone.now())
    assert "teruggetrokken" in Page(client.get(f"/melden/?product={product.public_id}")).text()
    assert send(client, product).status_code == 302


def test_one_visitor_sends_so_many_and_keeps_what_was_typed(client):
    for number in range(MOST):
        assert send(client, make_product(), text=f"{TEXT} {number}").status_code == 302
    response = send(client, make_product())
    assert (response.status_code, response["Retry-After"]) == (429, "600")
    assert "Wacht tien minuten" in errors(response)
    assert Page(response).all("//textarea")[0].text_content().strip() == TEXT
    assert DataReport.objects.count() == MOST
    # Another network is another visitor; what is wrong with a form counts for nobody.
    other = Client(REMOTE_ADDR="198.51.100.7")
    assert send(other, make_product()).status_code == 302


def test_addresses_of_one_household_are_one_visitor_and_none_is_stored():
    for number in range(MOST):
        sender = Client(REMOTE_ADDR=f"2001:db8:1:2::{number + 1}")
        assert send(sender, make_product(), text=f"{TEXT} {number}").status_code == 302
    assert send(Client(REMOTE_ADDR="2001:db8:1:2::ffff"), make_product()).status_code == 429
    assert send(Client(REMOTE_ADDR="2001:db8:1:3::1"), make_product()).status_code == 302
    stored = [key for key in cache._cache if "report" in key]  # type: ignore[attr-defined]
    assert stored
    assert not [key for key in stored if "2001" in key]


def test_visitors_of_ipv4_are_told_apart_behind_a_socket_for_both_kinds():
    for number in range(MOST):
        sender = Client(REMOTE_ADDR="::ffff:198.51.100.7")
        assert send(sender, make_product(), text=f"{TEXT} {number}").status_code == 302
    assert send(Client(REMOTE_ADDR="::ffff:198.51.100.8"), make_product()).status_code == 302
    assert send(Client(REMOTE_ADDR="198.51.100.7"), make_product()).status_code == 429


def test_without_valkey_it_says_so_and_nothing_is_lost(client, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"}
    }
    response = send(client, make_product())
    assert response.status_code == 503
    assert "Melden lukt door een storing bij ons nu niet." in errors(response)
    assert Page(response).all("//textarea")[0].text_content().strip() == TEXT
    assert not DataReport.objects.exists()


def test_the_form_asks_for_the_token_of_the_site(client):
    product = make_product()
    assert send(Client(enforce_csrf_checks=True), product).status_code == 403
    assert not DataReport.objects.exists()


def test_the_form_takes_one_query(client, django_assert_num_queries):
    product = make_product()
    with django_assert_num_queries(1):
        client.get(f"/melden/?product={product.public_id}")


@pytest.mark.parametrize("kind", ["product", "method"])
def test_pages_lead_to_it_by_name(client, kind):
    product = make_product(title="Meten & <weten>")
    subject = product if kind == "product" else product.method
    shown = Template("{% load ingest_tags %}{% report_link kind subject.public_id subject %}")
    text = shown.render(Context({"kind": kind, "subject": subject}))
    link = html.fragment_fromstring(text).find("a")
    assert " ".join(link.text_content().split()) == f"Meld het: {subject}"
    assert client.get(link.get("href")).status_code == 200


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (lambda: None, 302),
        (make_user, 403),
        (lambda: make_member("ander"), 403),
        (lambda: make_member("linde"), 200),
        (make_staff, 200),
    ],
)
def test_the_publisher_sees_what_was_reported_and_not_by_whom(client, person, status):
    publisher = make_publisher(slug="linde")
    make_publisher(slug="ander")
    product = make_product(method=make_method(publisher=publisher), title="Meten en weten 3")
    report_fault(about=product, kind="price", text=TEXT, reply_email="jip@school.example")
    if user := person():
        sign_in(client, user)
    response = client.get("/kwaliteit/uitgever/linde/meldingen/")
    assert response.status_code == status
    assert (TEXT in response.content.decode()) == (status == 200)
    assert "jip@school.example" not in response.content.decode()
