"""What editors do through the pages of the admin: previewed, done with a reason, written down, and undone."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from accounts.models import User
from catalogus.models import Concept, ConceptAlias, Correction, Edit, Method, Product, RereadRequest
from catalogus.product_fields import as_json
from catalogus.services import editing
from catalogus.services.product_rows import CORRECTABLE
from tests.catalogus.services.editing.shelf import WHO, bring, catalogue, data, method, places, product, publisher
from tests.factories import valid_ean

pytestmark = pytest.mark.django_db

ROOT = "/beheer/catalogus"
REASON = {"reason": "Volgens de uitgever."}


def fill() -> None:
    bring(
        a=data("Kiezel", edition_text="2e druk", price_cents=1000, currency="EUR"),
        b=data("Kiezelsteen", edition_text="3e druk"),
        c=data("Duinroos", publisher_name="Linde Educatief"),
    )


def text_of(response) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def act(client: Client, path: str, **fields: str) -> str:
    """Look at the preview, do it, and give the message."""
    url = f"{ROOT}/{path}"
    before = catalogue()
    assert client.get(url).status_code == 200
    assert catalogue() == before
    assert "Dit veld is vereist" in text_of(client.post(url, fields | {"reason": " "})), "not without a reason"
    assert catalogue() == before
    response = client.post(url, REASON | fields)
    assert response.status_code == 302, text_of(response)
    (message,) = [str(found) for found in client.get(response["Location"]).context["messages"]]
    return message


def test_two_methods_are_merged_from_the_list(editor):
    fill()
    one, other = method("Kiezel"), method("Kiezelsteen")
    chosen = {"action": "merge_two", "_selected_action": [one.pk, other.pk]}
    url = editor.post(f"{ROOT}/method/", chosen)["Location"]
    preview = text_of(editor.get(url))
    assert "Producten die verhuizen 1" in preview
    assert "3e druk" in preview
    assert "verhuizen" in text_of(editor.get(f"{ROOT}/method/{one.pk}/merge/?into={other.pk}")), "or the other way"
    message = act(editor, url.removeprefix(f"{ROOT}/"))
    edit = Edit.objects.get()
    assert edit.summary in message
    assert f"ingreep {edit.pk}" in message
    assert (edit.actor, edit.reason) == (User.objects.get().actor_name, REASON["reason"])
    assert len({place[1] for key, place in places().items() if key in "ab"}) == 1
    assert REASON["reason"] in LogEntry.objects.get().change_message
    assert "Methode" in text_of(editor.get(f"{ROOT}/edit/"))


@pytest.mark.parametrize("count", [1, 3])
def test_merging_takes_exactly_two(editor, count):
    fill()
    chosen = {"action": "merge_two", "_selected_action": [found.pk for found in Method.objects.all()[:count]]}
    response = editor.post(f"{ROOT}/method/", chosen, follow=True)
    assert "Kies precies twee methodes" in text_of(response)


def test_the_other_method_is_looked_for_or_proposed(editor):
    fill()
    bring(d=data("Kiezel MAX"))
    url = f"{ROOT}/method/{method('Kiezel').pk}/merge/"
    page = text_of(editor.get(url))
    assert "Kiezel MAX" in page
    assert "De namen lijken voor 64% op elkaar" in page
    found = editor.get(f"{url}?q=steen").content.decode()
    assert f"{url}?into={method('Kiezelsteen').pk}" in found
    assert "Duinroos" not in editor.get(f"{url}?q=duin").content.decode(), "methods of another publisher are no choice"
    assert "Niets gevonden" in text_of(editor.get(f"{url}?q=bestaat-niet"))


def test_what_cannot_be_done_says_why_and_has_no_button(editor):
    fill()
    path = f"{ROOT}/method/{method('Kiezel').pk}/merge/?into={method('Duinroos', 'Linde Educatief').pk}"
    page = editor.get(path)
    assert "Voeg eerst de uitgevers samen" in text_of(page)
    assert 'name="reason"' not in page.content.decode()
    assert "Voeg eerst de uitgevers samen" in text_of(editor.post(path, REASON))
    assert not Edit.objects.exists()


def test_methods_are_renamed_locked_and_let_go(editor):
    fill()
    one = method("Kiezel")
    assert 'value="Kiezel"' in editor.get(f"{ROOT}/method/{one.pk}/rename/").content.decode()
    act(editor, f"method/{one.pk}/rename/?name=Keien")
    assert method("Keien").is_locked
    act(editor, f"method/{one.pk}/unlock/")
    assert not method("Keien").is_locked
    act(editor, f"method/{one.pk}/lock/")
    assert method("Keien").is_locked
    assert "Methode “Kiezel” hernoemd tot “Keien”" in text_of(editor.get(f"{ROOT}/method/{one.pk}/change/"))


def test_an_edition_is_renamed(editor):
    fill()
    edition = product("a").edition
    act(editor, f"edition/{edition.pk}/rename/?label=Tweede+druk&ordinal=")
    edition.refresh_from_db()
    assert (edition.label, edition.ordinal, edition.is_locked) == ("Tweede druk", None, True)
    assert "geheel getal" in text_of(editor.get(f"{ROOT}/edition/{edition.pk}/rename/?label=Derde&ordinal=drie"))


def test_publishers_are_merged_and_renamed(editor):
    fill()
    one, other = publisher("Linde Educatief"), publisher("De Linde")
    assert f"into={other.pk}" in editor.get(f"{ROOT}/publisher/{one.pk}/merge/?q=linde").content.decode()
    act(editor, f"publisher/{one.pk}/merge/?into={other.pk}")
    assert {place[0] for place in places().values()} == {"De Linde"}
    act(editor, f"publisher/{other.pk}/rename/?name=Lindeblad")
    assert {place[0] for place in places().values()} == {"Lindeblad"}
    page = text_of(editor.get(f"{ROOT}/publisher/{other.pk}/change/"))
    assert "Lindeblad (redactie)" in page
    assert "Uitgever “Linde Educatief” samengevoegd met “De Linde”" in page


def test_proposals_lead_to_a_preview(editor):
    fill()
    bring(d=data("Kiezel MAX"))
    url = f"{ROOT}/publisher/{publisher('De Linde').pk}/proposals/"
    page = editor.get(url).content.decode()
    assert f"{ROOT}/method/{method('Kiezel MAX').pk}/merge/?into={method('Kiezel').pk}" in page
    other = f"{ROOT}/publisher/{publisher('Linde Educatief').pk}/proposals/"
    assert "niets voor te stellen" in text_of(editor.get(other))


def test_products_are_moved_in_steps(editor):
    fill()
    chosen = {"action": "move_chosen", "_selected_action": [product("a").pk]}
    url = editor.post(f"{ROOT}/product/", chosen)["Location"]
    assert "Kiezelsteen" not in text_of(editor.get(url)), "at first the method that they are in"
    step = f"{url}&into={method('Kiezelsteen').pk}"
    found = unescape(editor.get(f"{url}&q=steen").content.decode())
    assert step in found
    assert "3e druk" in text_of(editor.get(step)), "an edition that is there can be picked"
    message = act(editor, f"{step.removeprefix(f'{ROOT}/')}&edition_in={product('b').edition_id}&label=")
    assert "verplaatst naar “Kiezelsteen”" in message
    assert places()["a"][1:] == ("Kiezelsteen", "3e druk")
    act(editor, f"product/move/?products={product('a').pk}&into={method('Kiezel').pk}&edition_in=&label=7e+dr.")
    assert places()["a"][1:] == ("Kiezel", "7e druk")


def test_a_whole_edition_is_moved(editor):
    fill()
    edition = product("a").edition
    assert f"/move/?edition={edition.pk}" in editor.get(f"{ROOT}/edition/{edition.pk}/change/").content.decode()
    act(editor, f"product/move/?edition={edition.pk}&into={method('Kiezelsteen').pk}&edition_in=&label=")
    assert places()["a"][1:] == ("Kiezelsteen", "onbekend")


def test_every_kind_of_edit_is_undone_on_its_page(editor):
    fill()
    before = catalogue()
    edits = [
        editing.merge_methods(source=method("Kiezelsteen"), target=method("Kiezel"), **WHO),
        editing.rename_method(method=method("Kiezel"), name="Keien", **WHO),
        editing.rename_edition(edition=product("a").edition, label="Tweede", ordinal=2, **WHO),
        editing.move_products(products=[product("a")], method=method("Keien"), edition="9e druk", **WHO),
        editing.merge_publishers(source=publisher("Linde Educatief"), target=publisher("De Linde"), **WHO),
        editing.rename_publisher(publisher=publisher("De Linde"), name="Lindeblad", **WHO),
    ]
    refused = text_of(editor.get(f"{ROOT}/edit/{edits[0].pk}/undo/"))
    assert "Maak eerst ongedaan" not in refused, "nothing later builds on this one"
    for edit in reversed(edits):
        assert "Maak ongedaan" in text_of(editor.get(f"{ROOT}/edit/{edit.pk}/change/"))
        act(editor, f"edit/{edit.pk}/undo/")
        page = text_of(editor.get(f"{ROOT}/edit/{edit.pk}/change/"))
        assert "Maak ongedaan" not in page
        assert REASON["reason"] in page
    assert catalogue() == before


def test_what_is_built_upon_is_not_undone(editor):
    fill()
    first = editing.merge_methods(source=method("Kiezelsteen"), target=method("Kiezel"), **WHO)
    second = editing.move_products(products=[product("b")], method=method("Kiezel"), edition="", **WHO)
    path = f"{ROOT}/edit/{first.pk}/undo/"
    assert f"nr. {second.pk}" in text_of(editor.get(path))
    assert f"nr. {second.pk}" in text_of(editor.post(path, REASON))
    assert method("Kiezelsteen").merged_into is not None


# Of each kind of field: what an editor types, and what the product then has.
TYPED = {
    "title": ("Betere titel", "Betere titel"),
    "description": ("Eerste regel\nTweede", "Eerste regel\nTweede"),
    "ean": (valid_ean(5), valid_ean(5)),
    "identifier": ("", ""),
    "state": ("no_longer_available", "no_longer_available"),
    "is_licensed": ("nee", False),
    "is_open": ("", None),
    "price_cents": ("1250", 1250),
    "price_excl_cents": ("", None),
    "form_confidence": ("100", 100),
    "vat_rate": ("9,0", Decimal("9.0")),
    "first_published_on": ("2026-08-01", date(2026, 8, 1)),
    "authors": ("Jansen, A.\n\n de Boer, B. ", ["Jansen, A.", "de Boer, B."]),
    "information_url": ("https://uitgever.example/kiezel", "https://uitgever.example/kiezel"),
    "accessibility_url": ("https://uitgever.example/toegankelijk", "https://uitgever.example/toegankelijk"),
    "classification": (
        "vo | havo, vwo | leerjaar-3 | wiskunde-a\npo || groep-5",
        [
            {"sectors": ["vo"], "levels": ["havo", "vwo"], "years": ["leerjaar-3"], "subjects": ["wiskunde-a"]},
            {"sectors": ["po"], "levels": [], "years": ["groep-5"], "subjects": []},
        ],
    ),
    "price_parts": ("1835 | 9.0\n100|21", [
        {"excl_cents": 1835, "vat_rate": "9.0"}, {"excl_cents": 100, "vat_rate": "21"},
    ]),
}  # fmt: skip


@pytest.mark.parametrize("field", TYPED)
def test_a_field_is_corrected_and_given_back(editor, field):
    fill()
    typed, value = TYPED[field]
    before = getattr(product("a"), field)
    path = f"product/{product('a').pk}"
    act(editor, f"{path}/correct/{field}/", value=typed)
    assert getattr(product("a"), field) == value
    correction = Correction.objects.get()
    assert (correction.field, correction.actor, correction.reason) == (
        field,
        User.objects.get().actor_name,
        REASON["reason"],
    )
    assert f"withdraw/{field}/" in editor.get(f"{ROOT}/{path}/change/").content.decode()
    assert editor.get(f"{ROOT}/product/?corrected=ja").context["cl"].result_count == 1
    act(editor, f"{path}/withdraw/{field}/")
    assert getattr(product("a"), field) == before
    assert editor.get(f"{ROOT}/{path}/withdraw/{field}/").status_code == 404


def test_every_field_has_a_form_that_shows_what_it_holds_and_takes_it_back_as_it_is(editor):
    fill()
    pk = product("a").pk
    listed = editor.get(f"{ROOT}/product/{pk}/correct/").content.decode()
    for field in CORRECTABLE:
        path = f"{ROOT}/product/{pk}/correct/{field}/"
        assert path in listed
        form = editor.get(path).context["form"]
        shown = form["value"].value()
        before = as_json(getattr(product("a"), field))
        response = editor.post(path, REASON | {"value": "" if shown is None else str(shown)})
        assert response.status_code == 302, (field, text_of(response))
        assert as_json(getattr(product("a"), field)) == before, field


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("title", " ", "leeg"),
        ("ean", "9789000000011", "controlecijfer"),
        ("information_url", "javascript:alert(1)", "http"),
        ("classification", "vo | gymnasium-plus", "gymnasium-plus"),
        ("classification", "a|b|c|d|e", "meer dan vier delen"),
        ("price_parts", "tien | 9", "niet te lezen"),
        ("sale_unit_size", "0", "1 of meer"),
        ("price_cents", "19,95", "geheel getal"),
        ("state", "weg", "keuze"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(editor, field, typed, told):
    fill()
    before = catalogue()
    response = editor.post(f"{ROOT}/product/{product('a').pk}/correct/{field}/", REASON | {"value": typed})
    assert response.status_code == 200
    errors = " ".join(response.context["form"].errors["value"])
    assert told in errors
    assert catalogue() == before


def test_products_are_found_by_words_and_codes(editor):
    bring(a=data("Kiezel", title="Reünie in getallen", ean=valid_ean(4), identifier="KZ-1"), b=data("Duinroos"))
    for asked in ("reunie", "kiezel getallen", valid_ean(4), "KZ-1", "a", "linde reünie"):
        found = editor.get(f"{ROOT}/product/", {"q": asked}).context["cl"].queryset
        assert [row.public_id for row in found] == ["a"], asked
    assert editor.get(f"{ROOT}/product/", {"q": "met\x00nul"}).status_code == 200


def test_spellings_of_concepts_are_added_and_removed(editor):
    concept = Concept.objects.get(scheme="subject", code="wiskunde")
    act(editor, f"concept/{concept.pk}/alias/?text=Cijferen%21")
    alias = ConceptAlias.objects.get(text="Cijferen!")
    assert (alias.concept, alias.key, alias.provenance) == (concept, "cijferen", "editor")
    assert RereadRequest.objects.get().publisher is None
    again = editor.post(f"{ROOT}/concept/{concept.pk}/alias/?text=CIJFEREN", REASON)
    assert "al bekend" in text_of(again)
    act(editor, f"conceptalias/{alias.pk}/remove/")
    assert not ConceptAlias.objects.filter(pk=alias.pk).exists()
    assert RereadRequest.objects.count() == 2
    shipped = ConceptAlias.objects.filter(provenance="seed")[0]
    assert "wordt meegeleverd" in text_of(editor.post(f"{ROOT}/conceptalias/{shipped.pk}/remove/", REASON))


def test_pages_keep_the_strict_policy(editor):
    fill()
    edit = editing.lock_method(method=method("Kiezel"), **WHO)
    pk = product("a").pk
    for path in ("method/", f"product/{pk}/change/", f"product/{pk}/correct/title/", f"edit/{edit.pk}/undo/"):
        response = editor.get(f"{ROOT}/{path}")
        policy = response["Content-Security-Policy"]
        assert "script-src 'self';" in f"{policy};"
        assert "unsafe" not in policy
        page = response.content.decode()
        # A script in the page itself; data for scripts is none.
        assert not re.search(r'<script(?![^>]*(?:\bsrc=|type="application/json"))', page)
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style", page)


def test_looking_takes_no_more_queries_for_more_rows(editor, django_assert_max_num_queries):
    bring(
        **{f"p{number}": data(f"Kiezel {number} deel", edition_text=f"{number % 9 + 1}e druk") for number in range(60)}
    )
    for kind in ("method", "edition", "publisher", "product", "edit", "concept", "conceptalias"):
        with django_assert_max_num_queries(12):
            editor.get(f"{ROOT}/{kind}/")
    assert Product.objects.count() == 60
