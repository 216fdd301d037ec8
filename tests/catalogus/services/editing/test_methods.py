"""Merging, renaming and locking methods: what comes together, what is refused, and what a later harvest may not do."""

from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError

from catalogus.exceptions import EditRefused
from catalogus.models import Cause, Edit, Edition, EditKind, Method, OutboxEntry, Product, ProductVersion, RereadRequest
from catalogus.product_data import Classification
from catalogus.services import editing
from tests.catalogus.services.editing.shelf import WHO, bring, catalogue, data, method, places, product
from tests.factories import make_method, make_product, review_fields

pytestmark = pytest.mark.django_db


def merge(source: str, target: str) -> Edit:
    return editing.merge_methods(source=method(source), target=method(target), **WHO)


def test_products_come_together_edition_by_edition():
    bring(
        a=data("Kiezel", edition_text="2e druk"),
        b=data("Kiezel", edition_text="3e druk"),
        c=data("Kiezelsteen", edition_text="3e druk"),
        d=data("Kiezelsteen", edition_text="4e druk"),
        e=data("Kiezelsteen"),
    )
    edition = product("b").edition
    plan = editing.plan_merge_methods(source=method("Kiezelsteen"), target=method("Kiezel"))
    assert (plan.product_count, plan.refusals) == (3, ())
    assert {(row.label, row.from_source, row.from_target) for row in plan.editions} == {
        ("onbekend", 1, 0), ("2e druk", 0, 1), ("3e druk", 1, 1), ("4e druk", 1, 0),
    }  # fmt: skip
    merge("Kiezelsteen", "Kiezel")
    assert {place[1] for place in places().values()} == {"Kiezel"}
    assert {key: place[2] for key, place in places().items()} == {
        "a": "2e druk", "b": "3e druk", "c": "3e druk", "d": "4e druk", "e": "onbekend",
    }  # fmt: skip
    assert product("c").edition == edition
    assert product("d").edition.ordinal == 4
    assert method("Kiezelsteen").merged_into == method("Kiezel")
    assert "Kiezelsteen" not in Product.objects.get(public_id="c").search_text.split("\n")
    assert product("c").origin_method == method("Kiezelsteen"), "what the records name is not forgotten"


def test_it_is_written_down_and_makes_documents_stale():
    bring(a=data("Kiezel"), b=data("Kiezelsteen"))
    OutboxEntry.objects.all().delete()
    edit = merge("Kiezelsteen", "Kiezel")
    assert (edit.kind, edit.actor, edit.reason) == (EditKind.MERGE_METHODS, WHO["actor"], WHO["reason"])
    assert (edit.method, edit.publisher) == (method("Kiezel"), method("Kiezel").publisher)
    assert "Kiezelsteen" in edit.summary
    version = ProductVersion.objects.latest("id")
    assert (version.product, version.kind, version.cause) == (product("b"), "moved", Cause.EDITOR)
    assert (version.run, version.actor, version.reason) == (f"edit-{edit.pk}", WHO["actor"], WHO["reason"])
    assert version.changes["method_id"] == [method("Kiezelsteen").pk, method("Kiezel").pk]
    assert ProductVersion.objects.filter(run=f"edit-{edit.pk}").count() == 1, "the other product did not change"
    assert set(OutboxEntry.objects.values_list("kind", "object_id")) == {
        ("product", product("b").pk), ("method", method("Kiezel").pk), ("method", method("Kiezelsteen").pk),
    }  # fmt: skip


def test_what_records_bring_later_comes_in_at_the_survivor():
    bring(a=data("Kiezel"), b=data("Kiezelsteen"))
    merge("Kiezelsteen", "Kiezel")
    before = places()
    bring(a=data("Kiezel"), b=data("Kiezelsteen"))
    assert places() == before
    bring(b=data("Kiezelsteen", title="Herzien"), c=data("Kiezelsteen", edition_text="5e druk"))
    assert places()["b"][1:] == ("Kiezel", "onbekend")
    assert places()["c"][1:] == ("Kiezel", "5e druk")


