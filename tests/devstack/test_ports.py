"""Ports are remembered, free when given out, and of one checkout."""

import os
import socket
import sys

import pytest

from devstack.port_holder import holder_of
from devstack.ports import HIGHEST, LOWEST, PortBook, is_free


@pytest.fixture
def book(tmp_path):
    return PortBook(tmp_path / "ports.json", "0000abcd")


def listen(port: int = 0) -> socket.socket:
    server = socket.create_server(("127.0.0.1", port))
    server.listen()
    return server


def test_a_port_is_remembered(book):
    port = book.reserve("postgres")
    assert LOWEST <= port <= HIGHEST
    assert PortBook(book.path, book.key).reserve("postgres") == port == book.get("postgres")


def test_two_names_get_two_ports(book):
    assert book.reserve("postgres") != book.reserve("valkey")


def test_a_port_that_another_program_took_is_chosen_anew(book):
    first = book.reserve("valkey")
    with listen(first):
        second = book.reserve("valkey")
        assert second != first
        assert is_free(second)
    assert book.get("valkey") == second


def test_a_damaged_book_is_begun_anew(book):
    book.path.write_text("[")
    assert book.reserve("postgres") == book.get("postgres")


def test_a_port_on_which_another_listens_is_not_free():
    with listen() as server:
        assert not is_free(server.getsockname()[1])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who listens")
def test_the_program_that_holds_a_port_is_named():
    with listen() as server:
        assert holder_of(server.getsockname()[1]).endswith(f"(proces {os.getpid()})")
    assert holder_of(1) == ""
