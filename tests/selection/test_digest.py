"""The weekly letter: each product once with all the searches it fits, nothing twice, nothing missed, none empty."""

import threading
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import MailChoice, OutgoingMail, User
from accounts.services.mail import queue_mail, send_due
from catalogus.exceptions import SearchUnavailable
from catalogus.models import Cause, Product, ProductVersion
from catalogus.product_data import Classification
from catalogus.search.elasticsearch import ElasticsearchBackend
from catalogus.services.merging import merge_products
from catalogus.services.withdrawal import withdraw_products
from selection import letters
from selection.models import DigestLetter, DigestProgress, SavedSearch
from selection.services import digest
from selection.services.digest import DIGEST, forget_letters, write_digests
from selection.services.news import latest_seq, settled_seq
from selection.services.searches import change_search, delete_search
from selection.tasks import PEOPLE_AT_ONCE, send_digests
from tests.search_support import nobody_searches
from tests.selection.world import follow, make_reader, monday

pytestmark = [pytest.mark.django_db, pytest.mark.search]


@pytest.fixture
def els():
    return make_reader()


def told() -> list[str]:
    """Send what waits; the bodies of the letters that went."""
    mail.outbox.clear()
    send_due()
    return [str(letter.body) for letter in mail.outbox]


def titles(body: str) -> list[str]:
    return [line.removeprefix("* ") for line in body.splitlines() if line.startswith("* ")]


def block(body: str, title: str) -> list[str]:
    """The lines below a product's title."""
    lines = body.splitlines()
    start = lines.index(f"* {title}") + 1
    return [line.strip() for line in lines[start : lines.index("", start)]]


def test_new_and_changed_each_once_with_all_the_searches_they_fit(catalogue, els, settings):
    settings.SITE_URL = "https://catalogus.example"
    old = catalogue.bring("old", title="Vuurtoren werkboek", price_cents=1800, currency="EUR")
    catalogue.bring("other", title="Getijden")
    follow(els)
    follow(els, "q=werkboek", "Werkboeken")
    new = catalogue.bring("new", title="Vuurtoren leerboek", form="folio", price_cents=2950, currency="EUR")
    catalogue.bring("old", title="Vuurtoren werkboek", price_cents=2050, currency="EUR", state="limited_available")
    catalogue.bring("other", title="Getijden", price_cents=100, currency="EUR")
    counts = monday()
    assert (counts.people, counts.letters, counts.products, counts.failed) == (1, 1, 2, 0)
    (body,) = told()
    assert mail.outbox[0].subject == "1 nieuw en 1 gewijzigd bij uw zoekopdrachten"
    assert titles(body) == ["Vuurtoren leerboek", "Vuurtoren werkboek"]
    assert body.index("NIEUW IN DE CATALOGUS (1)") < body.index("leerboek") < body.index("GEWIJZIGD (1)")
    assert block(body, "Vuurtoren leerboek") == [
        "De Linde · Folio · €\u00a029,50",
        "Past bij “Vuurtorens”",
        f"https://catalogus.example{new.get_absolute_url()}",
    ]
    assert block(body, "Vuurtoren werkboek") == [
        "De Linde · Onbekend · €\u00a020,50",
        "prijs met btw: €\u00a018,00 → €\u00a020,50",
        "leverbaarheid: Leverbaar → Beperkt leverbaar",
        "Past bij “Vuurtorens”, “Werkboeken”",
        f"https://catalogus.example{old.get_absolute_url()}",
    ]
    assert "\nhttps://catalogus.example/zoeken/?q=werkboek\n" in body
    assert "\n\n\n" not in body


def test_nothing_twice_and_no_mail_without_news(catalogue, els):
    follow(els)
    assert monday().letters == 0
    catalogue.bring("a", title="Vuurtoren")
    assert monday().letters == 1
    assert len(told()) == 1
    assert monday().letters == 0
    catalogue.bring("b", title="Getijden")
    catalogue.bring("a", title="Vuurtoren", description="Een andere omschrijving.")
    assert monday().letters == 0, "of what nobody follows, and of what is no news"
    assert told() == []
    progress = DigestProgress.objects.get()
    assert progress.told_seq == latest_seq()
    assert progress.sent_at is not None
    catalogue.bring("a", title="Vuurtoren", state="no_longer_available")
    catalogue.bring("c", title="Vuurtoren 2")
    assert monday().letters == 1
    (body,) = told()
    assert titles(body) == ["Vuurtoren 2"], "what stopped fitting is not told: it cannot be ordered any more"


