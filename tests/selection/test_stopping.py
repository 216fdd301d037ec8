"""The link in a letter that stops it: no sign-in, one POST, nothing by looking, nothing by a link that is not ours."""

import pytest
from django.core import signing
from django.test import Client

from accounts.models import MailChoice, User
from accounts.services.deletion import delete_account
from selection.exceptions import BadStopLink
from selection.models import SavedSearch
from selection.services.digest import DIGEST
from selection.services.searches import delete_search
from selection.services.stopping import Stop, read_stop
from tests.selection.world import follow, make_reader

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def els():
    return make_reader()


@pytest.fixture
def program():
    """A mail program: no cookies, and Django's check of forms as strict as on the site."""
    return Client(enforce_csrf_checks=True)


def address(stop: Stop) -> str:
    return f"/account/zoekopdrachten/stoppen/{stop.token}/"


def gets_all(user: User) -> bool:
    return not MailChoice.objects.filter(user=user, kind=DIGEST, is_wanted=False).exists()


def test_looking_stops_nothing_and_one_click_stops_it_all(els, program):
    search, jan = follow(els), make_reader("jan")
    follow(jan)
    response = program.get(address(Stop(els.pk)))
    assert "niet meer krijgen?" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert gets_all(els)
    for _time in range(2):
        response = program.post(address(Stop(els.pk)), ONE_CLICK)
        assert response.status_code == 200
        assert "U krijgt geen wekelijks bericht meer" in response.content.decode()
    assert (gets_all(els), gets_all(jan)) == (False, True)
    search.refresh_from_db()
    assert search.is_alert_on, "turned on again it is as it was"


def test_one_search_is_stopped_and_the_others_go_on(els, program):
    search, other = follow(els), follow(els, "q=getijden", "Getijden")
    assert "over “Vuurtorens”?" in program.get(address(Stop(els.pk, search.pk))).content.decode()
    for _time in range(2):
        assert "bericht meer over “Vuurtorens”" in program.post(address(Stop(els.pk, search.pk))).content.decode()
    assert dict(SavedSearch.objects.values_list("pk", "is_alert_on")) == {search.pk: False, other.pk: True}
    assert gets_all(els)


def test_a_link_names_the_person_with_the_search(els, program):
    """The number of a search alone stops nothing: numbers may be given again where a back-up was put back."""
    search = follow(make_reader("jan"))
    response = program.post(address(Stop(els.pk, search.pk)))
    assert "Vuurtorens" not in response.content.decode()
    search.refresh_from_db()
    assert search.is_alert_on


def test_of_who_or_what_is_gone_it_says_that_nothing_comes(els, program):
    search = follow(els)
    delete_search(search=search)
    page = program.get(address(Stop(els.pk, search.pk)))
    assert "Deze zoekopdracht is er niet meer" in page.content.decode()
    links = [address(Stop(els.pk)), address(Stop(els.pk, search.pk))]
    delete_account(user=els)
    for link in links:
        assert program.get(link).status_code == 200
        assert program.post(link, ONE_CLICK).status_code == 200
    assert not MailChoice.objects.exists()


def tampered(token: str) -> str:
    number, dot, rest = token.partition(".")
    return f"{int(number) + 1}{dot}{rest}"


@pytest.mark.parametrize(
    "spoil",
    [
        tampered,
        lambda token: token[:-1],
        lambda token: token.rpartition(":")[0],
        lambda _token: "onzin",
        lambda token: signing.Signer(salt="accounts.invitation").sign(token.rpartition(":")[0]),
        lambda token: signing.Signer(key="een andere sleutel", salt="selection.stop").sign(token.rpartition(":")[0]),
    ],
    ids=["another's number", "cut off", "no signature", "nonsense", "another letter's", "another site's"],
)
def test_a_link_that_is_not_ours_stops_nothing(els, program, spoil):
    token = spoil(Stop(els.pk).token)
    with pytest.raises(BadStopLink):
        read_stop(token)
    for method in (program.get, program.post):
        response = method(f"/account/zoekopdrachten/stoppen/{token}/")
        assert response.status_code == 404
        assert "Deze link klopt niet" in response.content.decode()
    assert gets_all(els)


def test_a_link_outlives_a_change_of_the_site_s_key(els, settings):
    token = Stop(els.pk, 7).token
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "een nieuwe sleutel van de site"
    assert read_stop(token) == Stop(els.pk, 7)


def test_whoever_is_signed_in_needs_no_second_factor_for_it(els, client):
    User.objects.filter(pk=els.pk).update(is_staff=True)
    client.force_login(els)
    assert client.get(address(Stop(els.pk))).status_code == 200
