"""An address in the environment wins: used as it is, checked, never started or stopped."""

import base64
import http.server
import socket
import threading

import pytest

from devstack.errors import DevstackError
from devstack.external import without_password
from devstack.stack import Stack, services_of
from devstack.valkey import Valkey


def nobody_listens() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_a_named_service_is_used_and_left_alone(make_folder, monkeypatch):
    owner, user = make_folder(), make_folder()
    owned = Valkey(owner.context)
    Stack(owner.context, [owned]).up(keep=True)
    try:
        monkeypatch.setenv("REDIS_URL", owned.address())
        (named,) = (service for service in services_of(user.context) if service.key == "valkey")
        stack = Stack(user.context, [named])
        stack.up(keep=False)
        assert stack.environment() == {"REDIS_URL": owned.address()}
        assert "Valkey is van buiten en antwoordt" in user.text
        stack.leave()
        stack.down()
        assert owned.pid() is not None
        assert not (user.context.checkout.state / "valkey").exists()
    finally:
        owned.stop()


@pytest.mark.parametrize(
    ("variable", "url"),
    [
        ("DATABASE_URL", "postgres://anna:geheim@127.0.0.1:{port}/catalogus"),
        ("REDIS_URL", "redis://:geheim@127.0.0.1:{port}/0"),
        ("ELASTICSEARCH_URL", "http://anna:geheim@127.0.0.1:{port}"),
    ],
)
def test_a_named_service_that_does_not_answer_is_named_with_a_remedy_and_without_its_password(
    folder, monkeypatch, variable, url
):
    monkeypatch.setenv(variable, url.format(port=nobody_listens()))
    (named,) = (service for service in services_of(folder.context) if service.variable == variable)
    with pytest.raises(DevstackError, match=f"{variable} wijst naar") as caught:
        named.wait_until_ready()
    assert variable in caught.value.remedy
    assert "geheim" not in caught.value.message


@pytest.fixture
def guarded_engine():
    """An engine that asks for a name and password, as the official one does; its port."""
    wanted = "Basic " + base64.b64encode(b"anna:geh@im").decode()

    class Engine(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.headers["Authorization"] == wanted else 401)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments):
            """Nothing to the terminal."""

    with http.server.HTTPServer(("127.0.0.1", 0), Engine) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_name_and_password_in_the_address_of_an_engine_are_used_and_not_shown(folder, monkeypatch, guarded_engine):
    def engine(password):
        monkeypatch.setenv("ELASTICSEARCH_URL", f"http://anna:{password}@127.0.0.1:{guarded_engine}")
        (named,) = (service for service in services_of(folder.context) if service.key == "elasticsearch")
        return named

    engine("geh%40im").wait_until_ready()
    with pytest.raises(DevstackError, match="naam of wachtwoord in het adres klopt niet") as caught:
        engine("anders").wait_until_ready()
    assert "anders" not in caught.value.message


def test_the_address_of_our_own_server_in_the_environment_is_our_own_still(folder, monkeypatch):
    own = Valkey(folder.context)
    folder.context.ports.reserve("valkey")
    monkeypatch.setenv("REDIS_URL", own.address())
    assert not any(service.is_external for service in services_of(folder.context))
    monkeypatch.setenv("REDIS_URL", own.address().replace("/0", "/1"))
    assert [service.key for service in services_of(folder.context) if service.is_external] == ["valkey"]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgres://anna:geheim@host:5432/db", "postgres://anna:***@host:5432/db"),
        ("redis://:geheim@host/0", "redis://:***@host/0"),
        ("http://127.0.0.1:9200", "http://127.0.0.1:9200"),
        ("https://anna:geh%40im@host:9200/es", "https://anna:***@host:9200/es"),
    ],
)
def test_without_password(url, shown):
    assert without_password(url) == shown
