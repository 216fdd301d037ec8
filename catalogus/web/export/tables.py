"""A whole answer as a table: its columns, and its rows in the reader's language, chunk by chunk."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from catalogus import labels
from catalogus.choices import Form, Medium, ProductState
from catalogus.models import Scheme
from catalogus.paths import method_path, product_path
from catalogus.search import MethodHit, ProductHit, View
from catalogus.search.backend import Hit, HitWalk
from catalogus.web import formatting
from catalogus.web.export.cells import Column, Kind, Row
from catalogus.web.hits import edition_text

BETWEEN = " | "
"""Between several values in one cell; no name of a concept or an author holds it, as many do a comma."""

_CONCEPTS = {
    "sectors": Scheme.SECTOR,
    "levels": Scheme.LEVEL,
    "years": Scheme.YEAR,
    "subjects": Scheme.SUBJECT,
}


@dataclass(frozen=True, slots=True)
class Table:
    """sheet: what the table is called. total: the number of its rows. chunks: may be read once."""

    sheet: str
    columns: Sequence[Column]
    total: int
    chunks: Iterator[Sequence[Row]]


def export_table(walk: HitWalk, *, site: str) -> Table:
    """The table of a walk, in the present language although its rows are made when that is no longer set.

    site: what stands before a path ("https://catalogus.example"). Reading the chunks raises what reading the walk does.
    """
    make: Callable[[Sequence[Hit]], Sequence[Row]]
    rows = _Rows(site)
    if walk.criteria.view == View.METHODS:
        sheet, columns, make = _("Methodes"), _method_columns(), rows.methods
    else:
        sheet, columns, make = _("Producten"), _product_columns(), rows.products
    return Table(sheet, columns, walk.total, _translated(walk, make, translation.get_language() or "nl"))


def _translated(
    walk: HitWalk, make: Callable[[Sequence[Hit]], Sequence[Row]], language: str
) -> Iterator[Sequence[Row]]:
    for hits in walk.chunks():
        # A whole chunk within it: a language that is set across a yield would be that of whoever reads.
        with translation.override(language):
            rows = make(hits)
        yield rows


def _concept_columns() -> list[Column]:
    return [
        Column(labels.facet_label(facet), width=width) for facet, width in zip(_CONCEPTS, (24, 24, 30, 28), strict=True)
    ]


def _product_columns() -> list[Column]:
    return [
        Column(_("EAN"), Kind.DIGITS, 15),
        Column(_("Titel"), width=60),
        Column(_("Methode"), width=32),
        Column(_("Uitgave"), width=14),
        Column(_("Uitgever"), width=24),
        *_concept_columns(),
        Column(_("Vorm"), width=16),
        Column(_("Medium"), width=16),
        Column(_("Leverbaarheid"), width=20),
        Column(_("Prijs in euro"), Kind.MONEY, 13),
        Column(_("Auteurs"), width=32),
        Column(_("Adres van de pagina"), width=60),
        Column(_("Kenmerk"), width=18),
    ]


def _method_columns() -> list[Column]:
    return [
        Column(_("Methode"), width=48),
        Column(_("Uitgever"), width=24),
        *_concept_columns(),
        Column(_("Passende producten"), Kind.WHOLE, 20),
        Column(_("Aantal beoordelingen"), Kind.WHOLE, 20),
        Column(_("Gemiddelde van 1 tot 4"), Kind.MEAN, 22),
        Column(_("Middelste helft vanaf"), Kind.MEAN, 20),
        Column(_("Middelste helft tot en met"), Kind.MEAN, 24),
        Column(_("Beoordelingen van oudere uitgaven"), Kind.WHOLE, 32),
        Column(_("Adres van de pagina"), width=60),
        Column(_("Kenmerk"), width=18),
    ]


class _Rows:
    """Makes rows of hits, in the language that is set."""

    def __init__(self, site: str) -> None:
        self._site = site
        # Some hundreds of combinations come back in thousands of rows.
        self._names: dict[tuple[str, tuple[str, ...]], str] = {}

    def products(self, hits: Sequence[Hit]) -> Sequence[Row]:
        return [self._product(hit) for hit in hits if isinstance(hit, ProductHit)]

    def methods(self, hits: Sequence[Hit]) -> Sequence[Row]:
        return [self._method(hit) for hit in hits if isinstance(hit, MethodHit)]

    def _product(self, hit: ProductHit) -> Row:
        return (
            hit.ean,
            hit.title,
            hit.method_name,
            edition_text(hit.edition),
            hit.publisher_name,
            *self._concepts(hit),
            str(Form(hit.form).label),
            str(Medium(hit.medium).label),
            _("Teruggetrokken") if hit.is_withdrawn else str(ProductState(hit.state).label),
            None if hit.price_cents is None else Decimal(hit.price_cents).scaleb(-2),
            BETWEEN.join(hit.authors),
            self._site + product_path(hit.public_id, hit.title),
            hit.public_id,
        )

    def _method(self, hit: MethodHit) -> Row:
        return (
            hit.name,
            hit.publisher_name,
            *self._concepts(hit),
            hit.matching_products,
            hit.review_count,
            hit.review_mean,
            hit.review_low,
            hit.review_high,
            hit.older_review_count,
            self._site + method_path(hit.public_id, hit.name),
            hit.public_id,
        )

    def _concepts(self, hit: Hit) -> list[str]:
        found = []
        for facet, scheme in _CONCEPTS.items():
            codes: tuple[str, ...] = getattr(hit, facet)
            key = (facet, codes)
            if key not in self._names:
                ordered = formatting.in_order(scheme, codes)
                self._names[key] = BETWEEN.join(labels.concept_label(scheme, code) for code in ordered)
            found.append(self._names[key])
        return found
