"""A search made ready for the database: its filters, and which rows its text finds."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from catalogus.exceptions import SearchUnavailable
from catalogus.models import Product, SearchRow
from catalogus.search import cursor
from catalogus.search.criteria import SearchCriteria, View
from catalogus.search.postgres.asking import ask
from catalogus.search.postgres.filters import RowFilters
from catalogus.search.postgres.scoring import score
from catalogus.search.postgres.sql import TRUE, Sql, every
from catalogus.search.postgres.words import found
from catalogus.search.question import FEW_HITS, Question, effective_criteria

MOST_NAMED = 20_000
"""Rows that are asked for by their ids: a search takes several statements, and reading so many rows by their ids takes
less than looking their words up again. What finds more is looked up each time, as nothing of it is quick."""


@dataclass(frozen=True, slots=True)
class Answering:
    """The rows that answer a question. condition: whether a row is one of them."""

    condition: Sql
    products: int
    methods: int

    def are_few(self, view: View) -> bool:
        """Whether next to nothing has all the words, whatever the filters."""
        return (self.methods if view == View.METHODS else self.products) < FEW_HITS


def answering(question: Question) -> Answering:
    """Look the words of a question up, once for a whole search; of more than MOST_NAMED rows so many are counted."""
    condition = found(question)
    rows = ask(
        Sql(
            "SELECT row.product_id, row.method_id FROM catalogus_searchrow AS row"  # noqa: S608
            f" WHERE {condition.text} LIMIT {MOST_NAMED + 1}",
            condition.params,
        )
    )
    if len(rows) <= MOST_NAMED:
        condition = Sql("row.product_id = ANY(%s)", ([pk for pk, _method in rows],))
    return Answering(condition, len(rows), len({method for _pk, method in rows}))


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, in a block of `searching`.

    place: where a list goes on. text: which rows the text finds; complete: which of them have all its words; score: in
    what order, None where there is no text.
    """

    criteria: SearchCriteria
    place: cursor.Place | None
    filters: RowFilters
    question: Question | None = None
    text: Sql = TRUE
    complete: Sql = TRUE
    score: Sql | None = None

    @classmethod
    def of(cls, criteria: SearchCriteria) -> Self:
        """With words missing where next to nothing has all of them, or where the cursor is of such a list.

        Raises SearchUnavailable for a cursor that only the engine can go on from, and where there are no rows yet.
        """
        place = cursor.decode(criteria) if criteria.cursor else None
        if place is not None and cursor.is_by_score(criteria) and not place.is_basic:
            raise SearchUnavailable(_("Deze lijst gaat pas verder als de zoekmachine er weer is."))
        _check_rows()
        question = Question.of(criteria)
        if question is None:
            return cls(criteria, place, RowFilters.of(criteria))
        answers = complete = answering(question)
        is_few = question.can_be_loosened and complete.are_few(criteria.view)
        if place.is_loosened if place else is_few:
            question = question.loosened()
            answers = answering(question)
        filters = RowFilters.of(effective_criteria(criteria, question))
        order = score(question, criteria.view, complete.condition)
        return cls(criteria, place, filters, question, answers.condition, complete.condition, order)

    @property
    def fits(self) -> Sql:
        """What a hit is."""
        return every([self.text, self.filters.all()])

    @property
    def is_loosened(self) -> bool:
        return bool(self.question and self.question.is_loosened)


def _check_rows() -> None:
    """Raise SearchUnavailable where products wait for their rows, as right after the release that brought these."""
    if not SearchRow.objects.exists() and Product.objects.filter(merged_into=None).exists():
        raise SearchUnavailable(_("De zoekregels zijn er nog niet. Maak ze met “manage.py search rows”."))
