"""A real node: ready means usable, data stays, and two of them live side by side."""

import httpx
import pytest

from devstack.elasticsearch.node import Elasticsearch

pytestmark = [pytest.mark.search, pytest.mark.slow, pytest.mark.xdist_group("devnode")]


def test_data_stays_over_a_restart_and_the_port_is_the_same(folder, builds, engine_url):
    node = Elasticsearch(folder.context, builds=builds, heap_mb=512)
    node.prepare()
    node.start()
    try:
        node.wait_until_ready()
        address = node.address()
        assert address != engine_url
        with httpx.Client(base_url=address, trust_env=False) as client:
            assert client.put("/kept", json={"settings": {"number_of_replicas": 0}}).status_code == httpx.codes.OK
            client.put("/kept/_doc/1", json={"title": "Kiezel"}).raise_for_status()
            # An index comes by decision, never by a slip of the pen.
            assert client.put("/slip/_doc/1", json={}).status_code == httpx.codes.NOT_FOUND
        node.stop()
        assert node.pid() is None
        node.start()
        node.wait_until_ready()
        assert node.address() == address
        with httpx.Client(base_url=address, trust_env=False) as client:
            assert client.get("/kept/_count").json()["count"] == 1
            assert list(client.get("/_all").json()) == ["kept"]  # Nothing is left of the readiness check.
    finally:
        node.stop()


def test_a_node_that_runs_on_another_build_is_stopped_with_a_line_that_says_so(folder, builds, tmp_path):
    node = Elasticsearch(folder.context, builds=builds, heap_mb=512)
    node.prepare()
    node.start()
    try:
        pid = node.pid()
        node.prepare()
        assert node.pid() == pid
        (built,) = builds.glob("node-*")
        (tmp_path / built.name).symlink_to(built)  # The same build in another place, as a change of the sources makes.
        Elasticsearch(folder.context, builds=tmp_path).prepare()
        assert node.pid() is None
        assert "Elasticsearch draait nog op een oudere bouw" in folder.text
    finally:
        node.stop()
