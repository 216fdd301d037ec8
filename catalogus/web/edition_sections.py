"""The products of a method as its page lists them: a table for each edition, in it by role, cut into pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from django.utils.translation import gettext as _

from catalogus.models import Product, Role, Scheme
from catalogus.selectors import EditionSummary, classified_codes
from catalogus.web.hits import audience, form_label
from catalogus.web.plain_terms import availability_in_words, price_in_words, terms_in_words

PRODUCTS_PER_PAGE = 100
"""About 60 kB of page; large methods have several hundred products over all their editions."""


@dataclass(frozen=True, slots=True)
class ProductRow:
    """price, terms and state: in plain words. successor_url: empty where the catalogue knows of no successor."""

    title: str
    url: str
    ean: str
    form: str
    terms: str
    audience: str
    state: str
    is_gone: bool
    price: str
    successor: str
    successor_url: str


@dataclass(frozen=True, slots=True)
class RoleGroup:
    label: str
    rows: tuple[ProductRow, ...]


@dataclass(frozen=True, slots=True)
class EditionSection:
    """The part of an edition that stands on one page; is_continued where it began on an earlier one.

    successor: the edition after it, where there is one.
    """

    label: str
    anchor: str
    is_current: bool
    is_continued: bool
    successor: str
    roles: tuple[RoleGroup, ...]


def edition_label(edition: EditionSummary) -> str:
    return _("Uitgave onbekend") if edition.is_unknown else edition.label


def edition_anchor(edition: EditionSummary) -> str:
    return f"uitgave-{edition.pk}"


def edition_pages(editions: Sequence[EditionSummary]) -> dict[int, int]:
    """On which page each edition begins, by its key."""
    return {pk: before // PRODUCTS_PER_PAGE + 1 for pk, before in _products_before(editions).items()}


def edition_sections(
    editions: Sequence[EditionSummary], products: Iterable[Product], page: int
) -> list[EditionSection]:
    """editions: all of the method, each with the number of products that the filter leaves.

    products: those of this page, in the order of selectors.method_products.
    """
    by_id = {edition.pk: edition for edition in editions}
    before = _products_before(editions)
    start = (page - 1) * PRODUCTS_PER_PAGE
    return [
        EditionSection(
            label=edition_label(by_id[edition_id]),
            anchor=edition_anchor(by_id[edition_id]),
            is_current=by_id[edition_id].is_current,
            is_continued=before[edition_id] < start,
            successor=_successor(by_id[edition_id], editions),
            roles=tuple(
                RoleGroup(role_label(role), tuple(_row(product) for product in rows))
                for role, rows in groupby(group, key=lambda product: product.role)
            ),
        )
        for edition_id, group in groupby(products, key=lambda product: product.edition_id)
        if edition_id in by_id  # An edition that a harvest made between the two queries shows at the next request.
    ]


def _products_before(editions: Sequence[EditionSummary]) -> dict[int, int]:
    counts = accumulate((edition.product_count for edition in editions), initial=0)
    return {edition.pk: before for edition, before in zip(editions, counts, strict=False)}


def _successor(edition: EditionSummary, editions: Sequence[EditionSummary]) -> str:
    """The label of the next edition; editions without an ordinal have no order."""
    if edition.ordinal is None:
        return ""
    later = [other for other in editions if other.ordinal is not None and other.ordinal > edition.ordinal]
    return edition_label(min(later, key=lambda other: other.ordinal or 0)) if later else ""


def role_label(role: str) -> str:
    names = {
        Role.LEARNER.value: _("Voor leerling of student"),
        Role.TEACHER.value: _("Voor de docent"),
        Role.MANAGER.value: _("Voor de beheerder"),
    }
    return names.get(role, _("Gebruiker onbekend"))


def _row(product: Product) -> ProductRow:
    codes = classified_codes(product.classification)
    return ProductRow(
        title=product.title,
        url=product.get_absolute_url(),
        ean=product.ean or "",
        form=form_label(product.form, product.medium) or _("vorm onbekend"),
        terms=terms_in_words(product),
        audience=audience(codes[Scheme.LEVEL], codes[Scheme.YEAR]) or _("niet opgegeven"),
        state=availability_in_words(product),
        is_gone=not product.is_orderable,
        price=price_in_words(product),
        successor=product.successor.title if product.successor else "",
        successor_url=product.successor.get_absolute_url() if product.successor else "",
    )
