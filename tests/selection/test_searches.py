"""Keeping searches: once each, under a name, so many at most, and news that begins when it was asked for."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalogus.models import ProductVersion
from selection.models import DigestProgress, SavedSearch
from selection.services.searches import MOST_SEARCHES, change_search, delete_search, save_search
from tests.factories import make_product
from tests.selection.world import criteria, follow, make_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def els():
    return make_reader()


def has_happened(seq: int) -> None:
    """The catalogue's history has this number."""
    product = make_product()
    ProductVersion.objects.create(product=product, seq=seq, kind="created", cause="harvest", at=product.updated_at)


def test_a_search_is_kept_from_its_first_page(els):
    search = follow(els, "q=%C3%A9en%20boek&level=vwo&level=havo&view=products&sort=title&page=3&page_size=50")
    assert search.query == "q=%C3%A9en+boek&view=products&level=havo&level=vwo&sort=title"
    assert follow(els, "view=products&cursor=abc", "Alles").query == "view=products"


def test_the_same_search_is_kept_once(els):
    follow(els, "level=vwo&level=havo", "Bovenbouw")
    with pytest.raises(ValidationError, match="als “Bovenbouw”"):
        follow(els, "level=havo,vwo&page=2", "Nog eens")
    assert follow(make_reader("jan"), "level=havo,vwo").name == "Vuurtorens"
    with pytest.raises(IntegrityError, match="saved_search_once_per_person"), transaction.atomic():
        SavedSearch.objects.create(user=els, name="Langs de zijdeur", query="level=havo&level=vwo")


def test_a_query_that_is_larger_than_an_entry_of_an_index_is_kept(els):
    codes = "&".join(f"subject={'vak-' * 18}{number}" for number in range(100))
    search = follow(els, f"{codes}&q={'%F0%9F%93%9A' * 300}")
    search.refresh_from_db()
    assert len(search.query) > 10_000
    with pytest.raises(ValidationError, match="bewaarde"):
        follow(els, search.query)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("  Mijn\tvak\n ", "Mijn vak"), ("a\u0000b", "a b"), ("x" * 100, "x" * 100), ("Één & <b>", "Één & <b>")],
)
def test_a_name_is_one_line(els, name, kept):
    assert follow(els, name=name).name == kept


@pytest.mark.parametrize(("name", "told"), [("", "Geef"), (" \u200b\n", "Geef"), ("x" * 101, "telt 101 tekens")])
def test_a_name_that_is_none_is_refused_with_its_reason(els, name, told):
    for action in (
        lambda: follow(els, "q=nieuw", name=name),
        lambda: change_search(search=follow(els), name=name, is_alert_on=True),
    ):
        with pytest.raises(ValidationError) as refused:
            action()
        assert told in refused.value.message_dict["name"][0]


def test_one_too_many_is_refused(els):
    rows = (SavedSearch(user=els, name="Een", query=f"q={number}") for number in range(MOST_SEARCHES - 1))
    SavedSearch.objects.bulk_create(rows)
    last = follow(els, "q=laatste")
    with pytest.raises(ValidationError, match="Verwijder er eerst een"):
        follow(els, "q=te-veel")
    follow(make_reader("jan"))
    delete_search(search=last)
    follow(els, "q=te-veel")


def test_news_begins_when_it_was_asked_for(els):
    has_happened(7)
    search = follow(els)
    assert (search.since_seq, DigestProgress.objects.get().told_seq) == (7, 7)
    has_happened(9)
    assert follow(els, "q=later").since_seq == 9
    assert DigestProgress.objects.get().told_seq == 7, "of the first search nothing is skipped"
    assert change_search(search=search, name="Anders", is_alert_on=True).since_seq == 7
    change_search(search=search, name="Anders", is_alert_on=False)
    has_happened(12)
    changed = change_search(search=search, name="Anders", is_alert_on=True)
    assert (changed.since_seq, changed.name) == (12, "Anders")


def test_the_database_holds_what_is_always_true(els):
    for fields in ({"name": " "}, {"since_seq": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedSearch.objects.create(**({"user": els, "name": "Een", "query": "q=a"} | fields))
    with pytest.raises(IntegrityError), transaction.atomic():
        DigestProgress.objects.create(user=els, told_seq=-1)


def test_saving_with_bad_input_keeps_nothing(els):
    with pytest.raises(ValidationError):
        save_search(user=els, criteria=criteria("q=a"), name="", is_alert_on=True)
    assert not SavedSearch.objects.exists()
