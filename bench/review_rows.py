"""Reviews by the ten thousands in the bench's catalogue, in words of the demonstration: one method has very many."""

import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from catalogus.models import Method
from reviews.demo.dice import Dice
from reviews.demo.people import Teacher, invent_teacher
from reviews.demo.places import SCHOOLS
from reviews.demo.plan import Plan, Written
from reviews.demo.saying import Subject, say
from reviews.demo.shelf import Title, titles, vocabulary
from reviews.demo.storing import store_people, store_reviews
from reviews.school_years import school_year_of
from reviews.selectors.rubrics import current_rubric, current_rubric_row
from reviews.services.summaries import recount_methods, restate_prior, reviewed_methods

_STORED_AT_ONCE = 5000
"""With their scores some fifty megabytes."""

_LARGEST_SHARE = 400


def fill(count: int, large: int) -> Method:
    """Store the reviews and count them; the method that has many. Raises ValueError for an empty catalogue."""
    shelf = titles()
    if not shelf:
        raise ValueError("the catalogue has no method that an invented school teaches")
    plan = Plan()
    known, codes = vocabulary(), current_rubric().codes
    staff = {sector: _staff(plan, sector, count=max(large, 400)) for sector in sorted({*_sectors(shelf)})}
    shares = [large, *spread(count - large, len(shelf) - 1)]
    now = datetime.now(UTC).replace(microsecond=0)
    for title, share in zip(shelf, shares, strict=False):
        for number in range(share):
            dice = Dice("bench", title.public_id, str(number))
            part = dice.pick(title.parts)
            sector = part.sectors[0]
            teachers = staff[sector]
            # Each once for a method, so nobody reviews the same edition and school year twice.
            teacher = teachers[(title.pk * 31 + number) % len(teachers)]
            written_at = now - timedelta(days=1 + dice.below(5 * 365), seconds=dice.below(86_400))
            subject = Subject(teacher, part, dice.chance(0.25), dice.between(2, 4), school_year_of(written_at.date()))
            content = say(subject, dice, codes=codes, known=known, has_section=False)
            ref = f"{len(plan.written):013d}"
            plan.written.append(Written(ref, title, teacher, content, written_at))
    people = store_people(plan)
    for start in range(0, len(plan.written), _STORED_AT_ONCE):
        store_reviews(plan.written[start : start + _STORED_AT_ONCE], people, current_rubric_row(), {})
    if not restate_prior():
        for batch in reviewed_methods():
            recount_methods(batch)
    return Method.objects.get(pk=shelf[0].pk)


def _sectors(shelf: Iterable[Title]) -> Iterable[str]:
    return (part.sectors[0] for title in shelf for part in title.parts)


def _staff(plan: Plan, sector: str, *, count: int) -> list[Teacher]:
    schools = [school.code for school in SCHOOLS if sector in school.sectors]
    first = len(plan.teachers) + 1
    found = [
        invent_teacher(first + at, school=schools[at % len(schools)], sector=sector, subject="") for at in range(count)
    ]
    plan.teachers += found
    return found


def spread(count: int, methods: int) -> list[int]:
    """Shares that fall as 1/rank does, of _LARGEST_SHARE at most: a few methods have many."""
    if methods < 1 or count < 1:
        return []
    whole = sum(1 / rank for rank in range(1, methods + 1))
    shares = [min(_LARGEST_SHARE, int(count / whole / rank)) for rank in range(1, methods + 1)]
    left = count - sum(shares)
    for at, share in enumerate(shares):  # What was cut off and rounded, evenly over those that have room.
        more = min(_LARGEST_SHARE - share, math.ceil(left / (methods - at)))
        shares[at] += more
        left -= more
    return shares
