"""What of the catalogue can be reviewed: methods with their editions and products, as a teacher would find them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from catalogus.models import Concept, Product, Scheme
from reviews.demo.places import SCHOOLS

TAUGHT = tuple(sorted({sector for school in SCHOOLS for sector in school.sectors}))
"""The sectors that there are invented schools for."""


@dataclass(frozen=True, slots=True)
class Part:
    """A product. levels, years: those that exist in one of the sectors."""

    pk: int
    edition: int
    sectors: tuple[str, ...]
    levels: tuple[str, ...]
    years: tuple[str, ...]
    subjects: tuple[str, ...]


@dataclass(slots=True)
class Title:
    """A method that stands. editions: row -> its ordinal, None where it has none; every one has a part."""

    pk: int
    public_id: str
    publisher: int
    parts: list[Part] = field(default_factory=list)
    editions: dict[int, int | None] = field(default_factory=dict)

    @property
    def newest(self) -> int:
        return max(self.editions, key=lambda pk: (self.editions[pk] or 0, pk))

    @property
    def subject(self) -> str:
        """What it is most about; "" where that is not known."""
        counted = Counter(code for part in self.parts for code in part.subjects[:1])
        return min(counted, key=lambda code: (-counted[code], code), default="")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Code -> the sectors in which it exists, none for all."""

    levels: Mapping[str, list[str]]
    years: Mapping[str, list[str]]

    def in_sector(self, codes: Mapping[str, list[str]], sector: str) -> tuple[str, ...]:
        return tuple(code for code, sectors in codes.items() if not sectors or sector in sectors)


def vocabulary() -> Vocabulary:
    def codes(scheme: Scheme) -> dict[str, list[str]]:
        return dict(Concept.objects.filter(scheme=scheme).order_by("position", "code").values_list("code", "sectors"))

    return Vocabulary(levels=codes(Scheme.LEVEL), years=codes(Scheme.YEAR))


def titles() -> list[Title]:
    """Methods with a product of a sector that is taught at an invented school, by public id; one query."""
    found: dict[int, Title] = {}
    rows = Product.objects.filter(merged_into=None, method__merged_into=None, sectors__overlap=list(TAUGHT))
    for row in rows.order_by("public_id").values_list(
        "method_id", "method__public_id", "publisher_id", "edition_id", "edition__ordinal", "pk",
        "sectors", "levels", "years", "subjects",
    ):  # fmt: skip
        method, public_id, publisher, edition, ordinal, pk, sectors, levels, years, subjects = row
        title = found.setdefault(method, Title(method, public_id, publisher))
        title.editions[edition] = ordinal
        taught = tuple(sector for sector in sectors if sector in TAUGHT)
        title.parts.append(Part(pk, edition, taught, tuple(levels), tuple(years), tuple(subjects)))
    return sorted(found.values(), key=lambda title: title.public_id)
