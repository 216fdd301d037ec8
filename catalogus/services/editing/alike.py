"""Pairs of names that look alike, by the measure of pg_trgm, among hundreds or thousands of them.

The database compares every two names anew, which takes seconds for a few hundred; here most pairs are never compared.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from math import ceil

Pair = frozenset[int]


def alike(pieces: Mapping[int, frozenset[str]], least: float) -> dict[Pair, float]:
    """Pair -> which part of their three-letter pieces two names share, for pairs that share at least so much.

    Two sets share at least `least` of their union only if the rarest pieces of one, so many that the others alone would
    be too few, hold one of the rarest of the other (prefix filtering: Bayardo, Ma, Srikant, WWW 2007).
    """
    counts = Counter(piece for own in pieces.values() for piece in own)
    seen: dict[str, list[int]] = defaultdict(list)
    found: dict[Pair, float] = {}
    # From short to long, so that a name is compared only to those that are short enough to be met in its own prefix.
    for pk, own in sorted(pieces.items(), key=lambda item: (len(item[1]), item[0])):
        rarest = sorted(own, key=lambda piece: (counts[piece], piece))
        prefix = rarest[: len(own) - ceil(least * len(own)) + 1]
        for other in {candidate for piece in prefix for candidate in seen[piece]}:
            shared = len(own & pieces[other])
            part = shared / (len(own) + len(pieces[other]) - shared)
            if part >= least:
                found[frozenset((pk, other))] = part
        for piece in prefix:
            seen[piece].append(pk)
    return found
