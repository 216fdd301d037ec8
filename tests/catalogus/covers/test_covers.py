"""From the address in a record to a picture on a page, and away again; the publisher's server is a real one."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from catalogus import tasks
from catalogus.covers import fetching, upkeep
from catalogus.covers.pictures import Size
from catalogus.models import Cause, CoverImage, CoverState
from catalogus.services.withdrawal import withdraw_products
from catalogus.web.covers import covers_of_methods, covers_of_products, drawn_cover
from tests.catalogus.covers.drawing import drawn, noisy
from tests.factories import make_edition, make_product
from tests.ingest.conftest import serve_answers  # noqa: F401  A fixture.

pytestmark = pytest.mark.django_db

PICTURE = drawn()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.COVERS_ENABLED = True
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def publisher(serve_answers) -> Callable[[object], str]:  # noqa: F811
    """publisher(answer) -> an address; answer: (status, body), or a function of what was asked."""

    def serve(answer):
        return serve_answers(answer if callable(answer) else lambda _query: answer)

    return serve


def files(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.webp"))


def run() -> fetching.Run:
    upkeep.keep_up()
    return fetching.fetch_covers(fetching.due_covers(), pause_seconds=0)


def named(product):
    return (product.public_id, product.title, product.publisher.name)


def make_due() -> None:
    CoverImage.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


@contextmanager
def disk_with_room_for(file_bytes: int) -> Iterator[None]:
    """Files get no larger than this, as where a disk becomes full while one is written."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_cover_comes_and_is_shown_for_ever(client, publisher, folder, django_assert_num_queries):
    product = make_product(title="Kompas 3", cover_url=publisher((200, PICTURE)))
    other = make_product(title="Zonder")
    assert covers_of_products([named(product)])[product.public_id] == drawn_cover("Kompas 3", product.publisher.name)
    assert run() == fetching.Run(held=1)
    with django_assert_num_queries(1):
        shown = covers_of_products([named(product), named(other)])
    assert shown[other.public_id].url == ""
    assert covers_of_products([named(product)], Size.LARGE)[product.public_id].url.endswith("-l.webp")
    response = client.get(shown[product.public_id].url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.has_header("Vary")
    assert not response.cookies
    assert len(files(folder)) == 2
    assert run() == fetching.Run(), "it is asked again after some months"


def test_a_method_has_the_picture_of_the_book_that_people_know_it_by(publisher, django_assert_num_queries):
    old = make_edition(label="1e druk", key="1", ordinal=1)
    new = make_edition(label="2e druk", key="2", ordinal=2, method=old.method)
    first = make_product(edition=old, cover_url=publisher((200, drawn(200, 300))))
    make_product(edition=new, role="teacher", cover_url=publisher((200, drawn(210, 300))))
    book = make_product(edition=new, cover_url=publisher((200, drawn(220, 300))))
    run()
    method = old.method
    with django_assert_num_queries(1):
        shown = covers_of_methods([(method.public_id, method.name, method.publisher.name)])
    of_products = covers_of_products([named(first), named(book)])
    assert shown[method.public_id].url == of_products[book.public_id].url


def test_off_means_off(client, settings, publisher, django_assert_num_queries):
    product = make_product(cover_url=publisher((200, PICTURE)))
    run()
    url = covers_of_products([named(product)])[product.public_id].url
    settings.COVERS_ENABLED = False
    with django_assert_num_queries(0):
        assert covers_of_products([named(product)])[product.public_id].url == ""
        assert client.get(url).status_code == 404
        tasks.refresh_covers()
        tasks.fetch_covers([1])


@pytest.mark.parametrize(
    "path",
    ["/omslagen/../../etc/passwd-s.webp", "/omslagen/" + "0" * 32 + "-x.webp", "/omslagen/" + "0" * 32 + "-s.webp"],
)
def test_nothing_else_is_read(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("change", "is_row_left"),
    [
        (lambda product: withdraw_products([product.pk], cause=Cause.EDITOR), False),
        (lambda product: type(product).objects.filter(pk=product.pk).update(cover_url=""), False),
        (lambda product: type(product).objects.filter(pk=product.pk).update(cover_url="http://127.0.0.1:9/x"), True),
    ],
    ids=["withdrawn", "no address", "another address"],
)
def test_it_goes_with_what_named_it(publisher, folder, change, is_row_left):
    product = make_product(cover_url=publisher((200, PICTURE)))
    run()
    change(product)
    assert covers_of_products([named(product)])[product.public_id].url == "", "at once"
    upkeep.keep_up()
    assert CoverImage.objects.filter(product=product).exists() == is_row_left
    assert files(folder) == []


def test_two_with_one_picture_share_its_files(publisher, folder):
    url = publisher((200, PICTURE))
    one, two = make_product(cover_url=url), make_product(cover_url=url)
    run()
    assert len(files(folder)) == 2
    withdraw_products([one.pk], cause=Cause.EDITOR)
    upkeep.keep_up()
    assert len(files(folder)) == 2
    assert covers_of_products([named(two)])[two.public_id].url


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((404, b""), CoverState.GIVEN_UP),
        ((200, b"<html>"), CoverState.GIVEN_UP),
        ((200, b"x" * (fetching.MOST_BYTES + 1)), CoverState.GIVEN_UP),
        ((503, b""), CoverState.WAITING),
        ((429, b""), CoverState.WAITING),
    ],
    ids=["gone", "no picture", "too large", "away", "too many"],
)
def test_what_cannot_be_had_says_why(publisher, folder, answer, state):
    make_product(cover_url=publisher(answer))
    run()
    cover = CoverImage.objects.get()
    assert (cover.state, cover.tries) == (state, 1)
    assert cover.reason
    assert cover.next_try_at > timezone.now()
    assert files(folder) == []


