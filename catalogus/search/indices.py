"""Indexes and their aliases: what they are called, which one is live, which one is being built.

`{prefix}-products` and `{prefix}-methods` are the live aliases. While a rebuild fills new indexes these are known as
`{prefix}-products-building` and `{prefix}-methods-building`, so that other processes write there too.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch

from catalogus.models import OutboxKind
from catalogus.search.documents import index_definition

_NAMES = {OutboxKind.PRODUCT: "products", OutboxKind.METHOD: "methods"}

# Nobody searches an index that is being filled: making it visible and copying it can wait until it is full.
_WHILE_FILLING = {"refresh_interval": "-1", "number_of_replicas": 0}


def live_alias(kind: OutboxKind) -> str:
    return f"{settings.ELASTICSEARCH_PREFIX}-{_NAMES[kind]}"


def building_alias(kind: OutboxKind) -> str:
    return f"{live_alias(kind)}-building"


def create_building_indexes(client: Elasticsearch) -> dict[OutboxKind, str]:
    """New, empty indexes behind the building aliases, by kind; they hold off refreshes and copies."""
    suffix = f"{datetime.now(UTC):%Y%m%d%H%M%S%f}"
    names = {}
    for kind in OutboxKind:
        names[kind] = f"{live_alias(kind)}-{suffix}"
        definition = index_definition(kind)
        client.indices.create(
            index=names[kind],
            mappings=definition["mappings"],
            settings=definition["settings"] | _WHILE_FILLING,
            aliases={building_alias(kind): {}},
        )
    return names


def make_searchable(client: Elasticsearch, names: Iterable[str]) -> None:
    """Give filled indexes the settings that they serve with, and show what is in them."""
    indexes = list(names)
    client.indices.put_settings(
        index=indexes,
        settings={"refresh_interval": None, "number_of_replicas": settings.ELASTICSEARCH_REPLICAS},
    )
    client.indices.refresh(index=indexes)


def go_live(client: Elasticsearch, names: Mapping[OutboxKind, str]) -> list[str]:
    """Move the live aliases of all kinds in one call; gives the indexes that they stood for."""
    old = {kind: indexes_behind(client, live_alias(kind)) for kind in names}
    actions: list[dict[str, Any]] = []
    for kind, name in names.items():
        actions.append({"add": {"index": name, "alias": live_alias(kind)}})
        actions.append({"remove": {"index": name, "alias": building_alias(kind)}})
        actions += [{"remove": {"index": index, "alias": live_alias(kind)}} for index in old[kind]]
    client.indices.update_aliases(actions=actions)
    return [index for indexes in old.values() for index in indexes]


def indexes_behind(client: Elasticsearch, alias: str) -> list[str]:
    """The indexes that an alias stands for, none where there is no such alias."""
    return sorted(client.options(ignore_status=404).indices.get_alias(name=alias).body.keys() - {"error", "status"})


def is_building(client: Elasticsearch) -> bool:
    """Whether a rebuild is under way and wants what is written now."""
    return bool(client.indices.exists_alias(name=[building_alias(kind) for kind in OutboxKind]))


def fingerprint_of_live(client: Elasticsearch, kind: OutboxKind) -> str | None:
    """By which definition the live index was made; None where there is no live index."""
    found = client.options(ignore_status=404).indices.get_mapping(index=live_alias(kind)).body
    if "error" in found:
        return None
    return max(str(index["mappings"].get("_meta", {}).get("fingerprint", "")) for index in found.values())


def leftovers(client: Elasticsearch) -> list[str]:
    """Indexes of ours that no live alias stands for: what a rebuild that was killed has left."""
    ours = client.indices.get(index=[f"{live_alias(kind)}-*" for kind in OutboxKind], features="aliases").body
    live = {live_alias(kind) for kind in OutboxKind}
    return sorted(name for name, index in ours.items() if not live & index["aliases"].keys())


def drop(client: Elasticsearch, names: Iterable[str]) -> None:
    """Take indexes away; one that is gone already is no fault."""
    for name in names:
        client.options(ignore_status=404).indices.delete(index=name)


def drop_all(client: Elasticsearch) -> None:
    """Take away every index of this installation's prefix: for tests, and for who gives an installation up."""
    live = [index for kind in OutboxKind for index in indexes_behind(client, live_alias(kind))]
    drop(client, [*live, *leftovers(client)])
