"""What the engine stores: the index definitions of products and methods, and what tells one definition from another.

A product document serves the products view. A method document serves the methods view and holds its products whole, as
nested documents of the same shape, so that one text query and one set of filters read both.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from elasticsearch.dsl import Boolean, Index, Integer, Keyword, Long, Mapping, Nested, Text
from elasticsearch.dsl.field import Field

from catalogus.facets import UNKNOWN
from catalogus.models import OutboxKind
from catalogus.search.analysis import DUTCH, EDITION, WHOLE, WORD_BEGINNINGS, WORDS
from catalogus.search.criteria import MAX_REACHABLE
from catalogus.search.words.lists import SEED_WORDS

NESTED_PATH = "products"
HASH_FIELD = "hash"

_LONGEST_WHOLE = 400
"""Longer than any text that may be asked (criteria.MAX_TEXT_LENGTH), so every askable title is found whole."""

# Far above any real method, of which the largest has some hundreds; such a document is 60 MB, and a call may hold 100.
_MOST_PRODUCTS_OF_A_METHOD = 50_000

DELETIONS_REMEMBERED = "1h"
"""How long a deletion's version is known. The engine's own minute is shorter than a slow drainer may hold an older
document in hand (`indexing.bulk.FRESH_SECONDS`), and that document would come back to life.
"""


def _stored() -> Keyword:
    """Only given back, never asked for."""
    return Keyword(index=False, doc_values=False)


def _code() -> Keyword:
    return Keyword()


def _codes() -> Keyword:
    """A list; an empty one is handed over as null, which is found as "unknown"."""
    return Keyword(null_value=UNKNOWN)


def _name(*copies: str) -> Text:
    """A title or name: by its words, whole ("exact"), and by its words without their number ("brief").

    In "brief" a word counts once, however often it stands there, so that only the length of the name tells. What all of
    it weighs stands in weights.py.
    """
    return Text(
        analyzer=DUTCH,
        copy_to=list(copies),
        fields={
            "exact": Keyword(normalizer=WHOLE, ignore_above=_LONGEST_WHOLE),
            "brief": Text(analyzer=DUTCH, index_options="docs"),
        },
    )


def product_fields(path: str = "") -> dict[str, Field]:
    """The fields of a product; path ("products.") is where they stand in the whole document.

    `text` holds all that a word may be found in but the description, `beginnings` the starts of the words of its names,
    `label_beginnings` those of its labels; `parts` what compounds fall apart into, and `joined` words that stand side
    by side in its names, written as one.
    """
    text, beginnings = f"{path}text", f"{path}beginnings"
    return {
        "id": Long(),
        "public_id": _code(),
        "text": Text(analyzer=DUTCH),
        "parts": Text(analyzer=DUTCH, norms=False, index_options="docs"),
        "joined": Keyword(),
        "beginnings": Text(analyzer=WORD_BEGINNINGS, search_analyzer=WORDS, norms=False, index_options="docs"),
        "label_beginnings": Text(analyzer=WORD_BEGINNINGS, search_analyzer=WORDS, norms=False, index_options="docs"),
        "title": _name(text, beginnings),
        "method_public_id": _code(),
        "method_name": _name(text, beginnings),
        "edition": Text(analyzer=EDITION, norms=False, copy_to=[text]),
        "publisher_slug": _code(),
        "publisher_name": Keyword(index=False, doc_values=False, copy_to=[text]),
        "ean": Keyword(copy_to=[text]),
        "contained_ean": Keyword(copy_to=[text]),
        "identifier": Keyword(ignore_above=_LONGEST_WHOLE),
        "authors": Keyword(index=False, doc_values=False, copy_to=[text]),
        "labels": Keyword(index=False, doc_values=False, copy_to=[text, f"{path}label_beginnings"]),
        "description": Text(analyzer=DUTCH, norms=False, index_options="docs"),
        "state": _code(),
        "medium": _code(),
        "form": _code(),
        "role": _code(),
        "sectors": _codes(),
        "levels": _codes(),
        "years": _codes(),
        "subjects": _codes(),
        "combined": _code(),
        "price_cents": Integer(),
        "price_from": Integer(),
        "price_range": _code(),
        "rating": Integer(),
        "rating_low": Integer(),
        "rating_high": Integer(),
        "rating_rank": Integer(),
        "rating_range": _code(),
        "review_count": Integer(),
        "older_review_count": Integer(),
        "license_kind": _code(),
        "license_duration": _code(),
        "openness": _code(),
        "accessibility": _code(),
        "is_withdrawn": Boolean(),
        "is_orderable": Boolean(),
        "is_default_sector": Boolean(),
        "is_current": Boolean(),
        "published_day": Integer(),
        "first_seen_day": Integer(),
        "sort_title": Keyword(index=False),
    }


def _shown() -> Keyword:
    """Given back without the document, which holds all products of a method and takes long to read."""
    return Keyword(index=False)


def _suggested_name() -> Text:
    """A name as it is typed: by its words unstemmed, their beginnings, and whole; and as it is shown."""
    fields = {
        "beginnings": Text(analyzer=WORD_BEGINNINGS, search_analyzer=WORDS, norms=False, index_options="docs"),
        "exact": Keyword(normalizer=WHOLE, ignore_above=_LONGEST_WHOLE),
        "shown": _shown(),
    }
    return Text(analyzer=WORDS, norms=False, index_options="docs", fields=fields)


def _shared() -> Keyword:
    """Codes by which methods are alike; with norms, so that one that covers everything is like none."""
    return Keyword(norms=True)


def method_fields() -> dict[str, Field]:
    """The fields of a method, its products nested.

    `joined` is the name written as one word; `orderable_products` counts what a search without choices finds.
    """
    return {
        "id": Long(),
        "public_id": _code(),
        "name": _suggested_name(),
        "joined": Keyword(),
        "publisher_slug": _code(),
        "publisher_name": _shown(),
        "editions": _stored(),
        "sectors": _shared(),
        "levels": _shared(),
        "years": _shared(),
        "subjects": _shared(),
        "combined": _shared(),
        "orderable_products": Integer(),
        "price_from": Integer(),
        "rating": Integer(),
        "rating_low": Integer(),
        "rating_high": Integer(),
        "rating_rank": Integer(),
        "review_count": Integer(),
        "older_review_count": Integer(),
        "published_day": Integer(),
        "sort_title": Keyword(index=False),
        NESTED_PATH: Nested(dynamic="strict", properties=product_fields(f"{NESTED_PATH}.")),
    }


def _mapping(kind: OutboxKind) -> Mapping:
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    for name, field in (product_fields() if kind == OutboxKind.PRODUCT else method_fields()).items():
        mapping.field(name, field)
    # What the document is made of in short, so that a check need not read it: see indexing/hashing.py.
    mapping.field(HASH_FIELD, _shown())
    return mapping


@dataclass(frozen=True, slots=True)
class Versions:
    """By what an index was made. definition: its fields, analysis and settings; words: those that we ship.

    With another definition a search would find nothing and say nothing; with other words it finds a little less.
    The words of the catalogue and of editors are no part of it: whoever changes these asks for a rebuild.
    """

    definition: str
    words: str

    @classmethod
    def read(cls, mappings: dict[str, Any]) -> "Versions":
        """As the mappings of an index tell; empty where they tell nothing."""
        meta = mappings.get("_meta", {})
        return cls(str(meta.get("definition", "")), str(meta.get("words", "")))


def index_definition(kind: OutboxKind) -> dict[str, Any]:
    """The body that makes an index of this kind; its `_meta` holds the versions."""
    body = _definition(kind)
    of_this_code = versions(kind)
    body["mappings"]["_meta"] = {"definition": of_this_code.definition, "words": of_this_code.words}
    body["settings"] |= {
        "number_of_shards": settings.ELASTICSEARCH_SHARDS,
        "number_of_replicas": settings.ELASTICSEARCH_REPLICAS,
    }
    return body


def _definition(kind: OutboxKind) -> dict[str, Any]:
    """What is the same in every installation."""
    index = Index(kind.value)
    index.mapping(_mapping(kind))
    index.settings(
        max_result_window=MAX_REACHABLE,
        mapping={"nested_objects": {"limit": _MOST_PRODUCTS_OF_A_METHOD}},
        gc_deletes=DELETIONS_REMEMBERED,
    )
    body: dict[str, Any] = index.to_dict()
    return body


@cache
def versions(kind: OutboxKind) -> Versions:
    """Those that this code makes."""
    return Versions(definition=_fingerprint(_definition(kind)), words=_fingerprint(SEED_WORDS))


def _fingerprint(value: Any) -> str:
    return hashlib.blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=8).hexdigest()