def test_a_long_chain_leads_to_its_end():
    names = [f"Kiezel {number} deel" for number in range(60)]
    bring(**{f"p{number}": data(name) for number, name in enumerate(names)})
    for source, target in pairwise(names):
        merge(source, target)
    assert {place[1] for place in places().values()} == {names[-1]}
    bring(nieuw=data(names[0]))
    assert places()["nieuw"][1] == names[-1]


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("Kiezel", "Kiezel", "zichzelf"),
        ("Opgegaan", "Kiezel", "al samengevoegd met “Duinroos”"),
        ("Duinroos", "Opgegaan", "zo zou de een naar de ander leiden"),
        ("Kiezel", "Opgegaan", "kies die methode"),
        ("Kiezel", "Vreemd", "Voeg eerst de uitgevers samen"),
    ],
)
def test_what_cannot_be_merged_says_why_and_changes_nothing(source, target, reason):
    bring(
        a=data("Kiezel"), b=data("Opgegaan"), c=data("Duinroos"), d=data("Vreemd", publisher_name="Ander huis"),
    )  # fmt: skip
    merge("Opgegaan", "Duinroos")
    rows = {found.name: found for found in Method.objects.select_related("publisher", "merged_into")}
    before = catalogue()
    assert any(reason in text for text in editing.plan_merge_methods(source=rows[source], target=rows[target]).refusals)
    with pytest.raises(EditRefused, match=reason):
        editing.merge_methods(source=rows[source], target=rows[target], **WHO)
    assert catalogue() == before
    assert Edit.objects.count() == 1


@pytest.mark.parametrize("missing", ["actor", "reason"])
def test_nothing_is_done_without_a_name_and_a_reason(missing):
    bring(a=data("Kiezel"), b=data("Kiezelsteen"))
    before, who = catalogue(), WHO | {missing: " \n"}
    one, other = method("Kiezel"), method("Kiezelsteen")
    for act in (
        lambda: editing.merge_methods(source=one, target=other, **who),
        lambda: editing.rename_method(method=one, name="Nieuw", **who),
        lambda: editing.lock_method(method=one, **who),
        lambda: editing.move_products(products=[product("a")], method=other, edition="2e druk", **who),
    ):
        with pytest.raises(ValidationError) as error:
            act()
        assert set(error.value.message_dict) == {missing}
    assert catalogue() == before
    assert not Edit.objects.exists()


def test_warnings_name_what_makes_it_doubtful():
    po = Classification(("po",), ("bao",), ("groep-5",), ("taal",))
    bring(
        a=data("Kiezel", title="Rekenen met breuken"),
        b=data("Duinroos", title="Woordenschat oefenen", classification=(po,)),
        c=data("Kiezel wiskunde", title="Rekenen met verhoudingen"),
    )
    Method.objects.filter(name="Kiezel").update(**review_fields(2, older=1), is_locked=True)
    doubtful = editing.plan_merge_methods(source=method("Kiezel"), target=method("Duinroos")).warnings
    for word in ("Andere sectoren", "Andere vakken", "weinig woorden", "vastgezet", "3 beoordelingen"):
        assert any(word in text for text in doubtful), word
    plan = editing.plan_merge_methods(source=method("Kiezel wiskunde"), target=method("Kiezel"))
    assert (plan.warnings, plan.review_count) == ((), 0)


def test_what_a_lock_kept_together_stays_together_in_a_merge():
    bring(a=data("Kiezel", edition_text="2e druk"), b=data("Duinroos"), c=data("Duinroos", edition_text="2e druk"))
    editing.lock_method(method=method("Kiezel"), **WHO)
    editing.rename_edition(edition=product("a").edition, label="Tweede", ordinal=2, **WHO)
    merge("Kiezel", "Duinroos")
    assert method("Duinroos").is_locked
    assert product("c").edition.is_locked
    bring(a=data("Andere naam", edition_text="7e druk"))
    assert places()["a"][1:] == ("Duinroos", "2e druk")


