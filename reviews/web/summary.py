"""What the reviews of a method say together, as texts and charts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus import labels
from catalogus.models import Method, Scheme
from catalogus.web import formatting
from catalogus.web.charts import Chart
from catalogus.web.charts.ratings import rating_chart
from catalogus.web.charts.rubric import CriterionScores, rubric_chart
from reviews.models import WouldChooseAgain
from reviews.selectors.detail import CriterionDetail, EditionDetail, GroupDetail, MethodDetail
from reviews.spread import LEAST_AUTHORS, LEAST_SCHOOLS, Spread


@dataclass(frozen=True, slots=True)
class EditionLine:
    """score: "3,25 van 4, middelste helft 2,80 tot 3,60", "" where there are too few."""

    value: str
    label: str
    is_older: bool
    count: str
    score: str


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """cells: how many gave a 1, 2, 3, 4, "nvt" and "nb"."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """headline: "3,25 van 4", "" where there is no total; spread: where the middle half lies.

    number: "12 beoordelingen"; note: why there is no total, or of how many it is; older: that there are of older
    editions, which are not in it; again: how many would choose it again.
    """

    headline: str
    spread: str
    number: str
    note: str
    older: str
    again: str
    charts: Sequence[Chart]
    editions: Sequence[EditionLine]
    criteria: Sequence[CriterionRow]
    scale: Sequence[str]
    left_out: str
    groups: Sequence[tuple[str, Sequence[tuple[str, str, str]]]]


def summary_of(detail: MethodDetail, *, is_filtered: bool = False) -> Summary:
    """is_filtered: whether the detail is of a part of the reviews."""
    return Summary(
        headline=mean_text(detail.spread),
        spread=spread_text(detail.spread),
        number=current_text(detail.count, detail.older_count),
        note=_note(detail),
        older=older_text(detail.older_count),
        again=_again(detail),
        charts=charts_of(detail),
        editions=[_edition_line(one) for one in detail.editions],
        criteria=[_criterion_row(one) for one in detail.criteria],
        scale=(_("onvoldoende"), _("matig"), _("voldoende"), _("goed"), _("niet van toepassing"), _("geen oordeel")),
        left_out=formatting.joined(detail.left_out),
        groups=[] if is_filtered else _groups(detail),
    )


def stored_headline(method: Method) -> str:
    """As the catalogue keeps it, and shows it everywhere else."""
    return "" if method.review_mean is None else _of_four(formats.number_format(method.review_mean, 2))


def stored_spread(method: Method) -> str:
    if method.review_low is None or method.review_high is None:
        return ""
    return _middle_half(method.review_low, method.review_high)


def mean_text(spread: Spread | None) -> str:
    return "" if spread is None else _of_four(formats.number_format(spread.mean_in_hundredths, 2))


def spread_text(spread: Spread | None) -> str:
    """Where the middle half lies, as a clause."""
    return "" if spread is None else _middle_half(spread.low, spread.high)


def number_text(count: int) -> str:
    text = ngettext("%(n)s beoordeling", "%(n)s beoordelingen", count)
    return text % {"n": formatting.number(count)}


def current_text(count: int, older_count: int) -> str:
    """How many count; that there are none is said, and is no number."""
    if count:
        return number_text(count)
    return _("Nog geen beoordelingen van de huidige uitgave") if older_count else _("Geen beoordelingen")


def older_text(count: int) -> str:
    if not count:
        return ""
    text = ngettext(
        "Nog %(n)s beoordeling gaat over een oudere uitgave; die telt hier niet mee.",
        "Nog %(n)s beoordelingen gaan over oudere uitgaven; die tellen hier niet mee.",
        count,
    )
    return text % {"n": formatting.number(count)}


def charts_of(detail: MethodDetail) -> list[Chart]:
    """None without a total: a picture of two people's judgement says more than there is."""
    if detail.spread is None:
        return []
    profile = [CriterionScores(one.label, one.counts) for one in detail.criteria if one.is_enough]
    return [rating_chart(detail.totals), *([rubric_chart(profile)] if profile else [])]


def _note(detail: MethodDetail) -> str:
    if not detail.count:
        return ""
    if detail.spread is None:
        text = _(
            "Een gemiddelde verschijnt vanaf %(authors)s docenten met genoeg oordelen, als die van de huidige uitgave"
            " samen van ten minste %(schools)s scholen zijn."
        )
        return text % {"authors": LEAST_AUTHORS, "schools": LEAST_SCHOOLS}
    if detail.counted < detail.count:
        text = _("Het gemiddelde is van %(n)s docenten: van ieder telt de nieuwste beoordeling met genoeg oordelen.")
        return text % {"n": formatting.number(detail.counted)}
    return ""


def _again(detail: MethodDetail) -> str:
    counts = detail.would_choose_again
    if not detail.count:
        return ""
    text = _("Zou het opnieuw kiezen: %(yes)s ja, %(no)s nee, %(unsure)s weet het niet.")
    return text % {choice.name.lower(): formatting.number(counts.get(choice, 0)) for choice in WouldChooseAgain}


def _edition_line(one: EditionDetail) -> EditionLine:
    score = _score(one.spread, one.count) if one.spread else ""
    label = _("Uitgave onbekend") if one.is_unknown else one.label
    return EditionLine(str(one.edition), label, one.is_older, number_text(one.count), score)


def _criterion_row(one: CriterionDetail) -> CriterionRow:
    return CriterionRow(one.label, tuple(map(formatting.number, (*one.counts, one.not_applicable, one.cannot_judge))))


def _groups(detail: MethodDetail) -> list[tuple[str, Sequence[tuple[str, str, str]]]]:
    """A heading, and for each group its name, number, and mean with spread; a single group says nothing new."""
    found = ((_("Per sector"), Scheme.SECTOR, detail.sectors), (_("Per niveau"), Scheme.LEVEL, detail.levels))
    return [(head, _group_rows(scheme, groups)) for head, scheme, groups in found if len(groups) > 1]


def _group_rows(scheme: Scheme, groups: Iterable[GroupDetail]) -> list[tuple[str, str, str]]:
    by_code = {group.code: group for group in groups}
    return [
        (
            labels.concept_label(scheme, code),
            number_text(by_code[code].count),
            _score(by_code[code].spread, by_code[code].count),
        )
        for code in formatting.in_order(scheme, by_code)
    ]


def _score(spread: Spread, count: int) -> str:
    """Mean and middle half in one line, and of how many teachers where those are fewer than the reviews beside it."""
    told = f"{mean_text(spread)}, {spread_text(spread)}"
    if spread.count == count:
        return told
    return told + ", " + _("van %(n)s docenten") % {"n": formatting.number(spread.count)}


def _middle_half(low: Decimal, high: Decimal) -> str:
    text = _("de middelste helft geeft %(low)s tot %(high)s")
    return text % {"low": formats.number_format(low, 2), "high": formats.number_format(high, 2)}


def _of_four(mean: str) -> str:
    return _("%(mean)s van 4") % {"mean": mean}
