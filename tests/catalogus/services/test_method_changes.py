"""Other rooms hear of exactly the methods that were changed in what their rows rest on."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from catalogus.models import Cause, Method, Product
from catalogus.services import editing
from catalogus.services.current_editions import refresh_current_editions
from catalogus.services.editing.undoing import undo
from catalogus.services.merging import merge_products, unmerge_products
from catalogus.services.method_changes import heard_by, register_method_listener, tell_methods_changed
from catalogus.services.withdrawal import withdraw_products
from tests.catalogus.services.editing.shelf import WHO, bring, data, method, product, publisher

pytestmark = pytest.mark.django_db


class Hearing:
    """The names of the methods of each call since the last question."""

    def __init__(self) -> None:
        self._calls: list[set[str]] = []

    def __call__(self, method_ids: frozenset[int]) -> None:
        self._calls.append(set(Method.objects.filter(pk__in=method_ids).values_list("name", flat=True)))

    def calls(self) -> list[set[str]]:
        found, self._calls = self._calls, []
        return found

    def names(self) -> set[str]:
        """Of all calls together: a change that is written in batches is told with each of them."""
        return set().union(*self.calls())


@pytest.fixture
def heard() -> Iterator[Hearing]:
    """A shelf that stands, and who hears what becomes of it."""
    bring(
        a=data("Kiezel", edition_text="2e druk"),
        b=data("Kiezel", edition_text="3e druk"),
        c=data("Duinroos", edition_text="3e druk"),
        d=data("Vuurtoren"),
        e=data("Kiezel", publisher_name="Linde Educatief"),
        f=data("Zeegras", publisher_name="Linde Educatief"),
    )
    refresh_current_editions()
    hearing = Hearing()
    with heard_by(hearing):
        yield hearing


def test_nobody_hears_of_new_products_and_of_changes_that_leave_them_in_their_place(heard):
    bring(
        a=data("Kiezel", edition_text="2e druk", title="Herzien", price_cents=1000, currency="EUR"),
        g=data("Kiezel", edition_text="3e druk"),
        h=data("Nieuw"),
    )
    withdraw_products([product("d").pk], cause=Cause.HARVEST)
    bring(d=data("Vuurtoren"))
    editing.rename_method(method=method("Duinroos"), name="Duinrozen", **WHO)
    editing.lock_method(method=method("Vuurtoren"), **WHO)
    editing.rename_publisher(publisher=publisher("De Linde"), name="Lindeblad", **WHO)
    assert heard.calls() == []


def test_a_harvest_that_puts_products_elsewhere_tells_of_both_methods_at_once(heard):
    bring(
        a=data("Duinroos", edition_text="2e druk"),
        b=data("Kiezel", edition_text="3e druk", title="Herzien"),
        d=data("Vuurtoren", edition_text="1e druk"),
        g=data("Zeewier"),
    )
    assert heard.calls() == [{"Kiezel", "Duinroos", "Vuurtoren"}]


def test_products_that_an_editor_moves_and_puts_back(heard):
    edit = editing.move_products(products=[product("a")], method=method("Duinroos"), edition="3e druk", **WHO)
    assert heard.calls() == [{"Kiezel", "Duinroos"}]
    undo(edit=edit, **WHO)
    assert heard.calls() == [{"Kiezel", "Duinroos"}]
    editing.move_products(products=[product("a")], method=method("Kiezel"), edition="3e druk", **WHO)
    assert heard.calls() == [{"Kiezel"}]


def test_methods_that_are_merged_and_parted(heard):
    edit = editing.merge_methods(source=method("Duinroos"), target=method("Kiezel", "De Linde"), **WHO)
    assert heard.names() == {"Kiezel", "Duinroos"}
    undo(edit=edit, **WHO)
    assert heard.names() == {"Kiezel", "Duinroos"}


def test_the_last_call_comes_when_a_merge_is_whole(heard):
    found = []

    def look(_method_ids: frozenset[int]) -> None:
        found.append((method("Duinroos").merged_into_id is not None, product("c").method.name))

    with heard_by(look):
        edit = editing.merge_methods(source=method("Duinroos"), target=method("Kiezel", "De Linde"), **WHO)
        assert found[-1] == (True, "Kiezel")
        undo(edit=edit, **WHO)
        assert found[-1] == (False, "Duinroos")


def test_a_method_without_products_is_told_of_when_it_is_merged(heard):
    bring(d=data("Duinroos"))
    heard.calls()
    editing.merge_methods(source=method("Vuurtoren"), target=method("Duinroos"), **WHO)
    assert heard.names() == {"Vuurtoren", "Duinroos"}


def test_publishers_that_merge_tell_of_the_methods_that_merge(heard):
    source, target = publisher("Linde Educatief"), publisher("De Linde")
    kiezels = {method("Kiezel", "Linde Educatief").pk, method("Kiezel", "De Linde").pk}
    told: set[int] = set()
    with heard_by(told.update):
        edit = editing.merge_publishers(source=source, target=target, **WHO)
        assert told == kiezels
        told.clear()
        undo(edit=edit, **WHO)
        assert told == kiezels


def test_products_that_are_merged_and_parted_tell_of_both_their_methods(heard):
    merge_products({"d": "a"}, cause=Cause.HARVEST)
    assert heard.calls() == [{"Vuurtoren", "Kiezel"}]
    unmerge_products(["d"], cause=Cause.HARVEST)
    assert heard.calls() == [{"Vuurtoren", "Kiezel"}]
    unmerge_products(["d"], cause=Cause.HARVEST)
    merge_products({}, cause=Cause.HARVEST)
    assert heard.calls() == []


def test_another_number_of_an_edition_and_another_name_of_one(heard):
    edit = editing.rename_edition(edition=product("b").edition, label="Derde", ordinal=3, **WHO)
    assert heard.calls() == []
    undo(edit=edit, **WHO)
    assert heard.calls() == []
    edit = editing.rename_edition(edition=product("b").edition, label="Derde", ordinal=33, **WHO)
    assert heard.calls() == [{"Kiezel"}]
    undo(edit=edit, **WHO)
    assert heard.calls() == [{"Kiezel"}]


def test_another_current_edition(heard):
    assert refresh_current_editions() == 0
    assert heard.calls() == []
    withdraw_products([product("b").pk], cause=Cause.HARVEST)
    assert heard.calls() == []
    assert refresh_current_editions() == 1
    assert heard.calls() == [{"Kiezel"}]


def test_what_a_listener_raises_undoes_the_change(heard):
    def refuse(_method_ids: frozenset[int]) -> None:
        raise RuntimeError("niet nu")

    place = product("a").method_id
    with heard_by(refuse), pytest.raises(RuntimeError, match="niet nu"):
        bring(a=data("Duinroos"))
    assert Product.objects.get(public_id="a").method_id == place


def test_no_methods_are_no_call_and_who_left_hears_nothing(heard):
    other = Hearing()
    with heard_by(other), transaction.atomic():
        tell_methods_changed([])
        assert other.calls() == []
        tell_methods_changed([method("Duinroos").pk] * 2)
        assert other.calls() == [{"Duinroos"}]
    with transaction.atomic():
        tell_methods_changed([method("Duinroos").pk])
    assert (other.calls(), heard.calls()) == ([], [{"Duinroos"}, {"Duinroos"}])


def test_a_listener_is_registered_once(heard):
    with pytest.raises(ImproperlyConfigured, match="twice"):
        register_method_listener(heard)
