"""The products of a method as its page lists them: by edition, then by role, cut into pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from django.utils.translation import gettext as _

from catalogus.models import Product, Role, Scheme
from catalogus.selectors import EditionSummary, classified_codes
from catalogus.web import formatting
from catalogus.web.hits import audience, form_label

PRODUCTS_PER_PAGE = 100
"""About 60 kB of page; large methods have several hundred products over all their editions."""


@dataclass(frozen=True, slots=True)
class ProductRow:
    title: str
    url: str
    ean: str
    form: str
    audience: str
    state: str
    is_gone: bool
    price: str


@dataclass(frozen=True, slots=True)
class RoleGroup:
    label: str
    rows: tuple[ProductRow, ...]


@dataclass(frozen=True, slots=True)
class EditionSection:
    """The part of an edition that stands on one page; is_continued where it began on an earlier one."""

    label: str
    anchor: str
    is_current: bool
    is_continued: bool
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
    """products: those of this page, in the order of selectors.method_products."""
    by_id = {edition.pk: edition for edition in editions}
    before = _products_before(editions)
    start = (page - 1) * PRODUCTS_PER_PAGE
    return [
        EditionSection(
            label=edition_label(by_id[edition_id]),
            anchor=edition_anchor(by_id[edition_id]),
            is_current=by_id[edition_id].is_current,
            is_continued=before[edition_id] < start,
            roles=tuple(
                RoleGroup(_role_label(role), tuple(_row(product) for product in rows))
                for role, rows in groupby(group, key=lambda product: product.role)
            ),
        )
        for edition_id, group in groupby(products, key=lambda product: product.edition_id)
        if edition_id in by_id  # An edition that a harvest made between the two queries shows at the next request.
    ]


def _products_before(editions: Sequence[EditionSummary]) -> dict[int, int]:
    counts = accumulate((edition.product_count for edition in editions), initial=0)
    return {edition.pk: before for edition, before in zip(editions, counts, strict=False)}


def _role_label(role: str) -> str:
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
        audience=audience(codes[Scheme.LEVEL], codes[Scheme.YEAR]) or _("niet opgegeven"),
        state=_("Teruggetrokken") if product.withdrawn_at else product.get_state_display(),
        is_gone=not product.is_orderable,
        price=formatting.price(product.price_cents, product.currency),
    )
