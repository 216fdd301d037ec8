"""The parameters of the lists: what they are called and mean, and which products they want.

SearchCriteria is the one rule for what a value may be; the form here adds that a name nobody knows is an error. The
filters do in the database what the engine does in its index, so that both give the same products.
"""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache, reduce
from operator import or_
from typing import Any, cast

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, F, Q, QuerySet, When
from django.http import QueryDict
from django.utils.translation import gettext as _

from catalogus.classification import combined_code
from catalogus.exceptions import InvalidCriteria
from catalogus.facets import FACETS, UNKNOWN, FacetRule
from catalogus.models import Product
from catalogus.querysets import ProductQuerySet
from catalogus.search import SearchCriteria, View
from catalogus.search.criteria import FACET_PARAMETERS, Sort

MOST_UNKNOWN_NAMES = 10
"""More strangers than these are no slip of the pen, and an answer that names them all helps nobody."""


class CodesField(forms.Field):
    """A parameter that may be given more than once; `codes` is the closed list of its values, where there is one."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, codes: Sequence[str] = (), **options: Any) -> None:
        self.codes = tuple(codes)
        super().__init__(**options)


class CriteriaForm(forms.Form):
    """Reads a search from parameters. `criteria` and `wants_facets` stand ready when it is valid."""

    search_view = View.PRODUCTS
    criteria = SearchCriteria(view=View.PRODUCTS)
    wants_facets = False

    def clean(self) -> dict[str, Any]:
        """The values as SearchCriteria has them, by parameter; an error for each name or value that is wrong."""
        query = dict(self.data.lists()) if isinstance(self.data, QueryDict) else {}
        try:
            self.criteria, self.wants_facets = read_parameters(query, self.search_view, self.fields)
        except InvalidCriteria as error:
            # A form knows errors of its own fields alone; a stranger's stand under its name all the same.
            for name, messages in error.errors.items():
                self.errors.setdefault(name, self.error_class()).extend(messages)
            return {}
        values: dict[str, Any] = {
            parameter: self.criteria.selected(facet) for facet, parameter in FACET_PARAMETERS.items()
        }
        return values | {"q": self.criteria.text, "all": self.criteria.include_all, "sort": self.criteria.sort}


def read_parameters(query: Mapping[str, list[str]], view: View, names: Collection[str]) -> tuple[SearchCriteria, bool]:
    """The search in these parameters, and whether facets are wanted; names: of the parameters that there are.

    Raises InvalidCriteria for each name or value that is wrong.
    """
    errors: dict[str, list[str]] = {}
    # "&=x" is a slip that asks for nothing, and an error must name a field.
    for name in sorted(query.keys() - set(names) - {""})[:MOST_UNKNOWN_NAMES]:
        errors.setdefault(name, []).append(_unknown_name(name, names))
    flag = next((value for value in reversed(query.get("facets", [])) if value), "0")
    if flag not in {"0", "1"}:
        message = _("“%(value)s” is geen ja of nee; gebruik 1 of 0.") % {"value": flag[:80]}
        errors.setdefault("facets", []).append(message)
    try:
        criteria = SearchCriteria.from_query(query, view=view)
    except InvalidCriteria as error:
        for name, messages in error.errors.items():
            errors.setdefault(name, []).extend(messages)
    if errors:
        raise InvalidCriteria(errors)
    return criteria, flag == "1"


def _unknown_name(name: str, names: Collection[str]) -> str:
    near = get_close_matches(name.lower(), names, n=1, cutoff=0.5)
    if near:
        return _("De parameter “%(name)s” bestaat niet; bedoelt u “%(near)s”?") % {"name": name[:80], "near": near[0]}
    return _("De parameter “%(name)s” bestaat niet; kies uit %(known)s.") % {
        "name": name[:80],
        "known": ", ".join(names),
    }


class ListedCodes(django_filters.Filter):
    """Products with one of the codes in an array column; "unknown" is those without any."""

    field_class = CodesField

    def filter(self, qs: QuerySet[Product], value: Sequence[str]) -> QuerySet[Product]:
        return qs.filter(_has_one_of(str(self.field_name), value)) if value else qs


class ScalarCodes(django_filters.Filter):
    """Products whose column is one of the codes."""

    field_class = CodesField

    def filter(self, qs: QuerySet[Product], value: Sequence[str]) -> QuerySet[Product]:
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class ComputedCodes(django_filters.Filter):
    """Products for which the condition of one of the codes holds."""

    field_class = CodesField

    def __init__(self, *, rule: FacetRule, **options: Any) -> None:
        self._rule = rule
        super().__init__(codes=rule.codes, **options)

    def filter(self, qs: QuerySet[Product], value: Sequence[str]) -> QuerySet[Product]:
        if not value or self._rule.conditions is None:
            return qs
        conditions = self._rule.conditions()
        return qs.filter(reduce(or_, (conditions[code] for code in value)))


def _facet_filter(rule: FacetRule) -> django_filters.Filter:
    if rule.conditions:
        return ComputedCodes(rule=rule, help_text=rule.about)
    if rule.scheme:
        return ListedCodes(field_name=rule.column, help_text=rule.about)
    return ScalarCodes(field_name=rule.column, codes=rule.codes, help_text=rule.about)


class Words(django_filters.Filter):
    """Products with all the words, by the database's own text search."""

    def filter(self, qs: QuerySet[Product], value: str) -> QuerySet[Product]:
        return qs.filter(search_vector=SearchQuery(value, config="keuzecatalogus")) if value else qs


