"""Signals for moderators: what stands out among reviews, and by which numbers. None of them hides or holds anything."""

from reviews.models import Review
from reviews.signals.bursts import bursts
from reviews.signals.found import Signal, SignalKind, Window
from reviews.signals.new_accounts import new_accounts
from reviews.signals.one_sided import one_sided
from reviews.signals.same_text import same_text, same_text_as

__all__ = ["Signal", "SignalKind", "Window", "all_signals", "signals_about"]


def all_signals(window: Window) -> dict[SignalKind, list[Signal]]:
    return {
        SignalKind.NEW_ACCOUNTS: new_accounts(window),
        SignalKind.SAME_TEXT: same_text(window),
        SignalKind.BURST: bursts(window),
        SignalKind.ONE_SIDED: one_sided(window),
    }


def signals_about(review: Review) -> list[Signal]:
    """Those that the review is part of, by what was written around the same time."""
    window = Window.around(review.written_at)
    code = review.school.institution_code
    found = [
        *new_accounts(window, institution=code),
        *same_text_as(review),
        *bursts(window, method=review.shown_method_id),
        *one_sided(window, institution=code, publisher=review.shown_method.publisher_id),
    ]
    return [one for one in found if review.public_id in one.reviews]
