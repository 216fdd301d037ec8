"""From groups as they were read to the codes that filters use."""

from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from catalogus.models import Scheme
from catalogus.product_data import Classification
from catalogus.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class FilterCodes:
    """Sorted codes over all groups, with broader terms; combined holds level and year of one group ("havo-3")."""

    sectors: tuple[str, ...]
    levels: tuple[str, ...]
    years: tuple[str, ...]
    subjects: tuple[str, ...]
    combined: tuple[str, ...]


# The parts of a method are classified alike. What is remembered goes with its vocabulary.
_REMEMBERED: WeakKeyDictionary[Vocabulary, dict[tuple[Classification, ...], FilterCodes]] = WeakKeyDictionary()
_MOST_REMEMBERED = 10_000


def filter_codes(groups: tuple[Classification, ...], vocabulary: Vocabulary) -> FilterCodes:
    """The codes under which a product with these groups is found."""
    remembered = _REMEMBERED.setdefault(vocabulary, {})
    found = remembered.get(groups)
    if found is None:
        if len(remembered) >= _MOST_REMEMBERED:
            remembered.clear()
        found = remembered[groups] = _filter_codes(groups, vocabulary)
    return found


def _filter_codes(groups: tuple[Classification, ...], vocabulary: Vocabulary) -> FilterCodes:
    combined: set[str] = set()
    for group in groups:
        for level in _all_levels(group.levels, vocabulary):
            combined.update(combined_code(level, year) for year in group.years)
    return FilterCodes(
        sectors=_sorted(code for group in groups for code in group.sectors),
        levels=_sorted(_all_levels((code for group in groups for code in group.levels), vocabulary)),
        years=_sorted(code for group in groups for code in group.years),
        subjects=_sorted(
            found
            for group in groups
            for code in group.subjects
            for found in (code, *vocabulary.broader(Scheme.SUBJECT, code))
        ),
        combined=_sorted(combined),
    )


def _sorted(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(codes)))


def combined_code(level: str, year: str) -> str:
    """("havo", "leerjaar-3") -> "havo-3"; ("sbo", "groep-3") -> "sbo-groep-3", which is another class."""
    return f"{level}-{year.removeprefix('leerjaar-')}"


def _all_levels(codes: Iterable[str], vocabulary: Vocabulary) -> set[str]:
    """With the levels above and below: what is for "vmbo" is for each of its tracks, and a track's is for vmbo."""
    return {
        found
        for code in codes
        for found in (
            code,
            *vocabulary.broader(Scheme.LEVEL, code),
            *vocabulary.narrower(Scheme.LEVEL, code),
        )
    }
