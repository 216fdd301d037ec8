"""Products that belong together without anybody saying so: read off method, edition, role and class."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from catalogus.models import Form, Product, Role
from catalogus.naming import normal_form

MOST_COMPANIONS = 12
"""What a class uses beside one book; the page of the method has the rest."""

_MOST_COMPARED = 200
"""Far above what one edition has for one class."""

_ROLES = {role: place for place, role in enumerate(Role.values)}


def companions(product: Product) -> list[Product]:
    """What can be ordered of the same edition for the same level and year: the workbook beside the textbook.

    The nearest in level and year first, then by role. One query; none where the product states neither.
    """
    classes = _same_class(product)
    if classes is None:
        return []
    found = _orderable(product, classes & Q(edition=product.edition_id))[:_MOST_COMPARED]
    ranked = sorted(found, key=lambda one: (-_nearness(product, one), _ROLES[one.role], one.title, one.pk))
    return ranked[:MOST_COMPANIONS]


def counterparts(product: Product) -> list[Product]:
    """What takes the place of a product of an old edition in the current one: same role, form, level and year.

    Of several the one with the title most alike, more than one only where they are equally so. One query; none where
    the edition is the current one or has no number, or a successor is stated.
    """
    current, ordinal = product.method.current_ordinal, product.edition.ordinal
    if product.successor_id or current is None or ordinal is None or ordinal >= current:
        return []
    classes = _same_class(product)
    if classes is None:
        classes = Q(levels=[], years=[])
    newer = Q(edition__ordinal=current, role=product.role)
    if product.form != Form.UNKNOWN:
        newer &= Q(form=product.form)
    found = list(_orderable(product, classes & newer)[:_MOST_COMPARED])
    likeness = {one.pk: (_title_likeness(product, one), _nearness(product, one)) for one in found}
    best = max(likeness.values(), default=None)
    return [one for one in found if likeness[one.pk] == best][:MOST_COMPANIONS]


def _orderable(product: Product, wanted: Q) -> QuerySet[Product]:
    names = ("public_id", "title", "state", "withdrawn_at", "role", "form", "medium", "levels", "years", "combined")
    rows = Product.objects.live().orderable().filter(wanted, method=product.method_id).exclude(pk=product.pk)
    return rows.only(*names).order_by("title", "pk")


def _same_class(product: Product) -> Q | None:
    """A level and year in one group; the one of the two that is stated where the other is not; None without both."""
    if product.combined:
        return Q(combined__overlap=product.combined)
    if product.levels and not product.years:
        return Q(levels__overlap=product.levels)
    if product.years and not product.levels:
        return Q(years__overlap=product.years)
    return None


def _nearness(product: Product, other: Product) -> float:
    """How much of the classes of both is shared: a book for one class before a package for all of them."""
    return _shared((*product.combined, *product.levels, *product.years), (*other.combined, *other.levels, *other.years))


def _title_likeness(product: Product, other: Product) -> float:
    return _shared(normal_form(product.title).split(), normal_form(other.title).split())


def _shared(one: Iterable[str], other: Iterable[str]) -> float:
    first, second = set(one), set(other)
    return len(first & second) / len(first | second) if first | second else 0.0
