"""The pages of lists: what they show, what their buttons do, and what they say where it cannot be done."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from selection.models import ListItem, MaterialList
from selection.services.lists import MOST_LISTS
from selection.services.sharing import share_list
from selection.share_links import share_token
from tests.accounts.places import make_person, make_school, make_section, make_teacher
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_product, make_publisher, valid_ean
from tests.people import sign_in
from tests.selection.lists import make_list, merge, shown, some_of_each, titles, wanted

pytestmark = pytest.mark.django_db

LISTS = "/lijsten/"
NEW = "/lijsten/nieuw/"


@pytest.fixture
def els():
    return make_person("els")


@pytest.fixture
def visit(els, client):
    return sign_in(client, els, second_factor=False)


def url(material_list, part: str = "") -> str:
    return f"/lijsten/{material_list.public_id}/{part}"


def fill_in(visit, material_list, action: str = "bewaar", *, was: str | None = None, **fields: str):
    """Send the form of a list as its page has it, with other values for these ("aantal_1": of the first line)."""
    page = Page(visit.get(url(material_list)))
    data = {
        element.get("name"): element.get("value") or element.text_content()
        for element in page.all("//form[@class='list-form']//*[self::input or self::textarea]")
    }
    items = [entry.line.item for entry in shown(material_list)]
    for name, value in fields.items():
        word, _dash, number = name.partition("_")
        data[f"{word}-{items[int(number) - 1]}"] = value
    if was is not None:
        data["was"] = was
    return visit.post(url(material_list, "regels/"), data | {"actie": action})


def alerts(response) -> str:
    return " ".join(Page(response).texts("//*[@role='alert' or @role='status']"))


# The overview


def test_who_is_not_signed_in_is_led_to_the_list_in_the_browser(client):
    page = Page(client.get(LISTS))
    assert page.href("De lijst in deze browser") == "/lijst/"
    assert page.all("//main//a[starts-with(@href, '/account/aanmelden/')]/@href") == [
        "/account/aanmelden/?next=/lijsten/"
    ]


def test_the_overview_tells_whose_each_list_is(visit, els):
    section = make_section(make_school(), lead=els)
    make_list(els, make_product(), name="Van mij")
    make_list(section, name="Van <ons>")
    make_list(make_person("jan"), name="Van Jan")
    response = visit.get(LISTS)
    page = Page(response)
    assert page.texts("//ul[@class='list-cards']//h3") == ["Van mij", "Van <ons>"]
    assert "1 regel · bijgewerkt op" in page.texts("//ul[@class='list-cards']//p")[0]
    assert page.texts("//ul[@class='list-cards']//p[@class='meta']") == ["Wiskunde, School 99AA, Verzonnen"]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("count", [1, 15])
def test_the_overview_takes_as_many_queries_for_more(visit, els, django_assert_num_queries, count):
    section = make_section(make_school(), lead=els)
    for _number in range(count):
        make_list(els, make_product())
        make_list(section, make_product())
    visit.get(LISTS)
    with django_assert_num_queries(2 + 1):  # The visit and the person; and this.
        visit.get(LISTS)


# Making, renaming, copying and deleting


def test_a_list_is_made_for_oneself_or_for_the_section(visit, els):
    section = make_section(make_school(), lead=els)
    page = Page(visit.get(NEW))
    assert page.all("//input[@name='owner']/@value") == ["mij", str(section.pk)]
    for owner in ("mij", str(section.pk)):
        response = visit.post(NEW, {"name": "Klas 3", "description": "Voor\r\nvolgend jaar", "owner": owner})
        made = MaterialList.objects.latest("pk")
        assert response["Location"] == url(made)
        assert (made.user, made.section) == ((els, None) if owner == "mij" else (None, section))
        assert made.description == "Voor\nvolgend jaar"


def test_who_is_in_no_section_is_not_asked_whose_it_is(visit, els):
    assert not Page(visit.get(NEW)).all("//input[@name='owner']")
    visit.post(NEW, {"name": "Klas 3"})
    assert MaterialList.objects.get().user == els


def test_another_section_cannot_be_given_a_list(visit, els):
    school = make_school()
    make_section(school, lead=els)
    other = make_section(school, code="natuurkunde")
    response = visit.post(NEW, {"name": "Klas 3", "owner": str(other.pk)})
    assert response.status_code == 422
    assert not MaterialList.objects.exists()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"name": ""}, "Geef de lijst een naam"),
        ({"name": "x" * 101}, "De naam telt 101 tekens; gebruik er hoogstens 100."),
        ({"name": "Klas 3", "description": "x" * 1001}, "De tekst telt 1001 tekens; gebruik er hoogstens 1000."),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(visit, els, data, told):
    made = make_list(els)
    for address in (NEW, url(made, "wijzigen/")):
        response = visit.post(address, data)
        assert response.status_code == 422
        assert told in alerts(response)
        assert Page(response).all("//input[@name='name']/@value") == ([data["name"]] if data["name"] else [])
    assert MaterialList.objects.count() == 1


def test_one_list_too_many_says_what_to_do(visit, els):
    rows = (MaterialList(user=els, public_id=f"l{number}", name="Een") for number in range(MOST_LISTS))
    MaterialList.objects.bulk_create(rows)
    assert "Er zijn al 100 lijsten; meer kan niet. Verwijder er eerst een." in alerts(visit.post(NEW, {"name": "Meer"}))


def test_a_list_is_renamed_copied_and_deleted(visit, els):
    made = make_list(els, make_product(title="Bakens 1"))
    visit.post(url(made, "wijzigen/"), {"name": "Klas 4", "description": ""})
    made.refresh_from_db()
    assert made.name == "Klas 4"
    assert Page(visit.get(url(made, "kopie/"))).all("//input[@name='name']/@value") == ["Klas 4"]
    response = visit.post(url(made, "kopie/"), {"name": "Klas 5"})
    copy = MaterialList.objects.get(name="Klas 5")
    assert response["Location"] == url(copy)
    assert titles(copy) == ["Bakens 1"]
    page = Page(visit.get(url(copy, "verwijderen/")))
    assert "Wilt u de lijst “Klas 5” verwijderen, met 1 regel?" in page.text()
    assert MaterialList.objects.count() == 2, "a GET deletes nothing"
    assert visit.post(url(copy, "verwijderen/"))["Location"] == LISTS
    assert MaterialList.objects.get() == made


# One list


def test_a_line_tells_what_became_of_it(visit, els):
    publisher = make_publisher(name="De Linde & zonen")
    successor = make_product(title="Bakens 2")
    product = make_product(
        title="<Bakens> 1", ean=valid_ean(1), price_cents=1995, currency="EUR", sale_unit_size=5,
        method=make_method(publisher=publisher),
    )  # fmt: skip
    gone = make_product(title="Vuurtoren", state="no_longer_available", successor=successor)
    old, new = make_product(title="Oud"), make_product(title="Nieuw")
    made = make_list(els, wanted(product, "Voor <klas> 3", 30), gone, make_method(name="Kompas"), old, new)
    merge(old, new)
    response = visit.get(url(made))
    assert "no-store" in response["Cache-Control"]
    page = Page(response)
    lines = page.texts("//li[@class='list-item']//div[@class='entry']")
    assert lines[0].startswith(
        "<Bakens> 1 De Linde & zonen · Folio € 19,95 eenmalig, per 5 stuks Leverbaar EAN 9789000000012"
    )
    assert "prijs onbekend Niet meer leverbaar" in lines[1]
    assert page.href("Bekijk de opvolger Bakens 2") == successor.get_absolute_url()
    assert "Methode, geen product: kies de delen die u wilt bestellen." in lines[2]
    assert "Op de lijst gezet als “Oud”." in lines[3]
    assert "Staat hoger op deze lijst ook; bestel het niet dubbel." in lines[4]
    first = shown(made)[0].line.item
    assert page.all(f"//input[@name='aantal-{first}']/@value") == ["30"]
    assert page.texts(f"//textarea[@name='opmerking-{first}']") == ["Voor <klas> 3"]
    totals = page.text("//section[@aria-labelledby='totaal']")
    assert "€ 598,50 Met btw, voor 1 regel met een aantal en een bekende prijs." in totals
    assert "3 producten zonder aantal: niet in het totaal." in totals


def test_what_has_no_known_price_is_never_nothing(visit, els):
    made = make_list(els, wanted(make_product(), quantity=30))
    totals = Page(visit.get(url(made))).text("//section[@aria-labelledby='totaal']")
    assert "1 regel met prijs onbekend: niet in het totaal, dus het wordt duurder." in totals
    assert "€" not in totals


@pytest.mark.parametrize("size", [1, 15])
def test_a_list_takes_as_many_queries_for_more(visit, els, django_assert_num_queries, size):
    section = make_section(make_school(), lead=els)
    items = some_of_each(size)
    made = make_list(section, *items)
    share_list(material_list=made, shows_notes=True)
    visit.get(url(made))
    with django_assert_num_queries(2 + 1 + 1 + 5):  # The visit; the list; whether one may change it; its lines.
        visit.get(url(made))


def test_an_empty_list_says_how(visit, els):
    page = Page(visit.get(url(make_list(els))))
    assert "Er staat nog niets op deze lijst." in page.text()
    assert page.href("Zoek in de catalogus") == "/zoeken/"


def test_numbers_and_notes_are_kept_whatever_button_is_pressed(visit, els):
    made = make_list(els, make_product(title="A"), make_product(title="B"))
    last = shown(made)[1].line.item
    response = fill_in(visit, made, f"omhoog-{last}", aantal_1="30", opmerking_2="Duur\r\nmaar goed")
    assert response["Location"] == f"{url(made)}#regel-{last}"
    assert titles(made) == ["B", "A"]
    assert [(entry.line.quantity, entry.line.note) for entry in shown(made)] == [(None, "Duur\nmaar goed"), (30, "")]
    fill_in(visit, made, f"omlaag-{last}")
    assert titles(made) == ["A", "B"]
    assert "Het staat niet meer op de lijst." in alerts(visit.get(fill_in(visit, made, f"weg-{last}")["Location"]))
    assert titles(made) == ["A"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("aantal_1", "dertig", "“dertig” is geen aantal; vul een heel getal in, zonder punt of komma, of niets."),
        ("aantal_1", "1.000", "“1.000” is geen aantal"),
        ("aantal_1", "-1", "“-1” is geen aantal"),
        ("aantal_1", "²", "“²” is geen aantal"),
        ("aantal_1", "0", "“0” is geen aantal om te bestellen; vul 1 tot en met 100000 in, of niets."),
        ("aantal_1", "9789000000011", "“9789000000011” is geen aantal om te bestellen"),
        ("opmerking_1", "x" * 1001, "De tekst telt 1001 tekens; gebruik er hoogstens 1000."),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is_lost(visit, els, field, value, told):
    made = make_list(els, make_product(title="A"), make_product(title="B"))
    response = fill_in(visit, made, f"weg-{shown(made)[1].line.item}", **{field: value, "opmerking_2": "Getypt"})
    assert response.status_code == 422
    assert f"A: {told}" in alerts(response)
    page = Page(response)
    assert value in [*page.all("//input/@value"), *page.texts("//textarea")]
    assert "Getypt" in page.texts("//textarea")
    assert page.all("//*[@aria-invalid]/@aria-describedby")
    assert [(entry.title, entry.line.note) for entry in shown(made)] == [("A", ""), ("B", "")], "nothing was done"


def test_what_another_wrote_meanwhile_stays_and_is_told(visit, els):
    made = make_list(els, make_product(), make_product())
    before = Page(visit.get(url(made))).all("//input[@name='was']/@value")[0]
    fill_in(visit, made, opmerking_1="Van de een", aantal_2="20")
    response = fill_in(visit, made, was=before, opmerking_1="Van de ander", aantal_1="30", aantal_2="")
    assert "De opmerking “Van de ander” is niet bewaard: een ander vulde intussen iets anders in." in alerts(
        visit.get(response["Location"])
    )
    assert [(entry.line.quantity, entry.line.note) for entry in shown(made)] == [(30, "Van de een"), (20, "")]


def test_a_form_that_is_not_ours_breaks_nothing(visit, els):
    made = make_list(els, make_product())
    for was in ("", "onzin", "[]", '{"a": 1}', '{"1": null}', "[" * 10_000, '{"1": [[], {}]}'):
        assert fill_in(visit, made, was=was, aantal_1="30").status_code == 302
        assert shown(made)[0].line.quantity is None, "nobody knows what was seen, so nothing is overwritten"
    for action in ("", "omhoog-", "omhoog-x", "weg-99999999999999999999", "weg-²", "onzin-1"):
        assert fill_in(visit, made, action).status_code == 302
    assert len(titles(made)) == 1


def test_the_lists_of_a_section_that_ended_can_be_read_alone(visit, els):
    section = make_section(make_school(), lead=els)
    made = make_list(section, wanted(make_product(title="Bakens 1"), "Mooi", 30))
    now = timezone.now()
    section.members.update(left_at=now)
    type(section).objects.update(ended_at=now)
    page = Page(visit.get(url(made)))
    assert "Deze vaksectie is opgeheven." in page.text()
    assert "Mooi" in page.text("//dl[@class='list-noted']")
    assert not page.all("//main//form[@method='post']")
    assert visit.get(url(made, "kopie/")).status_code == 200
    assert visit.post(url(made, "regels/"), {}).status_code == 404


# Sharing


def test_a_list_is_shared_renewed_and_withdrawn(visit, els, client):
    made = make_list(els, make_product())

    def link() -> str:
        return "".join(Page(visit.get(url(made))).all("//input[@id='deellink']/@value"))

    assert link() == ""
    assert visit.post(url(made, "delen/"), {"actie": "aan"})["Location"] == url(made)
    first = link()
    assert first.startswith("http://testserver/lijsten/gedeeld/")
    visit.post(url(made, "delen/"), {"actie": "nieuw"})
    assert link() not in {"", first}
    visit.post(url(made, "delen/"), {"actie": "onzin"})
    second = link()
    visit.post(url(made, "delen/"), {"actie": "uit"})
    assert link() == ""
    assert [visit.get(one).status_code for one in (first, second)] == [404, 404]


@pytest.mark.parametrize("shows_notes", [True, False])
def test_who_has_the_link_reads_the_list_and_not_whose_it_is(client, els, shows_notes):
    product = make_product(title="Bakens 1", price_cents=1000, currency="EUR")
    made = share_list(
        material_list=make_list(els, wanted(product, "Te duur?", 30), name="Klas 3"), shows_notes=shows_notes
    )
    response = client.get(f"/lijsten/gedeeld/{share_token(made)}/")
    page = Page(response)
    text = page.text()
    assert "Dit is een lijst van een docent, gedeeld met een link." in text
    assert ("Te duur?" in text) is shows_notes
    assert "Aantal 30" in text
    assert "Els" not in response.content.decode()
    assert "noindex" in response["X-Robots-Tag"]
    assert page.all("//meta[@name='robots']/@content") == ["noindex"]
    assert "no-store" in response["Cache-Control"]
    table = client.get(f"/lijsten/gedeeld/{share_token(made)}/bestellijst.csv").content.decode()
    assert "Bakens 1" in table
    assert ("Te duur?" in table) is shows_notes


def test_a_section_is_named_where_its_list_is_shared(client):
    section = make_section(make_school("99AA", name="De Esdoorn"), lead=make_person("jan"))
    made = share_list(material_list=make_list(section), shows_notes=False)
    text = Page(client.get(f"/lijsten/gedeeld/{share_token(made)}/")).text()
    assert "een lijst van de vaksectie Wiskunde, De Esdoorn, Verzonnen" in text
    assert "Er staat nog niets op deze lijst." in text


def test_a_link_that_is_none_is_not_found(client):
    assert client.get("/lijsten/gedeeld/onzin/").status_code == 404
    assert client.get("/lijsten/gedeeld/onzin/bestellijst.csv").status_code == 404


@pytest.mark.parametrize("size", [1, 12])
def test_a_shared_list_takes_as_many_queries_for_more(client, els, django_assert_num_queries, size):
    items = some_of_each(size)
    token = share_token(share_list(material_list=make_list(els, *items), shows_notes=True))
    with django_assert_num_queries(1 + 5):
        client.get(f"/lijsten/gedeeld/{token}/")


# Putting something on a list


def beside(request_user, *items) -> Page:
    """A page with the way to a list beside each of these."""
    request = RequestFactory().get("/zoeken/?q=baken")
    request.user = request_user
    source = "".join(f"{{% keep_on_list '{kind}' '{public_id}' name %}}" for kind, public_id in items)
    html = Template(f"{{% load selection_tags %}}<main>{source}</main>").render(
        Context({"request": request, "csrf_token": "abc", "name": "Bakens & meer"})
    )
    return Page(type("Rendered", (), {"content": html.encode()}))


def test_beside_what_is_found_stand_the_latest_lists(els, django_assert_num_queries):
    product = make_product()
    for number in range(7):
        make_list(els, name=f"Lijst {number}")
    with django_assert_num_queries(1):
        page = beside(els, *(("product", product.public_id) for _number in range(20)))
    assert len(page.all("//details")) == 20
    assert page.texts("(//details)[1]//button") == [f"Lijst {number}" for number in (6, 5, 4, 3, 2)]
    address = f"/lijsten/zet-op/?product={product.public_id}&next=%2Fzoeken%2F%3Fq%3Dbaken"
    assert page.all("//form/@action")[0] == address
    assert page.all("(//details)[1]//a/@href") == [address]
    assert page.texts("(//details)[1]/summary") == ["Op een lijst Bakens & meer"]
    assert not page.all("//script")


def test_without_an_account_it_leads_to_signing_in_and_brings_its_script_once(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = beside(AnonymousUser(), ("method", "m1"), ("product", "p1"))
    links = page.all("//a")
    assert [link.get("data-keep-local") for link in links] == ["method", "product"]
    assert links[0].get("data-name") == "Bakens & meer"
    assert links[0].get("href") == (
        "/account/aanmelden/?next=%2Flijsten%2Fzet-op%2F%3Fmethod%3Dm1%26next%3D%252Fzoeken%252F%253Fq%253Dbaken"
    )
    assert len(page.all("//script")) == len(page.all("//*[@data-local-status]")) == 1


def test_a_press_puts_it_there_and_leads_back(visit, els):
    made, product = make_list(els, name="Klas <3>"), make_product(title="Bakens & co")
    address = f"/lijsten/zet-op/?product={product.public_id}&next=/privacy/%3Fa%3Db"
    response = visit.post(address, {"lijst": made.public_id})
    assert response["Location"] == "/privacy/?a=b"
    page = Page(visit.get("/privacy/"))
    assert "“Bakens & co” staat op de lijst Klas <3> ." in page.text("//*[@role='status']")
    assert page.href("Klas <3>") == url(made)
    assert titles(made) == ["Bakens & co"]
    visit.post(address, {"lijst": made.public_id})
    assert "stond al op de lijst" in Page(visit.get("/privacy/")).text("//*[@role='status']")
    assert titles(made) == ["Bakens & co"]


def test_a_new_list_is_made_on_the_way(visit, els):
    section = make_section(make_school(), lead=els)
    method = make_method(name="Kompas")
    address = f"/lijsten/zet-op/?method={method.public_id}"
    page = Page(visit.get(address))
    assert page.text("//h1") == "“Kompas” op een lijst zetten"
    refused = visit.post(address, {"name": "", "owner": "mij"})
    assert refused.status_code == 422
    assert "Geef de lijst een naam" in alerts(refused)
    response = visit.post(address, {"name": "Nieuw", "owner": str(section.pk)})
    assert response["Location"] == method.get_absolute_url()
    made = MaterialList.objects.get()
    assert (made.section, titles(made)) == (section, ["Kompas"])
    assert ListItem.objects.get().added_by == els


@pytest.mark.parametrize("away", ["https://elders.example/", "//elders.example/", "javascript:alert(1)", "/\\elders"])
def test_nobody_is_sent_away_from_the_site(visit, els, away):
    made, product = make_list(els), make_product()
    response = visit.post(f"/lijsten/zet-op/?product={product.public_id}&next={away}", {"lijst": made.public_id})
    assert response["Location"] == product.get_absolute_url()


@pytest.mark.parametrize("query", ["", "?product=weg", "?method=", "?product=a%00b", "?uitgever=1"])
def test_what_the_catalogue_does_not_have_is_put_nowhere(visit, query):
    assert visit.get(f"/lijsten/zet-op/{query}").status_code == 404


def test_who_signs_in_first_chooses_the_list_then(client, els):
    product = make_product()
    address = f"/lijsten/zet-op/?product={product.public_id}"
    assert client.post(address, {"lijst": "x"})["Location"].startswith("/account/aanmelden/?next=/lijsten/zet-op/")
    sign_in(client, els, second_factor=False)
    assert client.get(address).status_code == 200


# The list in the browser


def lines(*items) -> str:
    return json.dumps(items)


def line(one, **more) -> dict:
    return {"kind": wanted(one).kind, "id": one.public_id, "name": "Naam", "note": "", "number": None} | more


def test_the_page_of_the_browsers_list_knows_nothing_of_it(client):
    response = client.get("/lijst/")
    page = Page(response)
    assert "Deze lijst werkt met JavaScript" in page.text()
    assert page.all("//*[@data-local-list]/@data-rows-url") == ["/lijst/regels/"]
    assert "no-store" in response["Cache-Control"]
    assert not page.all("//*[@data-local-keep]")


def test_its_lines_are_told_as_they_are_today(client, django_assert_num_queries):
    old, new, method = make_product(title="Oud"), make_product(title="Nieuw"), make_method(name="Kompas")
    merge(old, new)
    query = f"product={old.public_id}&product=weg&method={method.public_id}&method=a%00b&product={old.public_id}"
    with django_assert_num_queries(2 + 4):
        response = client.get(f"/lijst/regels/?{query}")
    assert "no-store" in response["Cache-Control"]
    page = Page(response)
    assert page.all("//li[@class='list-item']/@data-id") == [old.public_id, method.public_id]
    assert page.texts("//h2") == ["Nieuw", "Kompas"]


def test_too_many_lines_are_refused(client):
    query = "&".join(f"product=p{number}" for number in range(101))
    response = client.get(f"/lijst/regels/?{query}")
    assert response.status_code == 400
    assert "hoogstens 100 regels; dit zijn er 101" in response.content.decode()
    assert client.get("/lijst/regels/").status_code == 200


def test_it_is_kept_in_the_account_without_loss(visit, els):
    product, other, method = make_product(title="Bakens 1"), make_product(title="Ander"), make_method(name="Kompas")
    merge(other, product)
    sent = [
        line(method, note="Mooi"),
        line(product, number=30, note="Eerst"),
        line(other, note="Ook"),
        {"kind": "product", "id": "weg", "name": "Weg"},
    ]
    response = visit.post("/lijst/bewaren/", {"name": "Van huis", "regels": lines(*sent)})
    made = MaterialList.objects.get()
    assert response.json() == {
        "url": url(made),
        "kept": [["method", method.public_id], ["product", product.public_id], ["product", other.public_id]],
    }
    assert (made.name, made.user) == ("Van huis", els)
    assert [(entry.title, entry.line.quantity, entry.line.note) for entry in shown(made)] == [
        ("Kompas", None, "Mooi"),
        ("Bakens 1", 30, "Eerst\nOok"),
    ]


@pytest.mark.parametrize(
    ("name", "sent", "told"),
    [
        ("", "[]", "Geef de lijst een naam"),
        ("Een", "", "De lijst in deze browser is niet te lezen."),
        ("Een", "{}x", "niet te lezen"),
        ("Een", "5", "niet te lezen"),
        ("Een", '[{"id": "p"}]', "niet te lezen"),
        ("Een", "[" * 100_000, "niet te lezen"),
        ("Een", '[{"kind": "uitgever", "id": "p"}]', "niet te lezen"),
        ("Een", r'[{"kind": "\ud800", "id": "p"}]', "niet te lezen"),
        ("Een", r'[{"kind": "product", "id": "\ud800"}]', "niet te lezen"),
        ("Een", '[{"kind": "product", "id": ""}]', "niet te lezen"),
        ("Een", '[{"kind": "product", "id": "P"}]', "niet te lezen"),
        ("Een", '[{"kind": "product", "id": "p\\n"}]', "niet te lezen"),
        ("Een", '[{"kind": "product", "id": "pppppppppppppp"}]', "niet te lezen"),
        ("Een", r'[{"kind": "product", "id": "p", "number": "veel\ud800"}]', "“veel” is geen aantal"),
        ("Een", json.dumps([{"kind": "product", "id": "p", "note": "x" * 1001}]), "gebruik er hoogstens 1000"),
        ("Een", '[{"kind": "product", "id": "p", "number": "veel"}]', "“veel” is geen aantal"),
        ("Een", '[{"kind": "product", "id": "p", "number": 0}]', "“0” is geen aantal om te bestellen"),
        ("Een", json.dumps([{"kind": "product", "id": f"p{number}"} for number in range(101)]), "dit zijn er 101"),
    ],
)
def test_what_cannot_be_kept_makes_no_list(visit, name, sent, told):
    response = visit.post("/lijst/bewaren/", {"name": name, "regels": sent})
    assert response.status_code == 422
    assert told in response.json()["message"]
    assert not MaterialList.objects.exists()
    if name:
        refused = visit.post("/lijst/bestellijst.csv", {"regels": sent})
        assert refused.status_code == 400
        assert told in refused.content.decode()
        assert "uitgever" not in Page(refused).text("//*[@role='alert']"), "what was sent is not told back"


def test_who_is_not_signed_in_keeps_it_in_the_browser(client):
    response = client.post("/lijst/bewaren/", {"name": "Een", "regels": "[]"})
    assert (response.status_code, response.json()["message"]) == (
        401,
        "Meld u eerst aan; uw lijst blijft hier staan.",
    )


def test_it_is_taken_along_as_an_order_list(client):
    product = make_product(title="Bakens 1", ean=valid_ean(1), price_cents=1995, currency="EUR")
    sent = {"regels": lines(line(product, number=3, note="Snel"), {"kind": "method", "id": "weg", "name": "Weg"})}
    table = client.post("/lijst/bestellijst.csv", sent).content.decode()
    assert "9789000000012;Bakens 1" in table
    assert ";3;;19,95;59,85;" in table
    assert "Snel" in table
    assert client.post("/lijst/bestellijst.xlsx", sent)["Content-Type"].startswith("application/vnd.openxml")
    assert client.post("/lijst/bestellijst.pdf", sent).status_code == 404
    refused = client.post("/lijst/bestellijst.csv", {"regels": "onzin"})
    assert refused.status_code == 400
    assert "De lijst in deze browser is niet te lezen." in refused.content.decode()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_cannot_be_seen_in_a_note_is_not_taken_along(client, ending):
    sent = {"regels": lines(line(make_product(), note="Snel \ud800\x00\u202eter\r\nklas 3 "))}
    response = client.post(f"/lijst/bestellijst.{ending}", sent)
    assert response.status_code == 200
    if ending == "csv":
        assert ';"Snel    ter\nklas 3"' in response.content.decode()


def test_a_teacher_of_the_section_finds_its_list_beside_what_is_found():
    school = make_school()
    jan = make_teacher("jan", school)
    make_list(make_section(school, lead=jan), name="Van ons")
    assert beside(jan, ("product", "p1")).texts("//button") == ["Van ons"]
