"""Undoing: exactly what was done, in any order that later edits allow, and by two editors at once."""

import threading
from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogus.exceptions import EditRefused
from catalogus.locks import Lock, lock_until_commit
from catalogus.models import Edit, Method, ProductVersion, Publisher, RereadRequest
from catalogus.public_ids import public_id
from catalogus.services import editing, editors
from tests.catalogus.services.editing.shelf import WHO, bring, catalogue, data, method, places, product, publisher

UNDO = {"actor": "een ander", "reason": "Toch niet."}


def fill() -> None:
    bring(
        a=data("Kiezel", edition_text="2e druk"),
        b=data("Kiezel", edition_text="3e druk"),
        c=data("Kiezelsteen", edition_text="3e druk"),
        d=data("Kiezelsteen"),
        e=data("Kiezel", publisher_name="Linde Educatief"),
        f=data("Duinroos", publisher_name="Linde Educatief"),
        g=data("", title="Losse atlas"),
    )


def known(key: str) -> Method:
    """A method of the first publisher, by what no edit changes."""
    rows = Method.objects.select_related("publisher", "merged_into")
    return rows.get(public_id=public_id("method", "delinde", key))


def house(slug: str) -> Publisher:
    return Publisher.objects.select_related("merged_into").get(slug=slug)


ACTIONS: dict[str, Callable[[], Edit]] = {
    "merge methods": lambda: editing.merge_methods(source=known("kiezelsteen"), target=known("kiezel"), **WHO),
    "merge an own method": lambda: editing.merge_methods(source=known("=g"), target=known("kiezelsteen"), **WHO),
    "rename method": lambda: editing.rename_method(method=known("kiezel"), name="Kiezel wiskunde", **WHO),
    "lock method": lambda: editing.lock_method(method=known("kiezelsteen"), **WHO),
    "rename edition": lambda: editing.rename_edition(edition=product("b").edition, label="Derde", ordinal=33, **WHO),
    "move within": lambda: editing.move_products(
        products=[product("a")], method=product("a").method, edition="9e druk", **WHO
    ),
    "move between": lambda: editing.move_products(
        products=[product("a"), product("g")], method=product("c").method, edition="3e druk", **WHO
    ),
    "merge publishers": lambda: editing.merge_publishers(
        source=house("linde-educatief"), target=house("de-linde"), **WHO
    ),
    "merge publishers the other way": lambda: editing.merge_publishers(
        source=house("de-linde"), target=house("linde-educatief"), **WHO
    ),
    "rename publisher": lambda: editing.rename_publisher(publisher=house("de-linde"), name="Lindeblad", **WHO),
}


@pytest.mark.django_db
@pytest.mark.parametrize("action", ACTIONS)
def test_everything_is_as_it_was(action):
    fill()
    before = catalogue()
    edit = ACTIONS[action]()
    assert catalogue() != before
    plan = editing.plan_undo(edit=edit)
    assert (plan.blockers, plan.refusals) == ((), ())
    moved = ProductVersion.objects.filter(run=f"edit-{edit.pk}").count()
    assert plan.returning_count == moved
    editing.undo(edit=edit, **UNDO)
    assert catalogue() == before
    edit.refresh_from_db()
    assert (edit.undone_by, edit.undone_at is None) == (UNDO["actor"], False)
    versions = ProductVersion.objects.filter(run=f"undo-{edit.pk}")
    assert versions.count() == moved
    assert set(versions.values_list("actor", "reason")) <= {(UNDO["actor"], UNDO["reason"])}
    with pytest.raises(EditRefused, match="al ongedaan"):
        editing.undo(edit=edit, **UNDO)
    assert ACTIONS[action]().undone_at is None, "it can be done again"


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.lists(st.sampled_from(sorted(ACTIONS)), min_size=2, max_size=6, unique=True), order=st.randoms())
def test_edits_that_do_not_build_on_each_other_are_undone_in_any_order(chosen, order):
    """Undo what can be undone in a drawn order: nothing is refused for ever, and all is as it was in the end."""
    with transaction.atomic():
        do_and_undo(chosen, order)
        transaction.set_rollback(True)  # The next example begins with an empty catalogue.


