"""The weekly letter: what is new or changed of what people look for, each product once.

What a letter tells and how far its reader was told are stored in one transaction, so that a run may stop anywhere and
be run again: nothing is told twice, and nothing is left out.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.mail_kinds import MAIL_KINDS
from accounts.models import User
from accounts.services.mail import queue_mail, wants_mail
from catalogus.exceptions import InvalidCriteria, SearchUnavailable
from catalogus.models import Product
from catalogus.search import SearchCriteria, View, get_backend
from catalogus.search.criteria import Sort
from selection.models import DigestLetter, DigestProgress, SavedSearch
from selection.services.news import News, news_between
from selection.services.reading import criteria_of

logger = logging.getLogger(__name__)

DIGEST = "search-digest"
"""The kind of mail, by which a person takes all of it or none (accounts.MailChoice)."""

MOST_LISTED = 1000
"""Products that a letter and its page name. A first harvest makes twenty thousand new; who wants those searches."""

LETTERS_KEPT = timedelta(weeks=8)
"""How long the page of a letter stays: over a summer's holidays."""


@dataclass(slots=True)
class DigestRound:
    """One run over several people up to one number of the history: what several of them ask is asked once."""

    upto: int
    _news: dict[int, dict[int, News]] = field(default_factory=dict)
    _fitting: dict[tuple[SearchCriteria, int], frozenset[int]] = field(default_factory=dict)

    def news(self, after: int) -> dict[int, News]:
        if after not in self._news:
            self._news[after] = news_between(after, self.upto)
        return self._news[after]

    def fitting(self, criteria: SearchCriteria, after: int) -> frozenset[int]:
        """Which products with news fit; how a page would show them makes no difference. Raises SearchUnavailable."""
        asked = replace(criteria, view=View.PRODUCTS, sort=Sort.RELEVANCE)
        if (asked, after) not in self._fitting:
            ids = self.news(after).keys()
            self._fitting[asked, after] = get_backend().fitting(asked, ids) if ids else frozenset()
        return self._fitting[asked, after]


@dataclass(slots=True)
class DigestCounts:
    """What a run did: people that were looked at, letters that wait now, products in them, people it failed for."""

    people: int = 0
    letters: int = 0
    products: int = 0
    failed: int = 0


def write_digests(*, user_ids: Iterable[int], upto: int) -> DigestCounts:
    """Write each of these people their letter up to a number of the history, where there is news.

    May be run again, and by two workers at once. What goes wrong for one person is left to the next run and stops
    nobody else's. Raises SearchUnavailable; then who had no turn yet is told later.
    """
    round_ = DigestRound(upto)
    counts = DigestCounts()
    for user_id in user_ids:
        counts.people += 1
        try:
            products = write_digest(user_id=user_id, round_=round_)
        except SearchUnavailable:
            raise
        except Exception as error:  # noqa: BLE001  Whatever is wrong with one person's searches, the others get their letter.
            counts.failed += 1
            logger.error("the digest of person %d has to wait: %s", user_id, type(error).__name__)  # noqa: TRY400  A traceback may hold what is searched for.
            continue
        counts.letters += products > 0
        counts.products += products
    logger.info(
        "digests up to %d: %d people, %d letters, %d products, %d failed",
        upto, counts.people, counts.letters, counts.products, counts.failed,
    )  # fmt: skip
    return counts


def write_digest(*, user_id: int, round_: DigestRound) -> int:
    """Write one person's letter and move on to where it tells; how many products it tells of.

    Raises SearchUnavailable; then the person stays where they were.
    """
    progress = DigestProgress.objects.select_related("user").filter(user_id=user_id).first()
    if progress is None or progress.told_seq >= round_.upto:
        return 0
    found = _findings(progress, round_) if _gets_mail(progress.user) else {}
    listed = _listed(found)
    with transaction.atomic():
        # The engine was asked without holding anything; another worker who was faster has moved the person on.
        held = DigestProgress.objects.select_for_update().filter(pk=progress.pk, told_seq=progress.told_seq).first()
        if held is None:
            return 0
        if listed:
            _queue_letter(progress.user, listed)
            held.sent_at = timezone.now()
        held.told_seq = round_.upto
        held.save()
    return len(listed)


def forget_letters() -> int:
    """Erase letters that are older than LETTERS_KEPT; how many."""
    return DigestLetter.objects.filter(created_at__lt=timezone.now() - LETTERS_KEPT).delete()[0]


def _gets_mail(user: User) -> bool:
    return user.is_active and wants_mail(user, MAIL_KINDS[DIGEST])


@dataclass(slots=True)
class _Finding:
    """A product with the searches (rows) that it fits. changes: None for what is new to any of them."""

    searches: list[int] = field(default_factory=list)
    changes: dict[str, list[Any]] | None = field(default_factory=dict)


def _findings(progress: DigestProgress, round_: DigestRound) -> dict[int, _Finding]:
    """Product -> finding. A search that was kept later than others has its own, shorter stretch of the history."""
    found: dict[int, _Finding] = {}
    searches = SavedSearch.objects.filter(user_id=progress.pk, is_alert_on=True)
    # The longest stretch first: what changed over all of it is what the letter tells.
    for search in sorted(searches, key=lambda search: (max(search.since_seq, progress.told_seq), search.pk)):
        try:
            criteria = criteria_of(search)
        except InvalidCriteria:
            continue  # The page of searches says what is wrong with it.
        after = max(search.since_seq, progress.told_seq)
        for product_id in round_.fitting(criteria, after):
            news = round_.news(after)[product_id]
            finding = found.setdefault(product_id, _Finding(changes=None if news.is_new else news.changes))
            finding.searches.append(search.pk)
    return found


@dataclass(frozen=True, slots=True)
class _Listed:
    product_id: int
    finding: _Finding

    def as_json(self) -> dict[str, Any]:
        return {"product": self.product_id, "searches": self.finding.searches, "changes": self.finding.changes}


def _listed(found: dict[int, _Finding]) -> list[_Listed]:
    """Those of the products that can be had still, what is new first, each part by title."""
    rows = Product.objects.live().filter(pk__in=found).values_list("pk", "title")
    ordered = sorted(rows, key=lambda row: (found[row[0]].changes is not None, row[1].casefold(), row[0]))
    return [_Listed(pk, found[pk]) for pk, _title in ordered]


def _queue_letter(user: User, listed: list[_Listed]) -> None:
    new = sum(one.finding.changes is None for one in listed)
    letter = DigestLetter.objects.create(
        user=user,
        items=[one.as_json() for one in listed[:MOST_LISTED]],
        new_total=new,
        changed_total=len(listed) - new,
    )
    queue_mail(kind=DIGEST, user=user, about_id=letter.pk)
