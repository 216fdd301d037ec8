"""For whom the parts of one method are: levels and years, and the words in which titles say so."""

from dataclasses import dataclass
from typing import Final

from ingest.demo.dice import Dice
from ingest.demo.subjects import Subject


@dataclass(frozen=True, slots=True)
class Variant:
    """label: as titles say it ("havo/vwo 1", "Remsystemen niveau 3"). level_words: what a family name may take of it.

    levels: as a supplier with capitals writes them. plain_levels: as the others do. years: numbers, "jaar 3" -> 3.
    """

    label: str
    level_words: str
    levels: tuple[str, ...]
    plain_levels: tuple[str, ...]
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Track:
    """A track of secondary education. lower and upper: its years in the lower and the upper school."""

    label: str
    levels: tuple[str, ...]
    plain_levels: tuple[str, ...]
    lower: tuple[int, ...]
    upper: tuple[int, ...]
    group: str


_TRACKS: Final = (
    _Track("vmbo-b", ("VMBO BASIS",), ("VMBO",), (1, 2), (3, 4), "vmbo"),
    _Track("vmbo-bk", ("VMBO BASIS", "VMBO KADER"), ("VMBO",), (1, 2), (3, 4), "vmbo"),
    _Track("vmbo-kgt", ("VMBO KGT",), ("VMBO",), (1, 2), (3, 4), "vmbo"),
    _Track("vmbo-gt", ("VMBO GT",), ("VMBO",), (1, 2), (3, 4), "vmbo"),
    _Track("havo/vwo", ("HAVO", "VWO"), ("HAVO", "VWO"), (1, 2, 3), (), "hv"),
    _Track("havo", ("HAVO",), ("HAVO",), (1, 2, 3), (4, 5), "hv"),
    _Track("vwo", ("VWO",), ("VWO",), (1, 2, 3), (4, 5, 6), "v"),
    _Track("gymnasium", ("GYMNASIUM",), ("VWO",), (1, 2, 3), (4, 5, 6), "v"),
)
_GROUPS: Final = {"all": ("vmbo", "hv", "v"), "hv": ("hv", "v"), "v": ("v",), "vmbo": ("vmbo",)}

_MBO_LEVELS: Final = ((2,), (3,), (4,), (3, 4), (2, 3), (2, 3, 4), (1, 2))
_FRAMES: Final = ("2F", "3F", "A2", "B1", "1F")


def variants_of(sector: str, subject: Subject, dice: Dice) -> tuple[Variant, ...]:
    """Two to eight variants, in the order in which a catalogue names them."""
    if sector == "PO":
        return _primary(dice)
    if sector == "VO":
        return _secondary(subject, dice)
    if sector == "MBO":
        return _vocational(subject, dice)
    if sector.startswith(("HBO", "MBO+HBO")):
        years = (1, 2, 3, 4)
        return tuple(Variant(topic, "", ("nvt",), ("nvt",), years) for topic in (*subject.topics, "Basisboek"))
    return _shared(dice)


def _primary(dice: Dice) -> tuple[Variant, ...]:
    first = 3 + dice.below(3)
    levels = ("BASISONDERWIJS", "SPECIAAL BASISONDERWIJS") if dice.chance(0.25) else ("BASISONDERWIJS",)
    return tuple(
        Variant(f"groep {group}", f"groep {group}", levels, ("PO",), (group,)) for group in range(first, first + 4)
    )


def _secondary(subject: Subject, dice: Dice) -> tuple[Variant, ...]:
    is_upper = dice.chance(0.45)
    tracks = [
        track
        for track in _TRACKS
        if track.group in _GROUPS[subject.tracks] and (track.upper if is_upper else track.lower)
    ]
    start = dice.below(len(tracks))
    chosen = [tracks[(start + step) % len(tracks)] for step in range(min(len(tracks), 1 + dice.below(3)))]
    # "havo 4" and "havo 5", or one book for "havo bovenbouw".
    is_joined = dice.chance(0.25)
    is_year_first = dice.chance(0.3)
    found: list[Variant] = []
    for track in chosen:
        years = track.upper if is_upper else track.lower
        if is_joined:
            words = f"{track.label} {'bovenbouw' if is_upper else 'onderbouw'}"
            found.append(Variant(words, words, track.levels, track.plain_levels, years))
            continue
        for year in years:
            label = f"{year} {track.label}" if is_year_first else f"{track.label} {year}"
            found.append(Variant(label, track.label, track.levels, track.plain_levels, (year,)))
    return tuple(found)


def _vocational(subject: Subject, dice: Dice) -> tuple[Variant, ...]:
    numbers = dice.pick(_MBO_LEVELS)
    words = f"niveau {'/'.join(map(str, numbers))}"
    years = dice.pick(((1, 2), (3, 4), (1,), (1, 2, 3), ()))
    # Some say the field of study again where a level should stand, as the real feed does.
    levels = (subject.course,) if dice.chance(0.5) else tuple(f"MBO NIVEAU {number}" for number in numbers)
    plain = tuple(f"MBO{number}" for number in numbers)
    if subject.rubric == "MBO TALEN" and dice.chance(0.5):
        return tuple(Variant(frame, frame, levels, plain, years) for frame in _FRAMES)
    return tuple(Variant(f"{topic} {words}", words, levels, plain, years) for topic in subject.topics)


def _shared(dice: Dice) -> tuple[Variant, ...]:
    """For vmbo and mbo together: by frame of reference or by part."""
    if dice.chance(0.5):
        return tuple(Variant(frame, "", ("nvt",), ("VMBO", "MBO2"), ()) for frame in _FRAMES)
    return tuple(Variant(f"deel {part}", "", ("VMBO",), ("VMBO", "MBO2"), (part,)) for part in (1, 2, 3))