def test_only_public_addresses(settings, publisher):
    make_product(cover_url=publisher((200, PICTURE)))
    settings.FETCH_ALLOWED_NETWORKS = []
    assert run() == fetching.Run(refused=1)
    assert "openbaar" in CoverImage.objects.get().reason


def test_it_waits_ever_longer_and_gives_up(publisher):
    make_product(cover_url=publisher((503, b"")))
    waits = []
    for _ in range(fetching.TRIES):
        run()
        cover = CoverImage.objects.get()
        waits.append(cover.next_try_at - timezone.now())
        make_due()
    assert waits == sorted(waits)
    assert cover.state == CoverState.GIVEN_UP


def test_a_held_picture_stays_while_its_server_is_away_and_goes_when_it_is_gone(publisher, folder):
    answers = [(200, PICTURE), (503, b""), (404, b"")]
    product = make_product(cover_url=publisher(lambda _query: answers.pop(0)))
    run()
    make_due()
    assert run() == fetching.Run(failed=1)
    assert covers_of_products([named(product)])[product.public_id].url
    make_due()
    assert run() == fetching.Run(refused=1)
    assert not covers_of_products([named(product)])[product.public_id].url
    assert files(folder) == []


def test_a_new_picture_at_the_same_address_replaces_the_old(publisher, folder):
    answers = [(200, PICTURE), (200, drawn(200, 300))]
    product = make_product(cover_url=publisher(lambda _query: answers.pop(0)))
    run()
    before = covers_of_products([named(product)])[product.public_id].url
    make_due()
    run()
    assert covers_of_products([named(product)])[product.public_id].url != before
    assert len(files(folder)) == 2


def test_a_host_that_fails_is_left_alone_for_the_run(publisher):
    asked = []

    def away(query):
        asked.append(query)
        return 503, b""

    url = publisher(away)
    for number in range(fetching.MOST_FAILURES_OF_HOST + 2):
        make_product(cover_url=f"{url}?n={number}")
    assert run().failed == fetching.MOST_FAILURES_OF_HOST == len(asked)
    assert CoverImage.objects.filter(tries=0).count() == 2, "what was not asked costs no try"


def test_a_full_disk_leaves_no_part_of_a_picture_and_the_picture_comes_later(publisher, folder):
    product = make_product(cover_url=publisher((200, noisy())))
    with disk_with_room_for(1_000):
        assert run() == fetching.Run(failed=1)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    cover = CoverImage.objects.get()
    assert (cover.state, cover.tries, cover.reason) == (CoverState.WAITING, 1, "OSError")
    make_due()
    assert run() == fetching.Run(held=1)
    url = covers_of_products([named(product)], Size.LARGE)[product.public_id].url
    with default_storage.open(f"covers/{url.rpartition('/')[2][:2]}/{url.rpartition('/')[2]}") as file:
        Image.open(file).load()


