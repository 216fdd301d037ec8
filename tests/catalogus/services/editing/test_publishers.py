"""Merging and renaming publishers: methods, products and names go along, and what came together can part."""

import pytest

from catalogus.exceptions import EditRefused
from catalogus.models import Method, OutboxEntry, Product, ProductVersion, PublisherAlias, RereadRequest
from catalogus.services import editing
from catalogus.services.publishers import resolve_publishers
from tests.catalogus.services.editing.shelf import WHO, bring, catalogue, data, method, places, product, publisher

pytestmark = pytest.mark.django_db

TWO = {"publisher_name": "Linde Educatief"}


def merge_publishers(source: str = "Linde Educatief", target: str = "De Linde"):
    return editing.merge_publishers(source=publisher(source), target=publisher(target), **WHO)


def test_methods_and_products_go_along_and_those_of_one_name_come_together():
    bring(
        a=data("Kiezel", edition_text="2e druk"),
        b=data("Kiezel", edition_text="3e druk", **TWO),
        c=data("Duinroos", **TWO),
        d=data("", title="Losse atlas", **TWO),
    )
    address = method("Duinroos", "Linde Educatief").public_id
    plan = editing.plan_merge_publishers(source=publisher("Linde Educatief"), target=publisher("De Linde"))
    assert (plan.method_count, plan.product_count, plan.refusals) == (3, 3, ())
    assert [(one.name, other.name) for one, other in plan.meeting] == [("Kiezel", "Kiezel")]
    assert any("Kiezel" in text for text in plan.warnings)
    edit = merge_publishers()
    assert places() == {
        "a": ("De Linde", "Kiezel", "2e druk"),
        "b": ("De Linde", "Kiezel", "3e druk"),
        "c": ("De Linde", "Duinroos", "onbekend"),
        "d": ("De Linde", "Losse atlas", "onbekend"),
    }
    assert method("Duinroos").public_id == address
    assert product("b").method == product("a").method
    assert "De Linde" in product("c").search_text.split("\n")
    kinds = ProductVersion.objects.filter(run=f"edit-{edit.pk}").values_list("product__public_id", "kind")
    assert dict(kinds) == {"b": "moved", "c": "changed", "d": "changed"}
    assert RereadRequest.objects.get().publisher == publisher("Linde Educatief")


def test_what_either_name_brings_later_comes_in_at_the_survivor():
    bring(a=data("Kiezel"), b=data("Kiezel", **TWO), c=data("Duinroos", **TWO))
    merge_publishers()
    before = places()
    bring(a=data("Kiezel"), b=data("Kiezel", **TWO), c=data("Duinroos", **TWO))
    assert places() == before
    bring(c=data("Duinroos", title="Herzien", **TWO), e=data("Kompas", **TWO), f=data("Kompas"))
    assert {place[0] for place in places().values()} == {"De Linde"}
    assert product("e").method == product("f").method
    assert resolve_publishers(["LINDE EDUCATIEF B.V."])["LINDE EDUCATIEF B.V."] == publisher("De Linde")


def test_methods_that_were_merged_before_stay_merged():
    bring(a=data("Kiezel", **TWO), b=data("Kiezelsteen", **TWO), c=data("Duinroos"))
    source = method("Kiezelsteen", "Linde Educatief")
    editing.merge_methods(source=source, target=method("Kiezel", "Linde Educatief"), **WHO)
    merge_publishers()
    bring(b=data("Kiezelsteen", title="Herzien", **TWO), d=data("Kiezelsteen"))
    assert {place[1] for key, place in places().items() if key != "c"} == {"Kiezel"}