def test_new_is_by_our_own_day_and_not_the_source_s(catalogue, els):
    catalogue.bring("known", title="Vuurtoren oud", first_published_on=date(2020, 1, 1))
    follow(els)
    yesterday = timezone.now() - timedelta(days=1)
    catalogue.bring("known", title="Vuurtoren oud", first_published_on=yesterday.date(), source_modified_at=yesterday)
    catalogue.bring("backlist", title="Vuurtoren klassiek", first_published_on=date(1999, 1, 1))
    monday()
    (body,) = told()
    assert titles(body) == ["Vuurtoren klassiek"]


def test_what_happened_before_a_search_was_kept_is_not_told_of_it(catalogue, els):
    follow(els, "q=getijden", "Getijden")
    catalogue.bring("before", title="Vuurtoren eerder")
    follow(els)
    catalogue.bring("after", title="Vuurtoren later")
    monday()
    (body,) = told()
    assert titles(body) == ["Vuurtoren later"]


def test_a_product_that_is_new_to_one_search_and_changed_for_a_later_one_is_told_once(catalogue, els):
    follow(els)
    catalogue.bring("a", title="Vuurtoren", price_cents=100, currency="EUR")
    follow(els, "publisher=de-linde", "De Linde")
    catalogue.bring("a", title="Vuurtoren", price_cents=200, currency="EUR")
    monday()
    (body,) = told()
    assert block(body, "Vuurtoren")[1] == "Past bij “Vuurtorens”, “De Linde”"
    assert "GEWIJZIGD" not in body


def test_what_is_gone_or_merged_is_not_new(catalogue, els):
    follow(els, "q=vuurtoren&all=1")
    for key in ("gone", "merged", "stays"):
        catalogue.bring(key, title=f"Vuurtoren {key}")
    withdraw_products([catalogue.product("gone").pk], cause=Cause.HARVEST)
    merge_products({"p-merged": "p-stays"}, cause=Cause.MERGE)
    catalogue.settle()
    monday()
    (body,) = told()
    assert titles(body) == ["Vuurtoren stays"]


def test_what_comes_to_fit_is_told_and_what_comes_back_too(catalogue, els):
    catalogue.bring("a", title="Anker")
    gone = catalogue.bring("b", title="Baken", classification=(Classification(levels=("havo",)),))
    withdraw_products([gone.pk], cause=Cause.HARVEST)
    catalogue.settle()
    follow(els, "level=havo", "Havo")
    catalogue.bring("a", title="Anker", classification=(Classification(levels=("havo",)),))
    catalogue.bring("b", title="Baken", classification=(Classification(levels=("havo",)),))
    monday()
    (body,) = told()
    assert titles(body) == ["Anker", "Baken"]
    assert "indeling: leeg → Havo" in block(body, "Anker")
    assert "weer in de catalogus" in block(body, "Baken")


def test_a_long_letter_names_so_many_and_tells_of_all(catalogue, els, client, monkeypatch):
    catalogue.bring("old", title="Vuurtoren oud")
    follow(els)
    monkeypatch.setattr(letters, "MOST_IN_MAIL", 3)
    monkeypatch.setattr(digest, "MOST_LISTED", 5)
    catalogue.bring_many({str(number): {"title": f"Vuurtoren {number}"} for number in range(7)})
    catalogue.bring("old", title="Vuurtoren oud", state="limited_available")
    assert monday().products == 8
    (body,) = told()
    assert mail.outbox[0].subject == "7 nieuw en 1 gewijzigd bij uw zoekopdrachten"
    assert titles(body) == [f"Vuurtoren {number}" for number in range(3)]
    assert "En nog 4 nieuw:" in body
    letter = DigestLetter.objects.get()
    assert f"/account/zoekopdrachten/bericht/{letter.pk}/" in body
    client.force_login(els)
    page = client.get(f"/account/zoekopdrachten/bericht/{letter.pk}/").content.decode()
    assert [f"Vuurtoren {number}<" in page for number in range(7)] == [True] * 5 + [False] * 2
    assert "De eerste 5 staan hier" in page


# Whose letter it is


