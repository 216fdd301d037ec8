"""The two scores, in thousandths. The pages explain them in words, with the numbers of who reads."""

from collections.abc import Mapping

from ingest.quality.completeness import MOST_POINTS, PARTS

HIGHEST = 1000


def completeness_score(filled: Mapping[str, int], accepted: int) -> int:
    """The points that records in the catalogue have, as a share of those they could have; 0 without any.

    filled: code of a part -> how many of the accepted records say it. What is in quarantine is not looked at: the
    other score counts it.
    """
    points = sum(part.points * filled.get(code, 0) for code, part in PARTS.items())
    return share(points, MOST_POINTS * accepted)


def correctness_score(*, records: int, quarantined: int, flagged: int) -> int:
    """A record without findings counts whole, one with warnings half, one in quarantine not at all; 0 without any."""
    clean = records - quarantined - flagged
    return share(2 * clean + flagged, 2 * records)


def share(part: int, whole: int) -> int:
    """part of whole in thousandths, halves upwards; 0 of nothing."""
    return (2 * HIGHEST * part + whole) // (2 * whole) if whole else 0
