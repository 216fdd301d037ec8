"""What reviewers say of a method in few words: how many they are and how far apart, and never a mean without these."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.web import formatting


class Reviewed(Protocol):
    """A method, or a hit of a search, that holds the summary of its reviews; see `services.reviews`."""

    @property
    def review_count(self) -> int: ...
    @property
    def older_review_count(self) -> int: ...
    @property
    def review_mean(self) -> Decimal | None: ...
    @property
    def review_low(self) -> Decimal | None: ...
    @property
    def review_high(self) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """text: the total and of how many, or that there is none; note: what belongs to it and may stand below it, or "".

    Both begin with a small letter, for they also stand within a line.
    """

    text: str
    note: str
    has_reviews: bool

    def __str__(self) -> str:
        return " · ".join(filter(None, [self.text, self.note]))


def review_words(reviewed: Reviewed) -> ReviewWords:
    """The four states that a summary can be in, each with its own words.

    "3,25 van 4 · 12 beoordelingen" with "middelste helft 2,80–3,50 · en 4 over oudere uitgaven"; "2 beoordelingen, te
    weinig voor een totaal"; "alleen over oudere uitgaven: 4 beoordelingen"; "nog geen beoordelingen".
    """
    count, older = reviewed.review_count, reviewed.older_review_count
    if not count and not older:
        return ReviewWords(_("nog geen beoordelingen"), "", has_reviews=False)
    if not count:
        text = _("alleen over oudere uitgaven: %(reviews)s") % {"reviews": count_words(older)}
        return ReviewWords(text, "", has_reviews=True)
    mean = mean_words(reviewed.review_mean)
    text = f"{mean} · {count_words(count)}" if mean else _without_total(count)
    return ReviewWords(text, " · ".join(filter(None, [_spread(reviewed), _older(older)])), has_reviews=True)


def rating_text(reviewed: Reviewed) -> str:
    """All of `review_words` in one line."""
    return str(review_words(reviewed))


def mean_words(mean: Decimal | None) -> str:
    """ "3,25 van 4", with both decimals that are stored: rounded it could cross a filter's bound. "" without a mean."""
    return "" if mean is None else _("%(mean)s van 4") % {"mean": _hundredths(mean)}


def count_words(count: int) -> str:
    """ "12 beoordelingen"."""
    return ngettext("%(n)s beoordeling", "%(n)s beoordelingen", count) % {"n": formatting.number(count)}


def spread_words(reviewed: Reviewed) -> str:
    """ "2,80–3,50": between these lies the middle half of what each review gives on average; "" without a mean."""
    if reviewed.review_low is None or reviewed.review_high is None:
        return ""
    return f"{_hundredths(reviewed.review_low)}–{_hundredths(reviewed.review_high)}"


def sort_value_words(thousandths: int | None) -> str:
    """By what a list of the best reviewed has this one in its place."""
    if thousandths is None:
        return _("geen sorteerwaarde")
    return _("sorteerwaarde %(value)s") % {"value": formats.number_format(Decimal(thousandths).scaleb(-3), 3)}


def _without_total(count: int) -> str:
    """One sentence for every reason: too few teachers, or too few schools; the catalogue does not know which."""
    return _("%(reviews)s, te weinig voor een totaal") % {"reviews": count_words(count)}


def _spread(reviewed: Reviewed) -> str:
    spread = spread_words(reviewed)
    return _("middelste helft %(spread)s") % {"spread": spread} if spread else ""


def _older(older: int) -> str:
    if not older:
        return ""
    text = ngettext("en %(n)s over een oudere uitgave", "en %(n)s over oudere uitgaven", older)
    return text % {"n": formatting.number(older)}


def _hundredths(value: Decimal) -> str:
    return str(formats.number_format(value, 2))
