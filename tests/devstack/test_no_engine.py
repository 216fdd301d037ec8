"""Without a search engine: asked for or unavoidable, and known to the commands that come after."""

import pytest

from devstack.errors import DevstackError, NotToBeHad
from devstack.no_engine import basic_mode, no_engine_is_asked
from devstack.service import Service
from devstack.stack import Stack
from devstack.valkey import Valkey


class Engine(Service):
    """Stands for a service that is there or not; the real node is tried in elasticsearch/test_node.py."""

    key, label, variable = "engine", "Zoekmachine", "ENGINE_URL"
    is_to_be_had = False
    is_running = False

    def prepare(self) -> None:
        if not self.is_to_be_had:
            raise NotToBeHad("Maven ontbreekt.", remedy="Installeer Maven.")

    def pid(self) -> int | None:
        return 1 if self.is_running else None

    def start(self) -> None:
        self.is_running = True

    def wait_until_ready(self) -> None:
        """It is."""

    def stop(self) -> None:
        self.is_running = False

    def address(self) -> str:
        return "http://127.0.0.1:9200"


@pytest.fixture
def stack(folder):
    stack = Stack(folder.context, [Valkey(folder.context), Engine(folder.context)])
    yield stack
    stack.down()


def engine_of(stack: Stack) -> Engine:
    (engine,) = (service for service in stack._all if isinstance(service, Engine))
    return engine


def test_what_is_not_to_be_had_is_said_in_one_line_and_the_rest_starts(folder, stack):
    stack.up(keep=True)
    assert (
        "! Zoeken werkt in de basismodus. Maven ontbreekt. Voor volledig zoeken: installeer Maven."
        in folder.text.splitlines()
    )
    assert not engine_of(stack).is_running
    assert not stack.has("engine")
    assert stack.has("valkey")
    assert stack.environment()["ENGINE_URL"] == ""
    assert [(service.label, reason) for service, reason in stack.done_without()] == [
        ("Zoekmachine", "Maven ontbreekt.")
    ]


def test_another_command_of_the_folder_knows_it_until_the_next_start(folder, stack):
    stack.up(keep=True)
    later = Stack(folder.context, [Valkey(folder.context), Engine(folder.context)])
    assert not later.has("engine")
    engine_of(stack).is_to_be_had = True
    stack.up(keep=True)
    assert later.has("engine")
    assert stack.environment()["ENGINE_URL"] == "http://127.0.0.1:9200"


def test_an_engine_that_could_be_had_is_left_out_when_asked(folder, stack):
    engine_of(stack).is_to_be_had = True
    stack.up(keep=True, without=("engine",))
    assert "zoals gevraagd (NO_ENGINE=1 of --no-engine)" in folder.text
    assert not engine_of(stack).is_running


def test_an_engine_that_another_start_left_out_still_stops_with_who_used_it(folder, stack):
    engine_of(stack).is_to_be_had = True
    stack.up(keep=False, command="make run")
    other = Stack(folder.context, stack._all)
    other.up(keep=False, command="make faults", without=("engine",))
    assert not other.has("engine")
    assert other.environment()["ENGINE_URL"] == ""
    assert stack.has("engine")
    stack.leave()
    assert not engine_of(stack).is_running


def test_down_forgets_it(folder, stack):
    stack.up(keep=True)
    stack.down()
    assert stack.done_without() == []
    assert [path.name for path in folder.context.checkout.pids.iterdir() if path.suffix == ".without"] == []


@pytest.mark.parametrize(("value", "is_asked"), [("1", True), (" 1 ", True), ("0", False), ("", False)])
def test_the_variable(monkeypatch, value, is_asked):
    monkeypatch.setenv("NO_ENGINE", value)
    assert no_engine_is_asked() is is_asked


def test_a_value_that_means_nothing_is_named_with_the_remedy(monkeypatch):
    monkeypatch.setenv("NO_ENGINE", "ja")
    with pytest.raises(DevstackError, match="NO_ENGINE is “ja”") as caught:
        no_engine_is_asked()
    assert "NO_ENGINE=1" in caught.value.remedy


def test_the_line_has_reason_and_remedy():
    line = basic_mode(NotToBeHad("Maven ontbreekt.", remedy="Installeer Maven."))
    assert line == "Zoeken werkt in de basismodus. Maven ontbreekt. Voor volledig zoeken: installeer Maven."