@pytest.mark.parametrize("language", ["", "en"])
def test_a_letter_is_in_its_reader_s_language(catalogue, els, language):
    User.objects.filter(pk=els.pk).update(language=language)
    follow(els)
    catalogue.bring("a", title="Vuurtoren", price_cents=1995, currency="EUR")
    monday()
    (body,) = told()
    assert ("€19.95" in body, "€\u00a019,95" in body) == (language == "en", language != "en")


@pytest.mark.parametrize(
    ("change", "is_sent"),
    [
        (lambda _els, _search: None, True),
        (lambda els, _search: MailChoice.objects.create(user=els, kind=DIGEST, is_wanted=False), False),
        (lambda els, _search: els.emailaddress_set.update(verified=False), False),
        (lambda els, _search: User.objects.filter(pk=els.pk).update(is_active=False), False),
        (lambda _els, search: change_search(search=search, name="Uit", is_alert_on=False), False),
        (lambda _els, search: delete_search(search=search), False),
        (lambda _els, _search: Product.objects.update(withdrawn_at=timezone.now()), False),
    ],
    ids=["wanted", "refused", "unproven", "inactive", "search off", "search gone", "product gone"],
)
@pytest.mark.parametrize("is_late", [False, True], ids=["before the run", "before it goes"])
def test_who_gets_it(catalogue, els, change, is_sent, is_late):
    search = follow(els)
    catalogue.bring("a", title="Vuurtoren")
    if is_late:
        assert monday().letters == 1
    change(els, search)
    monday()
    assert len(told()) == is_sent
    assert not OutgoingMail.objects.exists()
    assert DigestProgress.objects.get().told_seq == latest_seq(), "what they did not want then is not told later"


def test_a_search_that_cannot_be_read_any_more_stops_nobody(catalogue, els, client):
    broken = follow(els, "medium=book", "Boeken")
    SavedSearch.objects.filter(pk=broken.pk).update(query="medium=perkament&q=vuurtoren")
    follow(els)
    jan = make_reader("jan")
    follow(jan)
    catalogue.bring("a", title="Vuurtoren")
    counts = monday()
    assert (counts.letters, counts.failed) == (2, 0)
    assert len(told()) == 2
    client.force_login(els)
    page = client.get("/account/zoekopdrachten/").content.decode()
    assert "Medium: “perkament” bestaat niet" in page


def test_what_goes_wrong_for_one_is_left_to_the_next_run(catalogue, els, monkeypatch, caplog):
    jan = make_reader("jan")
    follow(els, "q=geheim vuurtoren", "Geheim")
    follow(jan)
    catalogue.bring("a", title="Vuurtoren")
    ask = ElasticsearchBackend.fitting

    def fail_for_one(self, criteria, product_ids):
        if "geheim" in criteria.text:
            raise RuntimeError(criteria.text)
        return ask(self, criteria, product_ids)

    monkeypatch.setattr(ElasticsearchBackend, "fitting", fail_for_one)
    counts = monday()
    assert (counts.letters, counts.failed) == (1, 1)
    assert "geheim" not in caplog.text
    assert DigestProgress.objects.get(user=els).told_seq == 0
    monkeypatch.undo()
    assert monday().people == 2
    assert DigestProgress.objects.get(user=els).told_seq == latest_seq()


# Runs


def test_while_nobody_can_search_nothing_is_lost(catalogue, els):
    follow(els)
    catalogue.bring("a", title="Vuurtoren")
    with nobody_searches(), pytest.raises(SearchUnavailable):
        monday()
    assert DigestProgress.objects.get().told_seq == 0
    assert not OutgoingMail.objects.exists()
    monday()
    assert len(told()) == 1


def test_while_the_engine_is_away_the_database_says_what_fits(catalogue, els, settings):
    follow(els)
    catalogue.bring("a", title="Vuurtoren")
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    monday()
    assert len(told()) == 1


def test_what_the_index_does_not_show_yet_is_told_the_next_time(catalogue, els, monkeypatch):
    follow(els)
    catalogue.bring("a", title="Vuurtoren 1")
    monkeypatch.setattr(catalogue.index, "drain", lambda: None)
    catalogue.bring("b", title="Vuurtoren 2")
    monday()
    assert [titles(body) for body in told()] == [["Vuurtoren 1"]]
    monkeypatch.undo()
    catalogue.settle()
    monday()
    assert [titles(body) for body in told()] == [["Vuurtoren 2"]]


