"""Methods of one publisher that may be one: proposals for an editor, each with its reasons.

Never on the name alone: names that look alike need a second sign, which is what the products are for, who wrote them,
or that one product names the other as its successor. Nothing is merged here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext as _

from catalogus.models import Concept, Edit, EditKind, Method, Product, Publisher, Scheme
from catalogus.services.editing.alike import Pair, alike
from catalogus.services.placement import own_method_key

MOST_PROPOSALS = 50
LEAST_LIKENESS = 0.5
"""Of the three-letter pieces of two names so many are shared: "Kiezel" and "Kiezel MAX" have 0.64, two invented names
that begin with one word have about 0.35."""

_SUCCESSOR_WEIGHT = 0.5
_AUTHORS_WEIGHT = 0.2


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two methods that may be one. source: the one with fewer products; reasons: sentences; score: only for order."""

    source: Method
    target: Method
    reasons: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Signs:
    """What the products of a method say: subjects with levels, as pairs of codes, and authors."""

    taught: frozenset[tuple[str, str]]
    authors: frozenset[str]


def merge_proposals(publisher: Publisher) -> list[Proposal]:
    """The likeliest first. Seven queries, whatever the number of methods; pairs that were split again are left out."""
    rows = Product.objects.filter(publisher=publisher, merged_into=None).order_by().values_list("method_id")
    sizes = dict(rows.annotate(size=Count("pk")))
    likeness = _like_names(sizes)
    for pair in _split_again():
        likeness.pop(pair, None)
    ids = {pk for pair in likeness for pk in pair}
    methods = Method.objects.select_related("publisher", "merged_into").in_bulk(ids)
    signs, successors, names = _signs(ids), _successors(publisher), _names()
    found = []
    for pair, part in likeness.items():
        target, source = sorted((methods[pk] for pk in pair), key=lambda method: (-sizes[method.pk], method.pk))
        reasons, score = _shared(signs[source.pk], signs[target.pk], names)
        if pair in successors:
            reasons.append(_("“%(old)s” noemt “%(new)s” als opvolger.") % successors[pair])
            score += _SUCCESSOR_WEIGHT
        if reasons:
            first = _("De namen lijken voor %(percent)d%% op elkaar.") % {"percent": round(100 * part)}
            found.append(Proposal(source, target, (first, *reasons), part + score))
    # Methods with a name of their own first: of products without a family there may be hundreds that look alike.
    found.sort(key=lambda proposal: (_owns(proposal), -proposal.score, proposal.source.pk, proposal.target.pk))
    return found[:MOST_PROPOSALS]


def _owns(proposal: Proposal) -> int:
    return sum(method.key.startswith(own_method_key("")) for method in (proposal.source, proposal.target))


_PIECES = """
SELECT id, starts_with(key, %s), show_trgm(unaccent(name)) FROM catalogus_method WHERE id = ANY(%s)
"""
_MOST_LIKE = 500
"""Pairs that are looked at closer; where there are more, the least alike are left out."""

_MOST_COMPARED = 1000
"""Names that are compared within a second. Where there are more, products that are methods of their own, which make up
the bulk there, are left out: it takes a rule to group those, not a pair at a time."""


def _like_names(method_ids: Iterable[int]) -> dict[Pair, float]:
    with connection.cursor() as cursor:
        cursor.execute(_PIECES, [own_method_key(""), list(method_ids)])
        rows = cursor.fetchall()
    pieces = {pk: frozenset(found) for pk, is_own, found in rows if not is_own or len(rows) <= _MOST_COMPARED}
    pairs = alike(pieces, LEAST_LIKENESS)
    return dict(sorted(pairs.items(), key=lambda item: (-item[1], sorted(item[0])))[:_MOST_LIKE])


def _split_again() -> set[Pair]:
    """Pairs that an editor merged and then found to be two."""
    undone = Edit.objects.filter(kind=EditKind.MERGE_METHODS).exclude(undone_at=None)
    return {
        frozenset((carried["source"], carried["target"]))
        for before in undone.values_list("before", flat=True)
        for carried in before["carried"]
    }


_SUCCESSORS = """
SELECT old.method_id, new.method_id, old.title, new.title
FROM catalogus_product AS old JOIN catalogus_product AS new
    ON new.publisher_id = old.publisher_id AND new.method_id <> old.method_id
    AND old.successor_identifier IN (new.identifier, new.ean)
WHERE old.publisher_id = %s AND old.successor_identifier <> ''
    AND old.merged_into_id IS NULL AND new.merged_into_id IS NULL
"""


def _successors(publisher: Publisher) -> dict[Pair, dict[str, str]]:
    """Pair -> titles of a product that names its successor in the other method, and of that one."""
    with connection.cursor() as cursor:
        cursor.execute(_SUCCESSORS, [publisher.pk])
        return {frozenset((one, other)): {"old": old, "new": new} for one, other, old, new in cursor.fetchall()}


def _signs(method_ids: Iterable[int]) -> Mapping[int, _Signs]:
    taught: dict[int, set[tuple[str, str]]] = defaultdict(set)
    authors: dict[int, set[str]] = defaultdict(set)
    rows = Product.objects.filter(method__in=list(method_ids), merged_into=None).order_by()
    for method, groups, names in rows.values_list("method_id", "classification", "authors"):
        authors[method].update(names)
        for group in groups:
            taught[method].update((subject, level) for subject in group["subjects"] for level in group["levels"])
    return {pk: _Signs(frozenset(taught[pk]), frozenset(authors[pk])) for pk in taught.keys() | authors.keys()}


def _shared(one: _Signs, other: _Signs, names: Mapping[tuple[str, str], str]) -> tuple[list[str], float]:
    """Sentences on what both have, and what that weighs; no sentence where they have nothing in common."""
    reasons, score = [], 0.0
    if taught := one.taught & other.taught:
        subjects = ", ".join(sorted({names.get((Scheme.SUBJECT.value, code), code) for code, _level in taught}))
        levels = ", ".join(sorted({names.get((Scheme.LEVEL.value, code), code) for _subject, code in taught}))
        reasons.append(_("Beide voor %(subjects)s, %(levels)s.") % {"subjects": subjects, "levels": levels})
        score += len(taught) / len(one.taught | other.taught)
    if authors := one.authors & other.authors:
        reasons.append(_("Dezelfde auteurs: %(authors)s.") % {"authors": ", ".join(sorted(authors))})
        score += _AUTHORS_WEIGHT
    return reasons, score


def _names() -> dict[tuple[str, str], str]:
    rows = Concept.objects.filter(scheme__in=[Scheme.SUBJECT, Scheme.LEVEL])
    return {(concept.scheme, concept.code): concept.label for concept in rows}