def test_a_renamed_method_keeps_its_name_and_its_records():
    bring(a=data("Kiezel"), b=data("Kiezel"))
    OutboxEntry.objects.all().delete()
    versions = ProductVersion.objects.count()
    edit = editing.rename_method(method=method("Kiezel"), name="  Kiezel\nwiskunde ", **WHO)
    assert edit.method is not None
    edit.method.refresh_from_db()
    assert (edit.method.name, edit.method.is_locked) == ("Kiezel wiskunde", True)
    assert "Kiezel wiskunde" in product("a").search_text
    assert set(OutboxEntry.objects.values_list("kind", "object_id")) == {
        ("product", product("a").pk), ("product", product("b").pk), ("method", edit.method.pk),
    }  # fmt: skip
    assert ProductVersion.objects.count() == versions, "no product changed"
    bring(a=data("Kiezel", title="Herzien"), c=data("Kiezel"))
    assert {place[1] for place in places().values()} == {"Kiezel wiskunde"}


def test_a_products_own_method_keeps_the_name_that_an_editor_gave():
    bring(a=data("", title="Losse atlas"))
    editing.rename_method(method=method("Losse atlas"), name="Atlas", **WHO)
    bring(a=data("", title="Losse atlas, herzien"))
    assert places()["a"][1] == "Atlas"


@pytest.mark.parametrize("name", ["", " ", "…", "x" * 501, "met\x00nul", "Vastgezet"])
def test_names_that_cannot_be(name):
    bring(a=data("Vastgezet"))
    editing.lock_method(method=method("Vastgezet"), **WHO)
    with pytest.raises(EditRefused):
        editing.rename_method(method=method("Vastgezet"), name=name, **WHO)


def test_a_name_that_another_method_has_is_a_warning():
    bring(a=data("Kiezel"), b=data("Kiezelsteen"))
    assert editing.plan_rename_method(method=method("Kiezel"), name="kiezelsteen").warnings
    assert not editing.plan_rename_method(method=method("Kiezel"), name="Kiezeltje").warnings


def test_locking_keeps_products_and_letting_go_asks_for_their_records():
    bring(a=data("Kiezel"))
    editing.lock_method(method=method("Kiezel"), **WHO)
    bring(a=data("Duinroos"))
    assert places()["a"][1] == "Kiezel"
    assert editing.plan_lock(method=method("Kiezel"), is_locked=False).kept_count == 1
    with pytest.raises(EditRefused, match="al vastgezet"):
        editing.lock_method(method=method("Kiezel"), **WHO)
    assert not RereadRequest.objects.exists()
    editing.unlock_method(method=method("Kiezel"), **WHO)
    assert RereadRequest.objects.get().publisher == method("Kiezel").publisher
    with pytest.raises(EditRefused, match="niet vastgezet"):
        editing.unlock_method(method=method("Kiezel"), **WHO)
    bring(a=data("Duinroos"))
    assert places()["a"][1] == "Duinroos"


def test_letting_go_of_what_nobody_claims_reads_nothing():
    bring(a=data("Kiezel"))
    editing.lock_method(method=method("Kiezel"), **WHO)
    editing.unlock_method(method=method("Kiezel"), **WHO)
    assert not RereadRequest.objects.exists()


def test_a_renamed_edition_keeps_its_label_and_its_records():
    bring(a=data("Kiezel", edition_text="3e druk"), b=data("Kiezel", edition_text="2e druk"))
    OutboxEntry.objects.all().delete()
    editing.rename_edition(edition=product("a").edition, label="Derde, herziene druk", ordinal=4, **WHO)
    assert set(OutboxEntry.objects.values_list("kind", "object_id")) == {
        ("product", product("a").pk), ("method", method("Kiezel").pk),
    }  # fmt: skip
    bring(a=data("Kiezel", edition_text="3e druk", title="Herzien"), c=data("Kiezel", edition_text="3e druk"))
    assert places()["a"][2] == places()["c"][2] == "Derde, herziene druk"
    assert product("a").edition.ordinal == 4
    bring(a=data("Kiezel", edition_text="9e druk"))
    assert places()["a"][2] == "Derde, herziene druk", "a locked edition keeps what is in it"