def test_equal_searches_are_asked_once(catalogue, monkeypatch):
    asked = []
    ask = ElasticsearchBackend.fitting

    def count(self, criteria, product_ids):
        asked.append(criteria)
        return ask(self, criteria, product_ids)

    monkeypatch.setattr(ElasticsearchBackend, "fitting", count)
    for number in range(4):
        reader = make_reader(f"lezer{number}")
        follow(reader)
        follow(reader, "q=vuurtoren&view=products&sort=title", "Als lijst")
    catalogue.bring("a", title="Vuurtoren")
    assert monday().letters == 4
    assert len(asked) == 1


def test_a_person_takes_a_known_number_of_queries(catalogue, django_assert_num_queries):
    readers = [make_reader(f"lezer{number}") for number in range(3)]
    for reader in readers:
        follow(reader)
    catalogue.bring_many({str(number): {"title": f"Vuurtoren {number}"} for number in range(30)})
    write_digests(user_ids=[readers[0].pk], upto=settled_seq())
    upto = settled_seq()
    with django_assert_num_queries(2 * 14 + 1):
        write_digests(user_ids=[reader.pk for reader in readers[1:]], upto=upto)


def test_a_run_starts_a_task_for_so_many_people(catalogue, monkeypatch):
    monkeypatch.setattr("selection.tasks.PEOPLE_AT_ONCE", 2)
    started = []
    monkeypatch.setattr(
        "selection.tasks.write_digests.apply_async", lambda args, **options: started.append((args, options))
    )
    readers = [make_reader(f"lezer{number}") for number in range(3)]
    for reader in readers:
        follow(reader)
    send_digests()
    assert started == [], "nothing happened, so nobody is looked at"
    catalogue.bring("a", title="Vuurtoren")
    DigestLetter.objects.create(
        user=readers[0], new_total=1, changed_total=0, created_at=timezone.now() - timedelta(weeks=9)
    )
    send_digests()
    assert [args for args, _options in started] == [
        ([readers[0].pk, readers[1].pk], 1),
        ([readers[2].pk], 1),
    ]
    assert all(options["countdown"] > 0 for _args, options in started)
    assert not DigestLetter.objects.exists()
    assert PEOPLE_AT_ONCE > 1


def test_old_letters_are_erased(els):
    for weeks in (1, 9):
        at = timezone.now() - timedelta(weeks=weeks)
        DigestLetter.objects.create(user=els, new_total=1, changed_total=0, created_at=at)
    assert (forget_letters(), DigestLetter.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one_letter(catalogue):
    els = make_reader()
    follow(els)
    catalogue.bring("a", title="Vuurtoren")
    upto, faults = settled_seq(), []

    def work():
        try:
            write_digests(user_ids=[els.pk], upto=upto)
        except Exception as error:  # noqa: BLE001
            faults.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        # Both have asked the engine by the time they want the row.
        DigestProgress.objects.select_for_update().get()
        workers = [threading.Thread(target=work) for _number in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(timeout=3)
        assert all(worker.is_alive() for worker in workers)
    for worker in workers:
        worker.join(timeout=20)
    assert faults == []
    assert (OutgoingMail.objects.count(), DigestLetter.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_run_that_breaks_off_goes_on_where_it_was(catalogue, monkeypatch):
    readers = [make_reader(f"lezer{number}") for number in range(3)]
    for reader in readers:
        follow(reader)
    catalogue.bring("a", title="Vuurtoren")
    queued: list[dict[str, object]] = []

    def die_at_the_second(**letter):
        if queued:
            raise SystemExit
        queued.append(letter)
        queue_mail(**letter)

    monkeypatch.setattr(digest, "queue_mail", die_at_the_second)
    with pytest.raises(SystemExit):
        monday()
    assert (OutgoingMail.objects.count(), DigestLetter.objects.count()) == (1, 1), "no letter without its mail"
    monkeypatch.undo()
    assert monday().letters == 2
    assert sorted(OutgoingMail.objects.values_list("user", flat=True)) == sorted(reader.pk for reader in readers)


def test_versions_are_what_is_counted(catalogue, els):
    """A guard of these tests: the history is that of the services, numbered."""
    catalogue.bring("a", title="Vuurtoren")
    assert list(ProductVersion.objects.values_list("kind", "seq")) == [("created", 1)]
