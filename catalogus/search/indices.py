"""Indexes and their aliases: what they are called, which one is live, which one is being built.

`{prefix}-products` and `{prefix}-methods` are the live aliases. While a rebuild fills new indexes these are known as
`{prefix}-products-building` and `{prefix}-methods-building`, so that other processes write there too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch

from catalogus.models import OutboxKind
from catalogus.search.documents import DELETIONS_REMEMBERED, Versions, index_definition, versions

_NAMES = {OutboxKind.PRODUCT: "products", OutboxKind.METHOD: "methods"}

# Nobody searches an index that is being filled: making it visible and copying it can wait until it is full. Deletions
# are remembered for longer than a rebuild that was broken off may wait (a day), so that no document that it had in hand
# brings back what a drainer has taken away meanwhile.
_WHILE_FILLING = {"refresh_interval": "-1", "number_of_replicas": 0, "gc_deletes": "25h"}


def live_alias(kind: OutboxKind) -> str:
    return f"{settings.ELASTICSEARCH_PREFIX}-{_NAMES[kind]}"


def building_alias(kind: OutboxKind) -> str:
    return f"{live_alias(kind)}-building"


def new_names() -> dict[OutboxKind, str]:
    """Names for new indexes, by kind, that no index has had."""
    suffix = f"{datetime.now(UTC):%Y%m%d%H%M%S%f}"
    return {kind: f"{live_alias(kind)}-{suffix}" for kind in OutboxKind}


def create_building_indexes(client: Elasticsearch, names: Mapping[OutboxKind, str]) -> None:
    """New, empty indexes of these names behind the building aliases; they hold off refreshes and copies."""
    for kind, name in names.items():
        definition = index_definition(kind)
        client.indices.create(
            index=name,
            mappings=definition["mappings"],
            settings=definition["settings"] | _WHILE_FILLING,
            aliases={building_alias(kind): {}},
        )


def make_searchable(client: Elasticsearch, names: Iterable[str]) -> None:
    """Give filled indexes the settings that they serve with, and show what is in them."""
    indexes = list(names)
    client.indices.put_settings(
        index=indexes,
        settings={
            "refresh_interval": None,
            "number_of_replicas": settings.ELASTICSEARCH_REPLICAS,
            "gc_deletes": DELETIONS_REMEMBERED,
        },
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


@dataclass(frozen=True, slots=True)
class Standing:
    """The indexes behind our aliases at one moment, by kind and name, with the versions that each was made by."""

    live: Mapping[OutboxKind, Mapping[str, Versions]]
    building: Mapping[OutboxKind, Mapping[str, Versions]]

    @property
    def is_there(self) -> bool:
        """Whether there is a live index of every kind."""
        return all(self.live[kind] for kind in OutboxKind)

    @property
    def is_building(self) -> bool:
        """Whether a rebuild is under way, or waits to go on, and wants what is written now."""
        return any(self.building[kind] for kind in OutboxKind)

    @property
    def is_known(self) -> bool:
        """Whether every live index has the definition of this code. An index that is not there is no strange one."""
        return all(
            found.definition == versions(kind).definition for kind in OutboxKind for found in self.live[kind].values()
        )

    @property
    def is_writable(self) -> bool:
        """Whether every index that is live or being built may have documents of this code.

        One that is being built by another version gets none, nor is it passed by: what changes waits until it is live.
        """
        return self.is_known and all(
            found == versions(kind) for kind in OutboxKind for found in self.building[kind].values()
        )

    @property
    def has_same_words(self) -> bool:
        """Whether every live index was made with the words that this code ships."""
        return all(found.words == versions(kind).words for kind in OutboxKind for found in self.live[kind].values())


def standing(client: Elasticsearch) -> Standing:
    """What stands behind our aliases, by one call."""
    wanted = [alias(kind) for kind in OutboxKind for alias in (live_alias, building_alias)]
    found = client.indices.get(
        index=wanted,
        features=["aliases", "mappings"],
        ignore_unavailable=True,
        filter_path="*.aliases,*.mappings._meta",
    ).body

    def behind(alias: str) -> dict[str, Versions]:
        return {
            name: Versions.read(index.get("mappings", {})) for name, index in found.items() if alias in index["aliases"]
        }

    return Standing(
        live={kind: behind(live_alias(kind)) for kind in OutboxKind},
        building={kind: behind(building_alias(kind)) for kind in OutboxKind},
    )


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