def test_what_a_killed_worker_left_of_a_file_is_in_nobodys_way(publisher, folder):
    product = make_product(cover_url=publisher((200, PICTURE)))
    run()
    for path in folder.rglob("*.webp"):
        path.rename(f"{path}.part")
    CoverImage.objects.update(next_try_at=timezone.now())
    assert run() == fetching.Run(held=1)
    assert covers_of_products([named(product)])[product.public_id].url
    assert len([path for path in folder.rglob("*") if path.is_file()]) == len(files(folder)) == 2


def test_one_that_cannot_be_kept_stops_no_other(publisher, caplog):
    bad = make_product(cover_url=publisher((200, noisy())))
    good = make_product(cover_url=publisher((200, PICTURE)))
    with disk_with_room_for(1_000):
        assert run() == fetching.Run(held=1, failed=1)
    assert covers_of_products([named(good)])[good.public_id].url
    assert CoverImage.objects.get(product=bad).next_try_at > timezone.now()
    assert f"cover {CoverImage.objects.get(product=bad).pk} was not kept" in caplog.text


def test_files_that_cannot_be_taken_away_stop_nothing(publisher, folder, caplog):
    product = make_product(cover_url=publisher((200, PICTURE)))
    run()
    for path in folder.rglob("*.webp"):
        path.unlink()
        path.mkdir()  # Which is taken away only where it is empty, whoever asks.
        (path / "x").touch()
    withdraw_products([product.pk], cause=Cause.EDITOR)
    assert upkeep.keep_up().removed == 1
    assert "could not be taken away" in caplog.text


def test_a_picture_that_takes_the_worker_along_is_given_up_in_the_end(publisher, monkeypatch):
    make_product(cover_url=publisher((200, PICTURE)))

    def killed(*_args, **_options):
        raise SystemExit

    monkeypatch.setattr(Image, "open", killed)
    for tries in range(1, fetching.TRIES + 1):
        with pytest.raises(SystemExit):
            run()
        cover = CoverImage.objects.get()
        assert (cover.tries, cover.reason) == (tries, "WorkerLostError")
        assert cover.next_try_at > timezone.now(), "the task that comes again finds nothing due"
        assert run() == fetching.Run()
        make_due()
    assert cover.state == CoverState.GIVEN_UP
    monkeypatch.undo()
    assert run() == fetching.Run(held=1), "half a year later"
    assert CoverImage.objects.get().tries == 0


def test_no_host_is_asked_for_more_than_its_share(monkeypatch):
    monkeypatch.setattr(fetching, "PER_HOST", 2)
    for number in range(4):
        make_product(cover_url=f"https://een.example/{number}.png")
    make_product(cover_url="https://twee.example/1.png")
    upkeep.keep_up()
    chosen = CoverImage.objects.filter(pk__in=fetching.due_covers()).values_list("address", flat=True)
    assert sorted(chosen) == ["https://een.example/0.png", "https://een.example/1.png", "https://twee.example/1.png"]


def test_the_task_may_run_twice_and_beside_itself(publisher):
    product = make_product(cover_url=publisher((200, PICTURE)))
    upkeep.keep_up()
    due = fetching.due_covers()
    tasks.fetch_covers(due)
    fetched_at = CoverImage.objects.get().fetched_at
    tasks.fetch_covers(due)
    tasks.fetch_covers([*due, 10**9])
    assert CoverImage.objects.get().fetched_at == fetched_at
    assert covers_of_products([named(product)])[product.public_id].url


def test_a_lost_folder_is_filled_again(publisher, folder, capsys):
    make_product(cover_url=publisher((200, PICTURE)))
    run()
    for name in files(folder):
        default_storage.delete(f"covers/{name[:2]}/{name}")
    call_command("covers", "check")
    assert "1 omslagen" in capsys.readouterr().out
    assert run() == fetching.Run(held=1)
    assert len(files(folder)) == 2