def do_and_undo(names: list[str], order: Random) -> None:
    fill()
    before = catalogue()
    edits = []
    for name in names:
        with suppress(EditRefused):  # An earlier one of this example may stand in its way.
            edits.append(ACTIONS[name]())
    left = list(edits)
    while left:
        order.shuffle(left)
        undone = []
        for edit in left:
            edit.refresh_from_db()
            if not editing.plan_undo(edit=edit).refusals:
                editing.undo(edit=edit, **UNDO)
                undone.append(edit)
        assert undone, "each refuses the other"
        left = [edit for edit in left if edit not in undone]
    assert catalogue() == before


@pytest.mark.django_db
def test_an_unmerged_method_gets_what_came_in_since():
    fill()
    edit = ACTIONS["merge methods"]()
    bring(x=data("Kiezelsteen", edition_text="4e druk"), y=data("Kiezel"), z=data("Kiezelsteen"))
    bring(d=data("Kiezel", title="Zo noemt de uitgever het nu"))
    editing.move_products(products=[product("z")], method=method("Kiezel"), edition="3e druk", **WHO)
    editing.undo(edit=edit, **UNDO)
    found = {key: place[1:] for key, place in places().items()}
    assert found["c"] == ("Kiezelsteen", "3e druk")
    assert found["x"] == ("Kiezelsteen", "4e druk")
    assert found["y"] == ("Kiezel", "onbekend")
    assert found["d"] == ("Kiezel", "onbekend"), "its records claim it for the other by now"
    assert found["z"] == ("Kiezel", "3e druk"), "an editor put it there"
    bring(c=data("Kiezelsteen", edition_text="3e druk", title="Herzien"), x=data("Kiezelsteen", edition_text="4e druk"))
    assert {key: place[1:] for key, place in places().items()} == found, "the next harvest agrees"


@pytest.mark.django_db
def test_a_chain_is_undone_from_its_end():
    fill()
    first = ACTIONS["merge methods"]()
    second = editing.merge_methods(source=method("Kiezel"), target=method("Losse atlas"), **WHO)
    plan = editing.plan_undo(edit=first)
    assert plan.blockers == (second,)
    with pytest.raises(EditRefused, match=f"nr. {second.pk}"):
        editing.undo(edit=first, **UNDO)
    bring(x=data("Kiezelsteen"))
    editing.undo(edit=second, **UNDO)
    assert {place[1] for key, place in places().items() if key in "abcdx"} == {"Kiezel"}
    editing.undo(edit=first, **UNDO)
    assert {key for key, place in places().items() if place[1] == "Kiezelsteen"} == {"c", "d", "x"}


@pytest.mark.django_db
def test_a_merge_can_be_undone_under_a_publisher_that_was_merged_since():
    fill()
    first = ACTIONS["merge methods"]()
    second = editing.merge_publishers(source=publisher("De Linde"), target=publisher("Linde Educatief"), **WHO)
    # Kiezel went up in the other's Kiezel, and the first merge was into that one.
    assert editing.plan_undo(edit=first).blockers == (second,)
    editing.undo(edit=second, **UNDO)
    editing.undo(edit=first, **UNDO)
    third = editing.merge_methods(source=method("Losse atlas"), target=method("Kiezelsteen"), **WHO)
    editing.merge_publishers(source=publisher("De Linde"), target=publisher("Linde Educatief"), **WHO)
    editing.undo(edit=third, **UNDO)
    assert places()["g"] == ("Linde Educatief", "Losse atlas", "onbekend")


