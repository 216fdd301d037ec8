"""What is held of who keeps searches: told in the download, and gone with the account."""

import pytest

from accounts.personal_data import holdings
from accounts.services.deletion import delete_account
from selection.models import DigestLetter, DigestProgress, SavedSearch
from tests.selection.world import follow, make_reader

pytestmark = pytest.mark.django_db

MODELS = (SavedSearch, DigestProgress, DigestLetter)


@pytest.fixture
def els():
    els = make_reader()
    search = follow(els, "q=vuurtoren&level=havo")
    items = [{"product": 1, "searches": [search.pk], "changes": {"title": ["oud", "nieuw"]}}]
    DigestLetter.objects.create(user=els, items=items, new_total=0, changed_total=1)
    return els


def test_everything_is_told_and_of_oneself_alone(els):
    follow(make_reader("jan"), "q=getijden", "Getijden")
    told = {holding.key: list(holding.rows(els)) for holding in holdings() if holding.model in MODELS}
    (search,), (progress,), (letter,) = told["saved_searches"], told["digest_progress"], told["digest_letters"]
    assert (search["name"], search["query"], search["is_alert_on"]) == ("Vuurtorens", "q=vuurtoren&level=havo", True)
    assert progress == {"told_seq": 0, "sent_at": None}
    assert letter["items"][0]["changes"] == {"title": ["oud", "nieuw"]}


def test_deletion_leaves_nothing_of_one_and_all_of_another(els):
    jan = make_reader("jan")
    follow(jan)
    delete_account(user=els)
    assert [list(model.objects.values_list("user", flat=True)) for model in MODELS] == [[jan.pk], [jan.pk], []]


def test_the_privacy_page_tells_of_it(client):
    page = client.get("/privacy/").content.decode()
    for text in ("Uw bewaarde zoekopdrachten", "Wekelijkse berichten aan u", "8 weken"):
        assert text in page
