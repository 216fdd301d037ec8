"""What stands on a list: each thing once, in an order, with what was noted; whatever merges and whoever else writes."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogus.models import Product
from selection.exceptions import ListRefused
from selection.models import ListItem
from selection.services.list_items import (
    MOST_ITEMS,
    Change,
    Wanted,
    add_items,
    change_items,
    create_list_of,
    move_item,
    note_mark,
    remove_item,
)
from selection.services.lists import create_list
from tests.accounts.places import make_person
from tests.factories import make_edition, make_method, make_product
from tests.selection.lists import make_list, merge, shown, some_of_each, titles, wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def els():
    return make_person("els")


def pk_of(material_list, title: str) -> int:
    return next(entry.line.item for entry in shown(material_list) if entry.title == title)


def three(els):
    return make_list(els, *(make_product(title=title) for title in ("A", "B", "C")))


def test_each_thing_stands_there_once(els):
    product, method = make_product(title="Bakens 1"), make_method(name="Bakens")
    made = make_list(els, product, method)
    added = add_items(material_list=made, wanted=[wanted(product), wanted(make_product(title="Nieuw"))], by=els)
    assert ([len(part) for part in (added.new, added.known, added.missing)]) == [1, 1, 0]
    assert titles(made) == ["Bakens 1", "Bakens", "Nieuw"]


def test_what_the_catalogue_does_not_have_is_told(els):
    unknown = [Wanted("product", "bestaatniet"), Wanted("method", "a\x00b")]
    made, added = create_list_of(owner=els, name="Uit de browser", wanted=[*unknown, wanted(make_product())], by=els)
    assert added.missing == tuple(unknown)
    assert len(titles(made)) == 1


def test_adding_again_loses_nothing(els):
    product = make_product()
    made = make_list(els, wanted(product, "Eerst"))
    add_items(material_list=made, wanted=[wanted(product, "Dan", 30), wanted(product, "Eerst", 99)], by=els)
    (entry,) = shown(made)
    assert (entry.line.note, entry.line.quantity) == ("Eerst\nDan", 30)
    with pytest.raises(ValidationError, match="gebruik er hoogstens 1000"):
        add_items(material_list=made, wanted=[wanted(product, "x" * 995)], by=els)


def test_adding_rewrites_no_line_that_stays_as_it_was(els):
    known, other, new = (make_product() for _number in range(3))
    made = make_list(els, wanted(known, "Eerst", 30), wanted(other, "Ook"))

    def rewritten(*lines: Wanted) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            add_items(material_list=made, wanted=lines, by=els)
        return [one["sql"] for one in asked if one["sql"].startswith('UPDATE "selection_listitem"')]

    assert rewritten(wanted(new), wanted(new, "Nieuw", 5), wanted(known, "Eerst", 99)) == []
    assert [(entry.line.note, entry.line.quantity) for entry in shown(made)] == [
        ("Eerst", 30), ("Ook", None), ("Nieuw", 5),
    ]  # fmt: skip
    pk = shown(made)[1].line.item
    (update,) = rewritten(wanted(known), wanted(other, "", 7), wanted(other, "Duur"))
    assert update.endswith(f'WHERE "selection_listitem"."id" IN ({pk})')
    assert (shown(made)[1].line.note, shown(made)[1].line.quantity) == ("Ook\nDuur", 7)


def test_a_list_that_is_full_says_so_and_stays_as_it_was(els):
    made = create_list(owner=els, name="Vol")
    edition = make_edition()
    now = timezone.now()
    rows = Product.objects.bulk_create(
        Product(
            public_id=f"p{number}", publisher=edition.method.publisher, method=edition.method, edition=edition,
            title=f"P{number}", state="available", medium="book", form="folio", role="learner",
            first_seen_at=now, updated_at=now,
        )
        for number in range(MOST_ITEMS)
    )  # fmt: skip
    add_items(material_list=made, wanted=[wanted(row) for row in rows[:-1]], by=els)
    with pytest.raises(ListRefused, match="passen 300 regels; met wat u toevoegt zouden het er 301 zijn"):
        add_items(material_list=made, wanted=[wanted(rows[-1]), wanted(make_product())], by=els)
    assert ListItem.objects.count() == MOST_ITEMS - 1
    add_items(material_list=made, wanted=[wanted(rows[-1]), wanted(rows[0])], by=els)
    assert ListItem.objects.count() == MOST_ITEMS


@pytest.mark.parametrize(
    ("title", "steps", "order"),
    [("B", -1, "BAC"), ("B", 1, "ACB"), ("A", -1, "ABC"), ("C", 1, "ABC"), ("A", 9, "BCA"), ("C", -9, "CAB")],
)
def test_a_line_moves(els, title, steps, order):
    made = three(els)
    move_item(material_list=made, pk=pk_of(made, title), steps=steps)
    assert "".join(titles(made)) == order


def test_what_went_meanwhile_moves_nothing(els):
    made = three(els)
    pk = pk_of(made, "B")
    remove_item(material_list=made, pk=pk)
    remove_item(material_list=made, pk=pk)
    move_item(material_list=made, pk=pk, steps=1)
    assert titles(made) == ["A", "C"]
    add_items(material_list=made, wanted=[wanted(make_product(title="D"))], by=els)
    assert titles(made) == ["A", "C", "D"]


def test_a_line_of_another_list_is_left_alone(els):
    made, other = three(els), make_list(els, make_product(title="X"), make_product(title="Y"))
    pk = pk_of(other, "X")
    move_item(material_list=made, pk=pk, steps=1)
    remove_item(material_list=made, pk=pk)
    told = change_items(material_list=made, changes={pk: Change(5, "", None, note_mark(""))})
    assert titles(other) == ["X", "Y"]
    assert shown(other)[0].line.quantity is None
    assert told == ["Het aantal “5” is niet bewaard: een ander haalde de regel weg."]


@pytest.mark.django_db(transaction=True)
def test_two_who_order_at_once_both_get_their_way():
    """Many moves of two people, each through a connection of its own: no place is taken twice, and nothing is lost."""
    els = make_person("els")
    made = three(els)
    pks = {title: pk_of(made, title) for title in "ABC"}
    start = threading.Barrier(2)

    def order(title: str, steps: int) -> None:
        try:
            start.wait(timeout=60)
            for _turn in range(5):
                move_item(material_list=made, pk=pks[title], steps=steps)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as people:
        for done in [people.submit(order, "A", 1), people.submit(order, "C", -1)]:
            done.result(timeout=60)
    assert sorted(titles(made)) == ["A", "B", "C"]
    assert list(ListItem.objects.order_by("place").values_list("place", flat=True)) == [1, 2, 3]


# Numbers and notes


def test_numbers_and_notes_are_written(els):
    made = make_list(els, make_product())
    (entry,) = shown(made)
    seen = (entry.line.quantity, note_mark(entry.line.note))
    assert change_items(material_list=made, changes={entry.line.item: Change(30, "Voor\r\nklas 3 ", *seen)}) == []
    (entry,) = shown(made)
    assert (entry.line.quantity, entry.line.note) == (30, "Voor\nklas 3")
    change_items(material_list=made, changes={entry.line.item: Change(None, "", 30, note_mark("Voor\nklas 3"))})
    (entry,) = shown(made)
    assert (entry.line.quantity, entry.line.note) == (None, "")


def test_two_who_fill_in_one_list_undo_nothing_of_each_other(els):
    made = make_list(els, make_product())
    pk = shown(made)[0].line.item
    nothing = (None, note_mark(""))
    assert change_items(material_list=made, changes={pk: Change(30, "", *nothing)}) == []
    # The other's page still shows the line without a number.
    assert change_items(material_list=made, changes={pk: Change(None, "Duur", *nothing)}) == []
    told = change_items(material_list=made, changes={pk: Change(25, "Te duur", *nothing)})
    assert told == [
        "Het aantal “25” is niet bewaard: een ander vulde intussen iets anders in.",
        "De opmerking “Te duur” is niet bewaard: een ander vulde intussen iets anders in.",
    ]
    assert change_items(material_list=made, changes={pk: Change(30, "Duur", *nothing)}) == [], "both meant the same"
    (entry,) = shown(made)
    assert (entry.line.quantity, entry.line.note) == (30, "Duur")


@pytest.mark.parametrize(("quantity", "note"), [(0, ""), (100_001, ""), (1, "x" * 1001)])
def test_a_bad_number_or_note_writes_nothing_at_all(els, quantity, note):
    made = make_list(els, make_product(), make_product())
    first, second = (entry.line.item for entry in shown(made))
    nothing = (None, note_mark(""))
    with pytest.raises(ValidationError):
        change_items(
            material_list=made, changes={first: Change(7, "Goed", *nothing), second: Change(quantity, note, *nothing)}
        )
    assert [entry.line.quantity for entry in shown(made)] == [None, None]


# What became of it in the catalogue


@pytest.mark.parametrize("make", [lambda title: make_product(title=title), lambda title: make_method(name=title)])
def test_a_list_follows_what_merges_and_what_is_taken_apart_again(els, make):
    first, second, last = make("Eerst"), make("Toen"), make("Nu")
    made = make_list(els, wanted(first, "Van ooit"))
    merge(first, second)
    merge(second, last)
    (entry,) = shown(made)
    assert (entry.title, entry.former_title, entry.public_id) == ("Nu", "Eerst", last.public_id)
    assert entry.line.note == "Van ooit"
    added = add_items(material_list=made, wanted=[wanted(last), wanted(second)], by=els)
    assert len(added.known) == 2, "it stands there already, under another name"
    type(first)._default_manager.filter(pk=first.pk).update(merged_into=None)
    (entry,) = shown(made)
    assert (entry.title, entry.former_title) == ("Eerst", "")


def test_what_was_merged_is_put_there_as_what_stands(els):
    old, new = make_product(title="Oud"), make_product(title="Nieuw")
    merge(old, new)
    made = make_list(els, old, new)
    assert titles(made) == ["Nieuw"]
    assert ListItem.objects.get().product == new


def test_two_that_became_one_are_both_shown_and_the_second_is_marked(els):
    one, other = make_product(title="Een"), make_product(title="Ander")
    made = make_list(els, wanted(one, "Mijn", 10), wanted(other, "Jouw", 20))
    merge(one, other)
    assert titles(made) == ["Ander", "Ander"]
    assert [entry.is_double for entry in shown(made)] == [False, True]
    assert [entry.line.note for entry in shown(made)] == ["Mijn", "Jouw"]
    move_item(material_list=made, pk=shown(made)[1].line.item, steps=-1)
    assert [entry.line.note for entry in shown(made)] == ["Jouw", "Mijn"]


def test_what_is_withdrawn_stays_with_its_state_and_successor(els):
    successor = make_product(title="Opvolger")
    gone = make_product(title="Weg", state="no_longer_available", successor=successor, withdrawn_at=timezone.now())
    (entry,) = shown(make_list(els, gone))
    assert (entry.state, entry.is_gone) == ("Teruggetrokken", True)
    assert (entry.successor_title, entry.successor_url) == ("Opvolger", successor.get_absolute_url())


def test_products_that_merge_in_a_circle_break_no_list(els):
    one, other = make_product(title="Een"), make_product(title="Ander")
    made = make_list(els, one)
    merge(one, other)
    merge(other, one)
    assert len(titles(made)) == 1


@pytest.mark.parametrize("size", [1, 12])
def test_a_list_takes_as_many_queries_whatever_stands_on_it(els, django_assert_num_queries, size):
    items = some_of_each(size)
    made = make_list(els, *items)
    merge(items[0], make_product())
    with django_assert_num_queries(5):
        shown(made)
