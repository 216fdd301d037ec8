"""Classification texts into concepts: "jaar 3" means groep 3 in primary education and leerjaar 3 elsewhere."""

import re

from catalogus.families import FamilyName
from catalogus.models import Scheme
from catalogus.naming import normal_form
from catalogus.product_data import Classification
from catalogus.vocabulary import Vocabulary
from ingest.issues import IssueCode
from ingest.koppelpunt.eck import Group
from ingest.mapping.reader import ValueReader

_BARE_YEAR = re.compile(r"(?:jaar )?([1-8])")
_BY_GROUPS = frozenset({"po", "so"})
"""Sectors that count in groups; all others count in years."""

_LAST_YEAR = 6


_STRAYS = {Scheme.LEVEL: (Scheme.PROFICIENCY, Scheme.SECTOR, Scheme.SUBJECT)}
"""What publishers also put into an element: "2F", "Voortgezet onderwijs" or a subject as Level. No fault of theirs."""


def classify(group: Group, family: FamilyName, vocabulary: Vocabulary, reader: ValueReader) -> Classification:
    """The codes of one group. A text that is not known is an issue and stays in the record.

    Where the group names no level or year, those that stand in the family name count ("… niveau 3").
    """
    sectors = _codes(Scheme.SECTOR, "Sector", _split(group.sectors, reader), vocabulary, reader)
    levels = _codes(Scheme.LEVEL, "Level", group.levels, vocabulary, reader)
    subjects = _codes(Scheme.SUBJECT, "Course", group.courses, vocabulary, reader)
    if not subjects:
        # A publisher's own heading is often a subject; where it is not, that is no fault of the record's.
        subjects = _known(Scheme.SUBJECT, group.rubrics, vocabulary)
    years = _years(group.years, sectors, vocabulary, reader)
    return Classification(
        sectors=sectors,
        levels=levels or _known(Scheme.LEVEL, _family_levels(family, sectors), vocabulary),
        years=years or _years(family.years, sectors, vocabulary, ValueReader()),
        subjects=subjects,
    )


def _split(texts: tuple[str, ...], reader: ValueReader) -> tuple[str, ...]:
    """("VO, MBO, HBO",) -> ("VO", "MBO", "HBO")."""
    for text in texts:
        if "," in text:
            reader.add(IssueCode.SECTORS_IN_ONE_ELEMENT, "Sector", text)
    return tuple(dict.fromkeys(part.strip() for text in texts for part in text.split(",") if part.strip()))


def _codes(
    scheme: Scheme, field: str, texts: tuple[str, ...], vocabulary: Vocabulary, reader: ValueReader
) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for text in texts:
        meaning = vocabulary.meaning(scheme, text)
        if not meaning.is_known and not any(
            vocabulary.meaning(other, text).is_known for other in _STRAYS.get(scheme, ())
        ):
            reader.add(IssueCode.UNKNOWN_TEXT, field, text)
        codes |= dict.fromkeys(meaning.codes)
    return tuple(codes)


def _known(scheme: Scheme, texts: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for text in texts for code in vocabulary.meaning(scheme, text).codes))


def _family_levels(family: FamilyName, sectors: tuple[str, ...]) -> tuple[str, ...]:
    """Level words of the family name; "niveau 3" is a level of vocational education alone."""
    return tuple(f"mbo {text}" if text.startswith("niveau") and sectors == ("mbo",) else text for text in family.levels)


def _years(
    texts: tuple[str, ...], sectors: tuple[str, ...], vocabulary: Vocabulary, reader: ValueReader
) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for text in texts:
        bare = _BARE_YEAR.fullmatch(normal_form(text))
        if bare is not None and sectors:
            found = _years_of(int(bare.group(1)), sectors)
            if not found:
                reader.add(IssueCode.YEAR_OUT_OF_RANGE, "Year", text)
            codes |= dict.fromkeys(found)
        else:
            codes |= dict.fromkeys(_codes(Scheme.YEAR, "Year", (text,), vocabulary, reader))
    return tuple(codes)


def _years_of(number: int, sectors: tuple[str, ...]) -> list[str]:
    codes = []
    if any(sector in _BY_GROUPS for sector in sectors):
        codes.append(f"groep-{number}")
    if number <= _LAST_YEAR and any(sector not in _BY_GROUPS for sector in sectors):
        codes.append(f"leerjaar-{number}")
    return codes
