"""What the reviews of a method say together: by edition, by criterion, by sector and level.

Always n, and a mean only of enough authors, whatever the filter: else a filter would show one person's judgement as if
it were more. And none at all where the method as a whole has none for its schools (reviews.spread).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from catalogus.models import Edition, Method
from reviews.models import ReviewScore, Unscored
from reviews.selectors.filtering import ReviewFacts, ReviewFilter, review_facts
from reviews.selectors.rubrics import current_rubric, in_current_terms, rubric_of
from reviews.spread import LEAST_AUTHORS, Spread, institutions_of, is_broad_enough, one_of_each, spread_of, totals_of

_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class EditionDetail:
    """edition: its row's number; count: of its published reviews; spread: None where they are too few for a total."""

    edition: int
    label: str
    is_unknown: bool
    is_older: bool
    count: int
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class CriterionDetail:
    """counts: how many gave a 1, 2, 3 and 4; is_enough: whether these may have a mean."""

    code: str
    label: str
    counts: tuple[int, int, int, int]
    not_applicable: int
    cannot_judge: int
    is_enough: bool


@dataclass(frozen=True, slots=True)
class GroupDetail:
    """The reviews of one sector or level; only groups of which there is a mean."""

    code: str
    count: int
    spread: Spread


@dataclass(frozen=True, slots=True)
class MethodDetail:
    """Of the reviews that fit a filter; without one on editions, of those of the current edition.

    count: of them; counted: of how many the mean is, for of each author only the newest with a total counts
    (reviews.spread); older_count: that fit but for being of older editions, where the filter says nothing of them.
    spread: None where they are too few for a total; then criteria and groups are empty, and would_choose_again is of
    all that are listed.
    left_out: names of criteria of earlier rubrics that the current one has no counterpart of. totals: score, 1 to 4 ->
    how many totals round to it.
    """

    count: int
    counted: int
    older_count: int
    spread: Spread | None
    editions: Sequence[EditionDetail]
    criteria: Sequence[CriterionDetail]
    left_out: Sequence[str]
    would_choose_again: Mapping[str, int]
    totals: Mapping[int, int]
    sectors: Sequence[GroupDetail]
    levels: Sequence[GroupDetail]


def method_detail(
    method: Method, chosen: ReviewFilter | None = None, *, facts: Iterable[ReviewFacts] | None = None
) -> MethodDetail:
    """Four queries at most, whatever there is. facts: review_facts(method) where it was read already."""
    chosen = chosen or ReviewFilter()
    everything = list(review_facts(method) if facts is None else facts)
    may_have_means = _may_have_means(everything)
    fitting = [one for one in everything if chosen.fits(one)]
    listed = fitting if chosen.edition else [one for one in fitting if not one.is_older]
    voices = one_of_each(listed)
    spread = spread_of(totals_of(listed)) if may_have_means else None
    criteria, left_out = _criteria(voices) if spread else ([], [])
    return MethodDetail(
        count=len(listed),
        counted=sum(one.total is not None for one in voices),
        older_count=len(fitting) - len(listed),
        spread=spread,
        editions=_editions(fitting, may_have_means=may_have_means),
        criteria=criteria,
        left_out=left_out,
        would_choose_again=Counter(one.would_choose_again for one in (voices if spread else listed)),
        totals=Counter(_word_of(one) for one in voices if one.total is not None) if spread else {},
        sectors=_groups(listed, lambda one: [one.sector]) if spread else (),
        levels=_groups(listed, lambda one: one.levels) if spread else (),
    )


def reviewed_editions(reviews: Iterable[ReviewFacts]) -> list[Edition]:
    """The editions that these are of, newest first and those without a number last; one query."""
    rows = Edition.objects.filter(pk__in={one.edition for one in reviews}).order_by()
    return sorted(rows, key=lambda row: (-(row.ordinal or 0), row.label, row.pk))


def _may_have_means(everything: Iterable[ReviewFacts]) -> bool:
    """Whether those of the current edition, without any filter, are of enough schools; one query."""
    current = one_of_each(one for one in everything if not one.is_older)
    counted = [one.school for one in current if one.total is not None]
    return is_broad_enough(len(counted), set(institutions_of(set(counted)).values()))


def _word_of(one: ReviewFacts) -> int:
    """The score that a total lies nearest to; halfway goes up, as it does in school."""
    return int((one.total or 0) + _HALF)


def _editions(reviews: Sequence[ReviewFacts], *, may_have_means: bool) -> list[EditionDetail]:
    """Newest first, the one without a number last; one query."""
    by_edition: dict[int, list[ReviewFacts]] = defaultdict(list)
    for one in reviews:
        by_edition[one.edition].append(one)
    return [
        EditionDetail(
            edition=row.pk,
            label=row.label,
            is_unknown=row.is_unknown,
            is_older=by_edition[row.pk][0].is_older,
            count=len(by_edition[row.pk]),
            spread=spread_of(totals_of(by_edition[row.pk])) if may_have_means else None,
        )
        for row in reviewed_editions(reviews)
    ]


def _groups(reviews: Sequence[ReviewFacts], codes_of: Callable[[ReviewFacts], Iterable[str]]) -> list[GroupDetail]:
    """The groups of which there is a mean, by code; a review for two levels is in both."""
    by_code: dict[str, list[ReviewFacts]] = defaultdict(list)
    for one in reviews:
        for code in codes_of(one):
            by_code[code].append(one)
    return [
        GroupDetail(code=code, count=len(group), spread=spread)
        for code, group in sorted(by_code.items())
        if (spread := spread_of(totals_of(group))) is not None
    ]


def _criteria(reviews: Sequence[ReviewFacts]) -> tuple[list[CriterionDetail], list[str]]:
    """In the order and the terms of the current rubric, and what has no counterpart in it; one query.

    reviews: one of each author, so that what is counted is people.
    """
    answers = (
        ReviewScore.objects.filter(review__in=[one.pk for one in reviews])
        .order_by()
        .values("review__rubric", "criterion", "score", "unscored")
        .annotate(number=Count("pk"))
        .values_list("review__rubric", "criterion", "score", "unscored", "number")
    )
    scored: dict[str, Counter[int]] = defaultdict(Counter)
    unscored: dict[str, Counter[str]] = defaultdict(Counter)
    left_out: dict[str, None] = {}
    for rubric, code, score, why, number in answers:
        here = in_current_terms(rubric, code)
        if here is None:
            left_out[rubric_of(rubric).label(code)] = None
        elif score is None:
            unscored[here][why] += number
        else:
            scored[here][score] += number
    criteria = [
        CriterionDetail(
            code=one.code,
            label=one.label,
            counts=_four(scored[one.code]),
            not_applicable=unscored[one.code][Unscored.NOT_APPLICABLE],
            cannot_judge=unscored[one.code][Unscored.CANNOT_JUDGE],
            is_enough=scored[one.code].total() >= LEAST_AUTHORS,
        )
        for one in current_rubric().criteria
    ]
    return criteria, sorted(left_out)


def _four(counts: Counter[int]) -> tuple[int, int, int, int]:
    return counts[1], counts[2], counts[3], counts[4]