@pytest.mark.parametrize(
    ("label", "ordinal", "reason"),
    [
        ("", 1, "aanduiding"),
        ("2e druk", 2, "al een uitgave"),
        ("Derde", 0, "volgnummer"),
        ("Derde", 10**9, "volgnummer"),
    ],
)
def test_labels_that_cannot_be(label, ordinal, reason):
    bring(a=data("Kiezel", edition_text="3e druk"), b=data("Kiezel", edition_text="2e druk"))
    with pytest.raises(EditRefused, match=reason):
        editing.rename_edition(edition=product("a").edition, label=label, ordinal=ordinal, **WHO)


def test_the_unknown_edition_has_no_name():
    bring(a=data("Kiezel"))
    with pytest.raises(EditRefused, match="onbekende uitgave"):
        editing.rename_edition(edition=Edition.objects.get(), label="Eerste druk", ordinal=1, **WHO)


def test_moved_products_stay_where_they_were_put():
    bring(a=data("Kiezel"), b=data("Kiezel"), c=data("Duinroos", edition_text="2e druk"))
    chosen = [product("a"), product("b")]
    plan = editing.plan_move_products(products=chosen, method=method("Duinroos"), edition="3e dr.")
    assert (plan.edition, plan.edition_label, len(plan.moving), plan.refusals) == (None, "3e dr.", 2, ())
    edit = editing.move_products(products=chosen, method=method("Duinroos"), edition="3e dr.", **WHO)
    assert places()["a"] == places()["b"] == ("De Linde", "Duinroos", "3e druk")
    assert product("a").edition.ordinal == 3
    assert {version.kind for version in ProductVersion.objects.filter(run=f"edit-{edit.pk}")} == {"moved"}
    bring(a=data("Kiezel", title="Herzien", edition_text="8e druk"))
    assert places()["a"][1:] == ("Duinroos", "3e druk")
    assert product("a").title == "Herzien"
    editing.move_products(products=[product("a")], method=method("Duinroos"), edition=product("c").edition, **WHO)
    assert product("a").edition == product("c").edition
    assert ProductVersion.objects.latest("id").kind == "changed", "another edition is not another method"


def test_products_can_be_kept_where_they_are():
    bring(a=data("Kiezel"))
    plan = editing.plan_move_products(products=[product("a")], method=method("Kiezel"), edition="")
    assert (plan.moving, plan.refusals, len(plan.warnings)) == ((), (), 1)
    editing.move_products(products=[product("a")], method=method("Kiezel"), edition="", **WHO)
    bring(a=data("Duinroos"))
    assert places()["a"][1] == "Kiezel"
    with pytest.raises(EditRefused, match="staan daar al"):
        editing.move_products(products=[product("a")], method=method("Kiezel"), edition="onbekend", **WHO)


def test_what_cannot_be_moved_is_named():
    bring(a=data("Kiezel"), b=data("Duinroos"), c=data("Vreemd boek", publisher_name="Ander huis"))
    gone = make_product(method=method("Kiezel"), title="Weg", merged_into=product("a"))
    for chosen, reason in (([product("c")], "Vreemd boek leerboek"), ([gone], "Weg"), ([], "ten minste één")):
        with pytest.raises(EditRefused, match=reason):
            editing.move_products(products=chosen, method=method("Duinroos"), edition="", **WHO)
    for label in ("x" * 101, "met\x00nul"):
        with pytest.raises(EditRefused, match="aanduiding"):
            editing.move_products(products=[product("a")], method=method("Duinroos"), edition=label, **WHO)
    with pytest.raises(EditRefused, match="niet van deze methode"):
        editing.move_products(products=[product("a")], method=method("Duinroos"), edition=product("c").edition, **WHO)
    editing.merge_methods(source=method("Duinroos"), target=method("Kiezel"), **WHO)
    with pytest.raises(EditRefused, match="kies die methode"):
        editing.move_products(products=[product("a")], method=method("Duinroos"), edition="", **WHO)


def test_products_without_a_known_origin_go_along_and_back():
    one = make_method(name="Een")
    other = make_method(name="Ander", publisher=one.publisher)
    alone = make_product(method=one)
    edit = editing.merge_methods(source=one, target=other, **WHO)
    alone.refresh_from_db()
    assert (alone.method, alone.origin_method) == (other, one)
    editing.undo(edit=edit, **WHO)
    alone.refresh_from_db()
    assert alone.method == one
