"""Lists as a whole: whose they are, what the database holds, and what becomes of them as people and sections change."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone

from accounts.exceptions import SectionRefused
from accounts.models import SectionMember, User
from accounts.personal_data import holdings
from accounts.services.deletion import delete_account
from accounts.services.school_ends import end_school, merge_schools
from accounts.services.sections import end_section, leave_section
from selection.access import list_to_change, list_to_see
from selection.exceptions import ListGone
from selection.models import ListItem, MaterialList
from selection.owners import owner_name, public_owner
from selection.services.list_items import MOST_ITEMS, add_items
from selection.services.lists import MOST_LISTS, change_list, copy_list, create_list, delete_list
from selection.services.sharing import renew_link, share_list, stop_sharing
from selection.share_links import list_of_token, share_token
from tests.accounts.places import make_person, make_school, make_section, make_teacher
from tests.factories import make_method, make_product
from tests.selection.lists import make_list, shown, titles, wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def els():
    return make_person("els")


@pytest.fixture
def school():
    return make_school("99AA", name="De Esdoorn", place="Lindedal")


def sees(user, material_list) -> str:
    """What the person may do with the list: "change", "read" or ""."""
    try:
        list_to_see(user, material_list.public_id)
    except Http404:
        return ""
    try:
        list_to_change(user, material_list.public_id)
    except Http404:
        return "read"
    return "change"


def test_the_database_holds_what_is_always_true(els, school):
    section, product, method = make_section(school), make_product(), make_method()
    made = make_list(els, product)
    for fields in (
        {"user": els, "section": section},
        {},
        {"user": els, "name": " "},
        {"user": els, "is_shared": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            MaterialList.objects.create(**({"public_id": "een", "name": "Een"} | fields))
    for fields in (
        {},
        {"product": product, "method": method},
        {"product": product},
        {"method": method, "quantity": 0},
        {"method": method, "quantity": 100_001},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ListItem.objects.create(list=made, place=9, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        product.delete()
    ListItem.objects.create(list=made, place=1, method=method)
    with pytest.raises(IntegrityError, match="list_item_place_once"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # As the end of the transaction does.


@pytest.mark.parametrize(
    ("name", "description", "told"),
    [
        ("", "", "Geef de lijst een naam"),
        (" \u200b\n", "", "Geef de lijst een naam"),
        ("x" * 101, "", "telt 101 tekens; gebruik er hoogstens 100"),
        ("Klas 3", "x" * 1001, "telt 1001 tekens; gebruik er hoogstens 1000"),
    ],
)
def test_a_bad_name_or_description_is_refused_with_its_reason(els, name, description, told):
    made = make_list(els)
    for action in (
        lambda: create_list(owner=els, name=name, description=description),
        lambda: change_list(material_list=made, name=name, description=description),
    ):
        with pytest.raises(ValidationError) as refused:
            action()
        assert told in " ".join(refused.value.messages)
    assert [one.name for one in MaterialList.objects.all()] == ["Klas 3"]


def test_texts_are_kept_as_they_can_be_read(els):
    made = create_list(owner=els, name="  Mijn\tvak\n ", description=" Eén <b>\r\n\x00twee  \n")
    assert (made.name, made.description) == ("Mijn vak", "Eén <b>\n twee")


def test_one_list_too_many_is_refused_for_each_owner(els, school):
    rows = (MaterialList(user=els, public_id=f"l{number}", name="Een") for number in range(MOST_LISTS - 1))
    MaterialList.objects.bulk_create(rows)
    last = create_list(owner=els, name="Laatste")
    with pytest.raises(ValidationError, match="Er zijn al 100 lijsten"):
        create_list(owner=els, name="Te veel")
    create_list(owner=make_section(school), name="Van de sectie")
    delete_list(material_list=last)
    create_list(owner=els, name="Toch")


def test_a_list_that_went_meanwhile_is_told(els):
    made = make_list(els)
    delete_list(material_list=made)
    delete_list(material_list=made)
    for action in (
        lambda: change_list(material_list=made, name="Anders", description=""),
        lambda: add_items(material_list=made, wanted=[wanted(make_product())], by=els),
        lambda: share_list(material_list=made, shows_notes=False),
    ):
        with pytest.raises(ListGone, match="intussen verwijderd"):
            action()


def test_a_copy_has_all_and_shares_nothing(els, school):
    section = make_section(school, lead=els)
    product, method = make_product(title="Bakens 1"), make_method(name="Bakens")
    source = make_list(els, wanted(product, "Voor klas 3", 30), method)
    share_list(material_list=source, shows_notes=True)
    copy = copy_list(material_list=source, owner=section, name="Van ons", by=els)
    assert titles(copy) == ["Bakens 1", "Bakens"]
    assert [(entry.line.quantity, entry.line.note) for entry in shown(copy)] == [(30, "Voor klas 3"), (None, "")]
    assert not copy.is_shared
    assert {item.added_by for item in ListItem.objects.filter(list=copy)} == {els}
    assert {item.added_by for item in ListItem.objects.filter(list=source)} == {None}, "one's own list needs no name"


# Whose they are


def test_each_sees_their_own_and_their_sections(els, school):
    jan, kim = make_teacher("jan", school), make_teacher("kim", school)
    section = make_section(school, lead=jan, members=(kim,))
    own, of_section = make_list(els), make_list(section)
    staff = make_person("redactie", is_staff=True)
    assert [sees(user, own) for user in (els, jan, kim, staff)] == ["change", "", "", ""]
    assert [sees(user, of_section) for user in (els, jan, kim, staff)] == ["", "change", "change", ""]
    assert owner_name(own) == ""
    assert public_owner(own) == "een lijst van een docent"
    assert "Wiskunde, De Esdoorn, Lindedal" in owner_name(of_section)
    assert "vaksectie Wiskunde, De Esdoorn, Lindedal" in public_owner(of_section)


def test_who_was_switched_off_sees_nothing(els):
    made = make_list(els)
    User.objects.filter(pk=els.pk).update(is_active=False)
    els.refresh_from_db()
    assert sees(els, made) == ""


def test_who_leaves_a_section_loses_its_lists_and_they_stay(school):
    jan, kim = make_teacher("jan", school), make_teacher("kim", school)
    section = make_section(school, lead=jan, members=(kim,))
    made = make_list(section, make_product(title="Bakens 1"))
    leave_section(section=section, user=kim)
    assert (sees(jan, made), sees(kim, made)) == ("change", "")
    SectionMember.objects.create(section=section, user=kim)
    assert sees(kim, made) == "change", "who comes back finds them again"


def test_the_lists_of_a_section_that_ends_are_read_by_who_was_in_it_to_the_end(school):
    jan, kim, bo = (make_teacher(name, school) for name in ("jan", "kim", "bo"))
    section = make_section(school, lead=jan, members=(kim, bo))
    made = make_list(section, make_product(title="Bakens 1"))
    leave_section(section=section, user=bo)
    end_section(section=section)
    assert [sees(user, made) for user in (jan, kim, bo)] == ["read", "read", ""]
    with pytest.raises(SectionRefused):
        create_list(owner=section, name="Te laat")
    assert titles(copy_list(material_list=made, owner=kim, name="Van mij", by=kim)) == ["Bakens 1"]


def test_lists_go_with_a_section_whose_school_merges(school):
    """Once as the section moves, and once as it joins that of the school that goes on; over two mergers in a row."""
    day = timezone.localdate() - timedelta(days=1)
    second, third = make_school("99BB", name="Het Baken"), make_school("99CC", name="De Kust", place="Aan Zee")
    jan, kim, bo = make_teacher("jan", school), make_teacher("kim", second), make_teacher("bo", third)
    made = make_list(make_section(school, lead=jan), make_product(title="Bakens 1"))
    moving = make_list(make_section(school, lead=jan, code="natuurkunde"), name="Verhuist")
    make_section(second, lead=kim)
    make_section(third, lead=bo)
    merge_schools(old=school, into=second, on=day)
    assert [sees(user, made) for user in (jan, kim, bo)] == ["change", "change", ""]
    merge_schools(old=second, into=third, on=day)
    assert [sees(user, made) for user in (jan, kim, bo)] == ["change", "change", "change"]
    assert [sees(user, moving) for user in (jan, kim, bo)] == ["change", "", ""]
    found = MaterialList.objects.with_owner().get(pk=made.pk)
    assert owner_name(found) == "Wiskunde, De Kust, Aan Zee"
    end_school(school=third, on=day)
    assert [sees(user, made) for user in (jan, kim, bo)] == ["read", "read", "read"]


def test_an_account_that_goes_takes_its_own_lists_and_leaves_those_of_the_section(school):
    jan, kim = make_teacher("jan", school), make_teacher("kim", school)
    section = make_section(school, lead=jan, members=(kim,))
    product = make_product(title="Bakens 1")
    own = make_list(kim, product)
    of_section = make_list(section)
    add_items(material_list=of_section, wanted=[wanted(product, "Van Kim")], by=kim)
    assert ListItem.objects.get(list=of_section).added_by == kim
    delete_account(user=kim)
    assert not MaterialList.objects.filter(pk=own.pk).exists()
    item = ListItem.objects.get()
    assert (item.list, item.added_by, item.note) == (of_section, None, "Van Kim")


def test_what_one_put_on_a_list_of_a_section_is_told_without_what_colleagues_wrote(els, school):
    section = make_section(school, lead=make_person("jan"))
    add_items(material_list=make_list(section), wanted=[wanted(make_product(title="Kompas"))], by=els)
    ListItem.objects.update(note="Van Jan, later", quantity=31)
    (told,) = (list(one.rows(els)) for one in holdings() if one.key == "section_list_items")
    assert [(row["product_title"], row["school_code"]) for row in told] == [("Kompas", "99AA")]
    assert not {"note", "quantity", "list"} & set(told[0])


# Sharing


def test_a_link_opens_until_it_is_withdrawn_or_renewed(els):
    made = make_list(els)
    assert share_token(made) == ""
    made = share_list(material_list=made, shows_notes=False)
    first = share_token(made)
    assert list_of_token(first) == made
    made = share_list(material_list=made, shows_notes=True)
    assert share_token(made) == first, "another choice of what it shows keeps the link"
    made = renew_link(material_list=made)
    second = share_token(made)
    assert (list_of_token(first), list_of_token(second)) == (None, made)
    made = stop_sharing(material_list=made)
    assert (share_token(made), list_of_token(second)) == ("", None)
    assert renew_link(material_list=made).is_shared is False
    made = share_list(material_list=made, shows_notes=True)
    assert list_of_token(first) is None
    assert list_of_token(second) is None, "what was withdrawn never opens again"


@pytest.mark.parametrize("change", [lambda text: text[:-1], lambda text: f"x{text}", lambda _text: "onzin"])
def test_a_link_of_somebody_else_opens_nothing(els, change):
    token = share_token(share_list(material_list=make_list(els), shows_notes=False))
    assert list_of_token(change(token)) is None


def test_a_link_opens_nothing_of_who_is_blocked_or_of_a_section_that_ended(els, school):
    own = share_list(material_list=make_list(els), shows_notes=False)
    section = make_section(school, lead=make_person("jan"))
    of_section = share_list(material_list=make_list(section), shows_notes=False)
    assert list_of_token(share_token(own)) == own
    assert list_of_token(share_token(of_section)) == of_section
    User.objects.filter(pk=els.pk).update(is_active=False)
    end_section(section=section)
    assert list_of_token(share_token(own)) is None
    assert list_of_token(share_token(of_section)) is None


def test_a_copy_of_the_database_opens_no_list(els):
    token = share_token(share_list(material_list=make_list(els), shows_notes=False))
    signature = token.partition(":")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM selection_materiallist list WHERE list::text LIKE %s", [f"%{signature}%"])
        assert cursor.fetchone() is None


def test_the_form_of_a_full_list_stays_below_what_django_reads(settings):
    fields_of_a_line = 2
    beside = 4
    assert MOST_ITEMS * fields_of_a_line + beside < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