def test_names_that_are_one_here_and_two_there_are_refused():
    bring(a=data("Kiezel", **TWO), b=data("Kiezelsteen", **TWO), c=data("Kiezelsteen"), d=data("Kiezel"))
    one = editing.merge_methods(
        source=method("Kiezelsteen", "Linde Educatief"), target=method("Kiezel", "Linde Educatief"), **WHO
    )
    with pytest.raises(EditRefused, match="“Kiezelsteen” is bij Linde Educatief samengevoegd met “Kiezel”"):
        merge_publishers()
    editing.merge_methods(source=method("Kiezelsteen"), target=method("Kiezel"), **WHO)
    edit = merge_publishers()
    assert len(set(places().values())) == 1
    editing.undo(edit=edit, **WHO)
    editing.undo(edit=one, **WHO)
    assert places()["b"][:2] == ("Linde Educatief", "Kiezelsteen")


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("De Linde", "De Linde", "zichzelf"),
        ("Opgegaan", "De Linde", "al samengevoegd met Linde Educatief"),
        ("Linde Educatief", "Opgegaan", "zo zou de een naar de ander leiden"),
        ("De Linde", "Opgegaan", "kies die uitgever"),
    ],
)
def test_what_cannot_be_merged_says_why(source, target, reason):
    bring(a=data(), b=data(**TWO), c=data(publisher_name="Opgegaan"))
    merge_publishers("Opgegaan", "Linde Educatief")
    before = catalogue()
    with pytest.raises(EditRefused, match=reason):
        merge_publishers(source, target)
    assert catalogue() == before


def test_publishers_part_with_what_came_in_since():
    bring(a=data("Kiezel"), b=data("Kiezel", **TWO), c=data("Duinroos", **TWO))
    before = catalogue()
    edit = merge_publishers()
    editing.undo(edit=edit, **WHO)
    assert catalogue() == before
    edit = merge_publishers()
    bring(d=data("Kiezel", title="Nieuw van twee", **TWO), e=data("Kompas", **TWO))
    RereadRequest.objects.all().delete()
    editing.undo(edit=edit, **WHO)
    assert set(RereadRequest.objects.values_list("publisher__name", flat=True)) == {"De Linde", "Linde Educatief"}
    # Whoever keeps the records reads them again; what they say puts the rest right.
    everything = {"b": data("Kiezel", **TWO), "c": data("Duinroos", **TWO)}
    bring(**everything, d=data("Kiezel", title="Nieuw van twee", **TWO), e=data("Kompas", **TWO), a=data("Kiezel"))
    assert {key: place[:2] for key, place in places().items()} == {
        "a": ("De Linde", "Kiezel"),
        "b": ("Linde Educatief", "Kiezel"),
        "c": ("Linde Educatief", "Duinroos"),
        "d": ("Linde Educatief", "Kiezel"),
        "e": ("Linde Educatief", "Kompas"),
    }


def test_a_renamed_publisher_keeps_its_address_and_both_names():
    bring(a=data("Kiezel"))
    slug, address = publisher("De Linde").slug, method("Kiezel").public_id
    OutboxEntry.objects.all().delete()
    editing.rename_publisher(publisher=publisher("De Linde"), name="Lindeblad", **WHO)
    found = publisher("Lindeblad")
    assert found.slug == slug
    assert "Lindeblad" in product("a").search_text.split("\n")
    assert set(OutboxEntry.objects.values_list("kind", flat=True)) == {"product", "method"}
    bring(a=data("Kiezel"), b=data("Kiezel", publisher_name="Lindeblad bv"), c=data("Duinroos"))
    assert {place[0] for place in places().values()} == {"Lindeblad"}
    assert product("b").method.public_id == address


def test_ids_of_methods_do_not_hang_on_what_editors_call_a_publisher():
    bring(a=data("Kiezel"), b=data("Kiezel", **TWO))
    edit = editing.rename_publisher(publisher=publisher("De Linde"), name="Lindeblad", **WHO)
    bring(c=data("Duinroos"))
    editing.undo(edit=edit, **WHO)
    bring(d=data("Duinroos", publisher_name="Lindeblad"))
    assert Method.objects.filter(name="Duinroos").values("public_id").distinct().count() == 2


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "naam"), ("…", "naam"), ("x" * 256, "naam"), ("De Linde", "heet al zo"), ("LINDE EDUCATIEF BV", "voeg")],
)
def test_names_that_cannot_be(name, reason):
    bring(a=data(), b=data(**TWO))
    with pytest.raises(EditRefused, match=reason):
        editing.rename_publisher(publisher=publisher("De Linde"), name=name, **WHO)


def test_a_name_of_ones_own_can_be_taken():
    bring(a=data(), b=data(**TWO))
    merge_publishers()
    aliases = PublisherAlias.objects.count()
    editing.rename_publisher(publisher=publisher("De Linde"), name="Linde Educatief bv", **WHO)
    assert PublisherAlias.objects.count() == aliases
    assert Product.objects.filter(publisher__name="Linde Educatief bv").count() == 2
