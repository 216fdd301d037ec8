"""Publishers out of the names that sources write."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify

from catalogus.models import Publisher, PublisherAlias
from catalogus.models.provenance import Provenance
from catalogus.naming import publisher_key


def alias_key(name: str) -> str:
    """What the spellings of one publisher share: "De Linde Educatief B.V." and "DeLinde educatief" are one."""
    return publisher_key(name).replace(" ", "")


def resolve_publishers(names: Iterable[str]) -> dict[str, Publisher]:
    """The publisher of each name, stored first where it is new. Names without a letter or digit are left out.

    Call it in a transaction of the caller's.
    """
    keys = {name: key for name in names if (key := alias_key(name))}
    known = _by_key(keys.values())
    for name, key in sorted(keys.items(), key=lambda pair: (pair[1], pair[0])):
        if key not in known:
            known[key] = _create(name, key)
    return {name: known[key] for name, key in keys.items()}


def known_publishers(names: Iterable[str]) -> dict[str, Publisher]:
    """The publisher of each name, of those that are stored already."""
    keys = {name: key for name in names if (key := alias_key(name))}
    known = _by_key(keys.values()) if keys else {}
    return {name: known[key] for name, key in keys.items() if key in known}


def _by_key(keys: Iterable[str]) -> dict[str, Publisher]:
    aliases = PublisherAlias.objects.filter(key__in=set(keys)).select_related("publisher")
    return {alias.key: survivor(alias.publisher) for alias in aliases}


def first_keys(publishers: Iterable[Publisher]) -> dict[int, str]:
    """Row -> the key of the name under which the publisher first came; one query.

    Ids of methods are made of it: not of the slug, which hangs on the spelling, nor of the name, which editors change.
    """
    keys = {publisher.pk: alias_key(publisher.name) for publisher in publishers}
    first = PublisherAlias.objects.filter(publisher__in=keys).order_by("publisher_id", "pk").distinct("publisher_id")
    return keys | dict(first.values_list("publisher_id", "key"))


def survivor(publisher: Publisher) -> Publisher:
    """The publisher that this one was merged into in the end; itself where it stands alone."""
    seen = {publisher.pk}
    while publisher.merged_into is not None and publisher.merged_into_id not in seen:
        publisher = publisher.merged_into
        seen.add(publisher.pk)
    return publisher


def survivors() -> dict[int, int]:
    """Publisher that was merged into another -> the one that stands for it in the end; one query."""
    merged = Publisher.objects.exclude(merged_into=None).order_by().values_list("pk", "merged_into_id")
    into = {pk: survivor for pk, survivor in merged if survivor is not None}
    return {pk: _end(pk, into) for pk in into}


def family_of(publisher_id: int) -> frozenset[int]:
    """The publisher, the one that stands for it in the end, and all that were merged into that; one query."""
    into = survivors()
    head = into.get(publisher_id, publisher_id)
    return frozenset({head, *(pk for pk, end in into.items() if end == head)})


def _end(start: int, into: dict[int, int]) -> int:
    seen = {start}
    end = into[start]
    while end in into and end not in seen:
        seen.add(end)
        end = into[end]
    return end


@transaction.atomic
def _create(name: str, key: str) -> Publisher:
    stem = slugify(name)[:70] or "uitgever"
    slug, number = stem, 1
    while Publisher.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    publisher = Publisher(slug=slug, name=name)
    publisher.full_clean()
    publisher.save()
    PublisherAlias.objects.create(publisher=publisher, text=name, key=key, provenance=Provenance.FEED)
    return publisher