class Ordering(django_filters.Filter):
    """The order of the products; by relevance only the engine can sort, here that is the order of arrival."""

    def filter(self, qs: QuerySet[Product], value: str) -> QuerySet[Product]:
        orders: dict[str, tuple[Any, ...]] = {
            Sort.TITLE.value: ("title", "id"),
            Sort.NEWEST.value: (F("first_published_on").desc(nulls_last=True), "id"),
            # What another currency costs compares with nothing.
            Sort.PRICE.value: (Case(When(currency="EUR", then="price_cents")).asc(nulls_last=True), "id"),
            Sort.RATING.value: (F("method__review_sort").desc(nulls_last=True), "id"),
            Sort.REVIEWS.value: ("-method__review_count", "id"),
        }
        return qs.order_by(*orders.get(value, ("id",)))


class NoFilter(django_filters.Filter):
    """A parameter that says which part of the answer is wanted, not which products."""

    def filter(self, qs: QuerySet[Product], value: str) -> QuerySet[Product]:  # noqa: ARG002  The library calls it so.
        return qs


class ProductFilter(django_filters.FilterSet):
    """The parameters of both lists: `read` for the engine, `qs` for the database.

    The help texts are for developers, in the language of the OpenAPI document that they go into.
    """

    q = Words(
        help_text="Words from title, method, publisher, author, or the Dutch names of subject, level, year and sector,"
        " or an EAN. All of them must be found.",
    )
    all = NoFilter(help_text="1: also what is no longer available or was withdrawn, and higher education. Default 0.")
    literal = NoFilter(
        help_text="1: the words of q are words alone, whatever level, subject or price they name. Default 0."
    )
    sort = Ordering(
        help_text="Order of the results: relevance (default), title, newest, price (cheapest first, of a method its"
        " cheapest product that can be ordered), rating (by review_rank, the Bayesian mean, so that few reviews"
        " weigh less) or reviews (most of the current edition first). What has no price, no mean or no reviews comes"
        " last.",
    )
    page = NoFilter(
        help_text="Page number from 1. page × page_size reaches the first 10,000 results; next leads beyond.",
    )
    page_size = NoFilter(help_text="Results on a page, 1 to 100. Default 20.")
    cursor = NoFilter(help_text="Where the list goes on, as next of the answer before gives it; without page.")
    facets = NoFilter(help_text="1: give the facets with their counts as well. Default 0, as they take time.")

    class Meta:
        model = Product
        form = CriteriaForm
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> OrderedDict[str, django_filters.Filter]:
        """Those above, and one for each facet between the words and what says how to answer."""
        declared = super().get_filters()
        found = OrderedDict(q=declared.pop("q"))
        found |= {rule.parameter: _facet_filter(rule) for rule in FACETS.values()}
        return found | declared

    @classmethod
    def read(cls, data: QueryDict, view: View) -> tuple[SearchCriteria, bool]:
        """The search in these parameters, and whether facets are wanted. Raises InvalidCriteria.

        An instance would copy every filter and field first, which takes longer than the reading.
        """
        return read_parameters(dict(data.lists()), view, cls.base_filters)

    def filter_queryset(self, queryset: QuerySet[Product]) -> QuerySet[Product]:
        """The products that the search wants; as search.filters has it for the engine, line by line."""
        criteria = cast("CriteriaForm", self.form).criteria
        found = cast("ProductQuerySet", queryset).filter(merged_into=None)
        if not criteria.include_all:
            found = found.live()
            if not criteria.states:
                found = found.orderable()
            if not criteria.sectors:
                found = found.in_default_sectors()
        if criteria.levels and criteria.years:
            found = found.filter(_level_and_year(criteria.levels, criteria.years))
        filtered: QuerySet[Product] = super().filter_queryset(found)
        return filtered


@lru_cache
def _form_class(view: View) -> type[CriteriaForm]:
    """The form of the filters for one view; making a class costs more than reading a form."""
    fields = {name: filter_.field for name, filter_ in ProductFilter.base_filters.items()}
    return type("SearchForm", (CriteriaForm,), {**fields, "search_view": view})


def _has_one_of(name: str, codes: Sequence[str]) -> Q:
    """Products with one of the codes in an array; UNKNOWN stands for an empty one."""
    wanted = Q(**{f"{name}__overlap": [code for code in codes if code != UNKNOWN]})
    return wanted | Q(**{name: []}) if UNKNOWN in codes else wanted


def _level_and_year(levels: Sequence[str], years: Sequence[str]) -> Q:
    """A level and a year that hold within one group; the combined code alone does not tell groep from leerjaar."""
    known = [code for code in levels if code != UNKNOWN]
    fits = Q(pk__in=[])
    for year in years:
        if year != UNKNOWN and known:
            fits |= Q(years__contains=[year], combined__overlap=[combined_code(level, year) for level in known])
    if UNKNOWN in levels:
        fits |= Q(levels=[]) & _has_one_of("years", years)
    if UNKNOWN in years:
        fits |= Q(years=[]) & _has_one_of("levels", levels)
    return fits
