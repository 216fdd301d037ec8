"""A real PostgreSQL: its start, its end, what stays, and what stands in its way."""

import os
import socket
import stat

import psycopg
import pytest

from devstack.errors import DevstackError
from devstack.postgres import Postgres

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as another account")


def start(folder) -> Postgres:
    service = Postgres(folder.context)
    service.prepare()
    service.start()
    service.wait_until_ready()
    return service


def ask(service: Postgres, query: str):
    with psycopg.connect(service.address(), autocommit=True) as connection:
        cursor = connection.execute(query)
        return next(cursor)[0] if cursor.description else None


@pytest.mark.slow
def test_two_checkouts_side_by_side_and_data_that_stays(make_folder):
    one, other = make_folder(), make_folder()
    first, second = start(one), start(other)
    try:
        assert first.address() != second.address()
        ask(first, "CREATE TABLE kept AS SELECT 'Wiskunde é' AS title")
        assert ask(second, "SELECT to_regclass('kept')") is None
        assert ask(first, "SELECT upper(title) FROM kept") == "WISKUNDE É"
        first.stop()
        assert first.pid() is None
        assert second.pid() is not None
        with socket.create_server(("127.0.0.1", one.context.ports.get("postgres"))):
            start(one)  # On another port, for a stranger took the remembered one.
            assert ask(first, "SELECT title FROM kept") == "Wiskunde é"
    finally:
        first.stop()
        second.stop()


def test_settings_guard_the_data_and_the_listening_address_is_loopback(folder):
    service = start(folder)
    try:
        shown = {
            name: ask(service, f"SHOW {name}")
            for name in ("fsync", "synchronous_commit", "listen_addresses", "server_encoding", "shared_buffers")
        }
        owner = (folder.context.checkout.state / "postgres").stat()
    finally:
        service.stop()
    assert shown == {
        "fsync": "on",
        "synchronous_commit": "on",
        "listen_addresses": "127.0.0.1",
        "server_encoding": "UTF8",
        "shared_buffers": "256MB",
    }
    assert owner.st_uid != 0
    assert stat.S_IMODE(owner.st_mode) == 0o700


@as_root
@pytest.mark.slow
def test_a_checkout_that_the_account_cannot_enter_keeps_its_data_outside(make_folder):
    folder = make_folder(reachable=False)
    service = start(folder)
    try:
        ask(service, "CREATE TABLE kept AS SELECT 1 AS one")
        service.stop()
        assert (folder.context.checkout.outside / "postgres" / "PG_VERSION").exists()
        assert not (folder.context.checkout.state / "postgres").exists()
        folder.context.checkout.base.chmod(0o755)  # It could go inside now, but what is there stays where it is.
        start(folder)
        assert ask(service, "SELECT one FROM kept") == 1
    finally:
        service.stop()


@as_root
def test_a_folder_outside_that_another_made_is_not_trusted(make_folder):
    folder = make_folder(reachable=False)
    folder.context.checkout.outside.mkdir()
    os.chown(folder.context.checkout.outside, 12345, 12345)
    with pytest.raises(DevstackError, match="is niet van ons"):
        Postgres(folder.context).prepare()


def test_a_left_over_pid_file_of_another_program_is_removed_and_the_start_goes_on(folder):
    service = Postgres(folder.context)
    service.prepare()
    lock = folder.context.checkout.state / "postgres" / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n/elsewhere\n1\n5432\n\n127.0.0.1\n")
    try:
        start(folder)
        assert service.pid() not in {None, os.getpid()}
    finally:
        service.stop()
    assert f"pid-bestand van PostgreSQL opgeruimd: proces {os.getpid()} is nu een ander programma" in folder.text


def test_an_initdb_that_was_cut_short_is_begun_anew(folder):
    half = folder.context.checkout.state / "postgres.part"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    service = start(folder)
    service.stop()
    assert not half.exists()


def test_data_of_another_major_version_is_refused_with_a_remedy(folder):
    service = Postgres(folder.context)
    service.prepare()
    (folder.context.checkout.state / "postgres" / "PG_VERSION").write_text("17\n")
    with pytest.raises(DevstackError, match="van PostgreSQL 17") as caught:
        service.prepare()
    assert "pg_dump" in caught.value.remedy


def test_a_server_that_cannot_start_shows_the_last_lines_of_its_log(folder):
    service = Postgres(folder.context)
    service.prepare()
    with (folder.context.checkout.state / "postgres" / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    with pytest.raises(DevstackError, match="no_such_setting") as caught:
        service.start()
    assert str(folder.context.checkout.log("postgres")) in caught.value.message
