"""A whole comparison, from what its address asks to the rows that show it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from catalogus.models import Method, Product
from catalogus.web.hits import form_label
from catalogus.web.plain_terms import price_in_words
from selection.comparing import classes
from selection.comparing.choice import LEAST_COLUMNS, MOST_COLUMNS, Choice, Kind, class_code
from selection.comparing.cost_words import method_rules, rules
from selection.comparing.method_rows import MethodColumn, method_groups
from selection.comparing.product_rows import product_groups
from selection.comparing.reading import (
    Compared,
    Found,
    found_methods,
    found_products,
    products_of,
    surroundings,
)
from selection.comparing.table import Column, Group

MOST_OFFERED = 40
"""Products to pick from for one method; more for one class are variants of the same."""


@dataclass(frozen=True, slots=True)
class Pick:
    public_id: str
    title: str
    about: str
    is_picked: bool


@dataclass(frozen=True, slots=True)
class Picks:
    """What one pupil may need of a method, to tick. more: so many did not fit."""

    name: str
    options: tuple[Pick, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ClassOption:
    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """choice: what is compared in the end, so with the survivors of merges and without what is not there.

    groups: empty where there are fewer than two columns. school_class: what the costs of methods are for, "" for any.
    """

    choice: Choice
    columns: tuple[Column, ...]
    notices: tuple[str, ...]
    groups: tuple[Group, ...] = ()
    class_options: tuple[ClassOption, ...] = ()
    school_class: str = ""
    picks: tuple[Picks, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def is_enough(self) -> bool:
        return len(self.columns) >= LEAST_COLUMNS


def compare(choice: Choice) -> Comparison:
    """Two queries for methods and three for products at most beside the names; two more where something was merged."""
    if choice.kind == Kind.METHOD:
        return _compare_methods(choice)
    return _compare_products(choice)


def _compare_methods(choice: Choice) -> Comparison:
    found = found_methods(choice.ids)
    methods, notices = _kept(found)
    choice = replace(choice, ids=tuple(method.public_id for method in methods))
    columns = tuple(Column(one.public_id, one.name, one.get_absolute_url(), one.publisher.name) for one in methods)
    if len(methods) < LEAST_COLUMNS:
        return Comparison(choice, columns, notices)
    products = products_of(methods)
    served = [classes.classes_of(MethodColumn(one, products[one.pk], choice).offer) for one in methods]
    options = classes.in_order(set().union(*served))
    if choice.school_class is not None and choice.school_class not in {*options, classes.ANY_CLASS}:
        notices += (_("Geen van deze methodes heeft iets voor de klas uit het adres; kies een andere."),)
        choice = replace(choice, school_class=None)
    asked, school_class = choice, choice.school_class
    if school_class is None:
        school_class = classes.class_of_most(served)
        choice = replace(choice, school_class=school_class)
    filled = [MethodColumn(one, products[one.pk], choice) for one in methods]
    picked = tuple(product.public_id for column in filled for product in column.picked)
    return Comparison(
        replace(asked, picks=picked),
        columns,
        notices,
        groups=tuple(method_groups(filled, choice)),
        class_options=tuple(
            ClassOption(class_code(one), classes.class_label(one) or _("alle klassen"), one == school_class)
            for one in ([*options, classes.ANY_CLASS] if options else [])
        ),
        school_class=classes.class_label(school_class),
        picks=tuple(_picks(one) for one in filled),
        rules=(*method_rules(), *rules()),
    )


def _compare_products(choice: Choice) -> Comparison:
    found = found_products(choice.ids)
    products, notices = _kept(found)
    choice = replace(choice, ids=tuple(product.public_id for product in products), picks=(), school_class=None)
    columns = tuple(
        Column(one.public_id, one.title, one.get_absolute_url(), f"{one.publisher.name} · {one.method.name}")
        for one in products
    )
    if len(products) < LEAST_COLUMNS:
        return Comparison(choice, columns, notices)
    groups = product_groups(products, choice, surroundings(products))
    return Comparison(choice, columns, notices, groups=tuple(groups), rules=tuple(rules()))


def _kept(found: Found[Compared]) -> tuple[tuple[Compared, ...], tuple[str, ...]]:
    """The first five that stand, and what is to be said of the rest."""
    notices = []
    if found.unknown:
        notices.append(_("Niet in de catalogus: %(ids)s. Kies iets anders.") % {"ids": ", ".join(found.unknown)})
    notices += [
        _("Een adres van vroeger: %(id)s is nu “%(name)s”.") % {"id": old, "name": _name(now)}
        for old, now in found.merged.items()
    ]
    if len(found.columns) > MOST_COLUMNS:
        rest = ", ".join(f"“{_name(one)}”" for one in found.columns[MOST_COLUMNS:])
        notices.append(
            _("Er passen hoogstens %(most)s kolommen naast elkaar. Weggelaten: %(rest)s.")
            % {"most": MOST_COLUMNS, "rest": rest}
        )
    return found.columns[:MOST_COLUMNS], tuple(notices)


def _name(compared: Method | Product) -> str:
    return compared.name if isinstance(compared, Method) else compared.title


def _picks(column: MethodColumn) -> Picks:
    shown: Sequence[Product] = column.for_pupil[:MOST_OFFERED]
    return Picks(
        column.method.name,
        tuple(
            Pick(
                product.public_id,
                product.title,
                " · ".join(filter(None, (form_label(product.form, product.medium), price_in_words(product)))),
                product in column.picked,
            )
            for product in shown
        ),
        len(column.for_pupil) - len(shown),
    )
