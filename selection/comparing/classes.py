"""Classes (a level and a year), and what a pupil of one may need of a method. The catalogue does not say that."""

from collections import Counter
from collections.abc import Iterable, Sequence

from catalogus import labels
from catalogus.classification import combined_code
from catalogus.models import Product, Role, Scheme
from catalogus.web import formatting

SchoolClass = tuple[str, str]
"""Codes of a level and a year; "" for the one that is not stated."""

ANY_CLASS: SchoolClass = ("", "")


def classes_of(products: Iterable[Product]) -> set[SchoolClass]:
    """As the products' groups were read: without the broader and narrower levels that filters add."""
    return {
        (level, year)
        for product in products
        for group in product.classification
        for level in group.get("levels") or [""]
        for year in group.get("years") or [""]
    } - {ANY_CLASS}


def in_order(classes: Iterable[SchoolClass]) -> list[SchoolClass]:
    """By level, then by year, as their vocabularies have them; what is not stated last."""
    levels, years = labels.concept_places(Scheme.LEVEL), labels.concept_places(Scheme.YEAR)

    def place(one: SchoolClass) -> tuple[bool, int, bool, int, SchoolClass]:
        level, year = one
        return not level, levels.get(level, len(levels)), not year, years.get(year, len(years)), one

    return sorted(classes, key=place)


def class_label(school_class: SchoolClass) -> str:
    """ "Havo, Leerjaar 3"; the one of the two that is stated."""
    level, year = school_class
    names = [
        formatting.names(Scheme.LEVEL, [level]) if level else [],
        formatting.names(Scheme.YEAR, [year]) if year else [],
    ]
    return ", ".join(name for found in names for name in found)


def class_of_most(columns: Sequence[set[SchoolClass]]) -> SchoolClass:
    """The class that most columns have something for, the first of several; ANY_CLASS where no two share one."""
    counts = Counter(one for classes in columns for one in classes)
    shared = in_order(one for one, count in counts.items() if count > 1)
    # A level with a year tells more than either alone.
    full = [one for one in shared if all(one)] or shared
    return max(full, key=lambda one: counts[one], default=ANY_CLASS)


def products_for_pupil(products: Iterable[Product], school_class: SchoolClass) -> list[Product]:
    """What can be ordered for a learner of this class, in the newest edition that has something for it.

    What is of an unknown edition stays. Products without a role only where none is for learners.
    """
    fitting = [product for product in products if product.is_orderable and _fits(product, school_class)]
    learners = [product for product in fitting if product.role == Role.LEARNER]
    found = learners or [product for product in fitting if product.role == Role.UNKNOWN]
    newest = max((one.edition.ordinal for one in found if one.edition.ordinal is not None), default=None)
    return [product for product in found if product.edition.ordinal in {None, newest}]


def complete_products(products: Sequence[Product]) -> list[Product]:
    """Those of products_for_pupil that can do alone: without what is used up, unless nothing else is there.

    Of a licence that flag says nothing: sources set it for any.
    """
    return [one for one in products if not _is_used_up(one)] or list(products)


def _is_used_up(product: Product) -> bool:
    return bool(product.is_consumable) and product.form == "folio"


def _fits(product: Product, school_class: SchoolClass) -> bool:
    level, year = school_class
    if level and year:
        return combined_code(level, year) in product.combined and year in product.years
    if level or year:
        return level in product.levels or year in product.years
    return True
