"""For whom a method is: per sector a table of levels by years, with the number of products for each class.

A cell counts what the filter of the page shows for it (tests hold that), so a product for havo and vwo counts in both.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogus import labels
from catalogus.facets import UNKNOWN
from catalogus.models import Form, Product, Scheme
from catalogus.web import formatting
from catalogus.web.charts import Chart
from catalogus.web.charts.supply import SupplyRow, supply_chart
from catalogus.web.method_filter import ANCHOR, YES, FilterOffer, MethodFilter, filter_url
from catalogus.web.places import Place, Places

HEATS = 4
"""So many grounds css/method.css has for cells, the last for the fullest."""

_MOST_BARS = 16
_FEWEST_PRODUCTS = 6
"""Of fewer the table says it all."""

_SERIES: Sequence[Sequence[Form]] = ((Form.FOLIO,), (Form.COMBI, Form.LIFO), (Form.DIGITAL,), (Form.UNKNOWN,))


@dataclass(frozen=True, slots=True)
class Cell:
    """about: the class in words; heat: 0 for no products, up to HEATS; url: of the filter that shows them."""

    about: str
    count: int
    text: str
    heat: int
    url: str


@dataclass(frozen=True, slots=True)
class LevelRow:
    """is_part: of the level of a row above it (a track of vmbo)."""

    label: str
    is_part: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class SectorMatrix:
    label: str
    code: str
    years: tuple[str, ...]
    rows: tuple[LevelRow, ...]


@dataclass(frozen=True, slots=True)
class Classes:
    """The products of each class by form, and of each sector the levels and years that are read."""

    counts: Mapping[Place, Counter[str]]
    levels: Mapping[str, Set[str]]
    years: Mapping[str, Set[str]]

    def total(self, place: Place) -> int:
        return self.counts[place].total() if place in self.counts else 0


def classes_of(products: Iterable[tuple[Product, Iterable[Place]]], places: Places) -> Classes:
    """products: those that count, each with its places."""
    pairs = list(products)
    levels: dict[str, set[str]] = defaultdict(set)
    years: dict[str, set[str]] = defaultdict(set)
    for _product, own in pairs:
        for place in own:
            levels[place.sector].add(place.level)
            years[place.sector].add(place.year)
    counts: dict[Place, Counter[str]] = defaultdict(Counter)
    for product, own in pairs:
        # A set: two groups of one product may lead to one class.
        classes = {
            place._replace(level=level)
            for place in own
            for level in places.related_levels(place.level) & levels[place.sector]
        }
        for place in classes:
            counts[place][product.form] += 1
    return Classes(counts, levels, years)


def matrices(
    classes: Classes, offer: FilterOffer, path: str, carried: Sequence[tuple[str, str]], *, orderable: bool
) -> list[SectorMatrix]:
    """orderable: whether the filter of a cell asks for what can be ordered, for only that counts."""
    most = max(map(classes.total, classes.counts), default=0)
    # Where there is one sector, the address need not say which.
    is_one = len(offer.values["sector"]) == 1

    def cell(place: Place) -> Cell:
        asked = MethodFilter(
            sector="" if is_one else place.sector,
            level=place.level,
            year=place.year,
            orderable=YES if orderable else "",
        )
        count = classes.total(place)
        return Cell(
            about=_class_words(place, offer),
            count=count,
            text=formatting.number(count),
            heat=-(-count * HEATS // most) if most else 0,
            url=f"{filter_url(path, carried, asked)}#{ANCHOR}",
        )

    found = []
    for sector, label in offer.values["sector"].items():
        levels = [code for code in offer.values["level"] if code in classes.levels.get(sector, ())]
        years = [code for code in offer.values["year"] if code in classes.years.get(sector, ())]
        rows = tuple(
            LevelRow(
                label=offer.values["level"][level],
                is_part=labels.broader_codes(Scheme.LEVEL).get(level) in levels,
                cells=tuple(cell(Place(sector, level, year)) for year in years),
            )
            for level in levels
        )
        if rows:
            found.append(SectorMatrix(label, sector, tuple(offer.values["year"][year] for year in years), rows))
    return found


def supply_picture(classes: Classes, offer: FilterOffer, product_count: int) -> Chart | None:
    """In which forms there is something for each class; None where a picture says no more than the table does."""
    sectors, levels, years = (list(offer.values[field]) for field in ("sector", "level", "year"))
    ordered = sorted(
        (place for place in classes.counts if classes.total(place)),
        key=lambda one: (sectors.index(one.sector), levels.index(one.level), years.index(one.year)),
    )
    if product_count < _FEWEST_PRODUCTS or not 1 < len(ordered) <= _MOST_BARS:
        return None
    used = [forms for forms in _SERIES if any(classes.counts[place][form] for place in ordered for form in forms)]
    if len(used) < 2:
        return None
    rows = [
        SupplyRow(
            _short_words(place, offer), tuple(sum(classes.counts[place][form] for form in forms) for forms in used)
        )
        for place in ordered
    ]
    names = {
        _SERIES[0]: _("Folio"),
        _SERIES[1]: _("Folio en digitaal"),
        _SERIES[2]: _("Digitaal"),
        _SERIES[3]: _("Vorm onbekend"),
    }
    return supply_chart(rows, [names[forms] for forms in used])


def _class_words(place: Place, offer: FilterOffer) -> str:
    """ "Havo, Leerjaar 3"; the sector is named where there are several."""
    values = offer.values
    parts = [
        values["sector"][place.sector] if len(values["sector"]) > 1 else "",
        _("niveau niet opgegeven") if place.level == UNKNOWN else values["level"][place.level],
        _("leerjaar niet opgegeven") if place.year == UNKNOWN else values["year"][place.year],
    ]
    return formatting.joined([part for part in parts if part])


def _short_words(place: Place, offer: FilterOffer) -> str:
    """As _class_words, but the level or year alone where the other is the same for all classes."""
    if len(offer.values["level"]) == 1 < len(offer.values["year"]) and place.year != UNKNOWN:
        return offer.values["year"][place.year]
    if len(offer.values["year"]) == 1 < len(offer.values["level"]) and place.level != UNKNOWN:
        return offer.values["level"][place.level]
    return _class_words(place, offer)