@pytest.mark.django_db
def test_publishers_stay_together_while_their_methods_are():
    fill()
    first = ACTIONS["merge publishers"]()
    second = editing.merge_methods(source=method("Duinroos"), target=method("Kiezelsteen"), **WHO)
    assert editing.plan_undo(edit=first).blockers == (second,)
    third = editing.move_products(products=[product("g")], method=method("Kiezel"), edition="", **WHO)
    assert editing.plan_undo(edit=first).blockers == (second,), "that move is among methods of one publisher"
    editing.undo(edit=second, **UNDO)
    editing.undo(edit=first, **UNDO)
    editing.undo(edit=third, **UNDO)


@pytest.mark.django_db
def test_what_is_put_back_and_belongs_elsewhere_by_now_is_read_again():
    fill()
    edit = ACTIONS["move between"]()
    bring(a=data("Kompas", edition_text="2e druk"))
    assert not RereadRequest.objects.exists()
    editing.undo(edit=edit, **UNDO)
    assert places()["a"][1:] == ("Kiezel", "2e druk")
    assert RereadRequest.objects.get().publisher == publisher("De Linde")


@pytest.mark.django_db
def test_nothing_is_undone_without_a_name_and_a_reason():
    fill()
    edit = ACTIONS["lock method"]()
    for missing in ("actor", "reason"):
        with pytest.raises(Exception, match=r"reden|Noem wie"):
            editing.undo(edit=edit, **(UNDO | {missing: " "}))
    edit.refresh_from_db()
    assert edit.undone_at is None


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_merge_two_methods_into_each_other_make_one_merge_and_one_refusal():
    fill()
    one, other = method("Kiezel"), method("Kiezelsteen")
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def merge(source: Method, target: Method) -> None:
        start.wait(10)
        try:
            editing.merge_methods(source=source, target=target, **WHO)
            outcomes.append("merged")
        except EditRefused as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=merge, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(outcomes) == 2
    assert "merged" in outcomes
    assert any("al samengevoegd" in outcome for outcome in outcomes)
    assert len({place[1] for key, place in places().items() if key in "abcd"}) == 1
    assert Method.objects.live().filter(name__startswith="Kiezel").count() == 2, "the third is of another publisher"


@pytest.mark.django_db(transaction=True)
def test_a_harvest_in_hand_does_not_undo_a_merge():
    """Records come in while an editor merges: whichever is first, they end up in the survivor."""
    fill()
    source, target = method("Kiezelsteen"), method("Kiezel")
    faults: list[BaseException] = []

    def harvest() -> None:
        try:
            for number in range(30):
                bring(c=data("Kiezelsteen", title=f"Titel {number}"), **{f"n{number}": data("Kiezelsteen")})
        except BaseException as fault:  # noqa: BLE001  Told below, in the thread of the test.
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=harvest)
    thread.start()
    edits = []
    for _again in range(5):
        edits.append(editing.merge_methods(source=source, target=target, **WHO))
        editing.undo(edit=edits[-1], **UNDO)
    editing.merge_methods(source=source, target=target, **WHO)
    thread.join(60)
    assert not faults
    assert {place[1] for key, place in places().items() if key.startswith(("c", "n"))} == {"Kiezel"}


@pytest.mark.django_db(transaction=True)
def test_an_editor_does_not_wait_for_ever(monkeypatch):
    """Somebody brings in records in one very long transaction."""
    fill()
    monkeypatch.setattr(editors, "WAIT_SECONDS", 0.2)
    kept, go_on = threading.Event(), threading.Event()

    def keep() -> None:
        with transaction.atomic():
            lock_until_commit(Lock.IDENTIFY)
            kept.set()
            go_on.wait(30)
        connection.close()

    thread = threading.Thread(target=keep)
    thread.start()
    assert kept.wait(10)
    try:
        before = catalogue()
        with pytest.raises(EditRefused, match="over een minuut"):
            ACTIONS["merge methods"]()
        assert catalogue() == before
    finally:
        go_on.set()
        thread.join()
    ACTIONS["merge methods"]()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",), "nothing is left of the limit"
