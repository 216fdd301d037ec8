"""Which methods get how many reviews, by whom, when, and what became of each: spread as in life.

Most methods have none and a few have many. One was attacked: dozens of low ones in two days, most of them from one
school. Everything hangs on the catalogue, the seed and the day; the day only moves all dates along.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from catalogus.public_ids import public_id
from reviews.content import ReviewContent
from reviews.demo.dice import Dice
from reviews.demo.people import Teacher, invent_teacher
from reviews.demo.places import SCHOOLS, ReviewingSchool
from reviews.demo.saying import Subject, before_the_change, rage, say
from reviews.demo.shelf import Part, Title, Vocabulary
from reviews.demo.words import REMOVALS
from reviews.models import ReviewState
from reviews.school_years import FIRST_MONTH, school_year_of

MOST_REVIEWED = 0.4
"""Of all methods, at most; the others have no review."""

PILE_SIZE = 36
PILE_DAYS_AGO = 40
_WAITING = 6
_SECTION_SHARE = 0.3
_OF_A_SUBJECT = ("vo", "vso", "mbo")
"""Where teachers teach a subject; elsewhere a group."""


@dataclass(frozen=True, slots=True)
class Written:
    """A review as it is to be stored. earlier: what versions before the last one said, the oldest first."""

    ref: str
    title: Title
    teacher: Teacher
    content: ReviewContent
    written_at: datetime
    state: ReviewState = ReviewState.PUBLISHED
    earlier: tuple[ReviewContent, ...] = ()
    edited_at: datetime | None = None
    closed_at: datetime | None = None
    removal_reason: str = ""
    is_of_pile: bool = False


@dataclass(slots=True)
class Plan:
    """has_section: schools and subjects with a section. held: methods whose reviews wait, each with since when."""

    written: list[Written] = field(default_factory=list)
    teachers: list[Teacher] = field(default_factory=list)
    has_section: set[tuple[str, str]] = field(default_factory=set)
    held: dict[int, datetime] = field(default_factory=dict)


def plan_reviews(titles: list[Title], *, count: int, today: date, codes: tuple[str, ...], known: Vocabulary) -> Plan:
    """count: how many reviews at most; fewer where there are not enough methods. codes: criteria of the rubric."""
    planner = _Planner(today, codes, known)
    order = sorted(titles, key=_luck)[: max(1, int(len(titles) * MOST_REVIEWED))] if titles else []
    left = count
    if order and count > 2 * PILE_SIZE:
        left -= planner.pile_on(order[0])
    for title in order:
        if left <= 0:
            break
        left -= planner.review(title, min(left, _size(title)))
    planner.hold_one()
    return planner.plan


def _luck(title: Title) -> tuple[float, str]:
    """The lowest get reviews: large methods more often than small ones, and those that had an edition before."""
    weight = math.log2(2 + len(title.parts)) * (3 if len(title.editions) > 1 else 1)
    return Dice("reviewed", title.public_id).fraction() / weight, title.public_id


def _size(title: Title) -> int:
    dice = Dice("size", title.public_id)
    low, high = dice.weighed(((1, 1), 16), ((2, 2), 12), ((3, 5), 18), ((6, 12), 20), ((13, 30), 16), ((31, 120), 18))
    # What is one booklet is used by few.
    return min(low + dice.below(high - low + 1), 4 + 7 * len(title.parts))


class _Planner:
    def __init__(self, today: date, codes: tuple[str, ...], known: Vocabulary) -> None:
        self.plan = Plan()
        self._today, self._codes, self._known = today, codes, known
        self._schools: dict[str, list[ReviewingSchool]] = defaultdict(list)
        for school in SCHOOLS:
            for sector in school.sectors:
                self._schools[sector].append(school)
        self._staff: dict[tuple[str, str], list[Teacher]] = defaultdict(list)
        self._taken: set[tuple[int, int, int]] = set()
        """(teacher, edition, school year): one may review it once."""

    def review(self, title: Title, count: int) -> int:
        """So many reviews of the method, some fewer where the throws meet; how many."""
        quality = Dice("quality", title.public_id).between(2.5, 3.95)
        before = len(self.plan.written)
        for number in range(count):
            dice = Dice("review", title.public_id, str(number))
            part = _part(title, dice)
            sector = dice.pick(part.sectors)
            teacher = self._teacher(sector, _taught(title, part, sector), dice)
            written_at = self._moment(dice, is_older=part.edition != title.newest)
            school_year = school_year_of(written_at.date()) - (1 if dice.chance(0.3) else 0)
            key = (teacher.number, part.edition, school_year)
            if key in self._taken:
                continue
            self._taken.add(key)
            older = 0.4 if part.edition != title.newest else 0.0
            subject = Subject(teacher, part, dice.chance(0.25), quality - older, school_year)
            content = say(subject, dice, codes=self._codes, known=self._known, has_section=self._has_section(teacher))
            self.plan.written.append(self._lived(title, str(number), teacher, content, written_at, dice))
        return len(self.plan.written) - before

    def pile_on(self, title: Title) -> int:
        """Dozens of low ones in two days, by accounts of the same days; how many. The last wait for a moderator."""
        dice = Dice("pile", title.public_id)
        start = datetime.combine(self._today - timedelta(days=PILE_DAYS_AGO), time(8), UTC)
        held_since = start + timedelta(hours=40)
        part = max(title.parts, key=lambda one: (one.edition == title.newest, one.pk))
        sector = part.sectors[0]
        schools = dice.some(self._schools[sector], 3)
        for number in range(PILE_SIZE):
            school = schools[0] if dice.chance(0.7) else dice.pick(schools)
            teacher = self._new_teacher(school, sector, _taught(title, part, sector), is_recent=True)
            hours = 48 * (number + dice.fraction()) / PILE_SIZE
            written_at = start + timedelta(hours=hours)
            subject = Subject(teacher, part, False, 1.0, school_year_of(written_at.date()))
            content = rage(say(subject, dice, codes=self._codes, known=self._known, has_section=False), dice)
            waits = written_at > held_since
            ref = _ref(title, f"pile-{number}")
            state = ReviewState.WAITING if waits else ReviewState.PUBLISHED
            self.plan.written.append(Written(ref, title, teacher, content, written_at, state, is_of_pile=True))
        self.plan.held[title.pk] = held_since
        return PILE_SIZE

    def hold_one(self) -> None:
        """Of one more method reviews wait: that with the most ordinary ones; its newest came since then."""
        by_method: dict[int, list[int]] = defaultdict(list)
        for at, one in enumerate(self.plan.written):
            if one.state == ReviewState.PUBLISHED and not one.earlier and one.title.pk not in self.plan.held:
                by_method[one.title.pk].append(at)
        if not by_method:
            return
        method = min(by_method, key=lambda pk: (-len(by_method[pk]), pk))
        places = sorted(by_method[method], key=lambda at: self.plan.written[at].written_at)[-_WAITING // 2 :]
        if len(places) == len(by_method[method]):
            return
        self.plan.held[method] = self.plan.written[places[0]].written_at - timedelta(hours=3)
        for at in places:
            one = self.plan.written[at]
            self.plan.written[at] = Written(one.ref, one.title, one.teacher, one.content, one.written_at,
                                            ReviewState.WAITING)  # fmt: skip

    # What became of it

    def _lived(
        self, title: Title, number: str, teacher: Teacher, content: ReviewContent, written_at: datetime, dice: Dice
    ) -> Written:
        """With what happened to it since."""
        ref = _ref(title, number)
        fate = dice.weighed(("", 87), ("edited", 8), ("withdrawn", 3), ("removed", 2))
        later = min(
            written_at + timedelta(days=1 + dice.below(60), hours=dice.below(9)), self._now - timedelta(hours=2)
        )
        if later <= written_at or not fate:
            return Written(ref, title, teacher, content, written_at)
        if fate == "edited":
            earlier = (before_the_change(content, dice),)
            return Written(ref, title, teacher, content, written_at, earlier=earlier, edited_at=later)
        if fate == "withdrawn":
            return Written(ref, title, teacher, content, written_at, ReviewState.WITHDRAWN, closed_at=later)
        return Written(ref, title, teacher, content, written_at, ReviewState.REMOVED, closed_at=later,
                       removal_reason=dice.pick(REMOVALS))  # fmt: skip

    # By whom

    def _teacher(self, sector: str, subject: str, dice: Dice) -> Teacher:
        """Somebody who teaches it: one who reviews for the first time, or one of those before."""
        staff = self._staff[sector, subject]
        if staff and not dice.chance(max(0.35, 1 - len(staff) / 12)):
            return dice.pick(staff)
        teacher = self._new_teacher(dice.pick(self._schools[sector]), sector, subject)
        staff.append(teacher)
        return teacher

    def _new_teacher(self, school: ReviewingSchool, sector: str, subject: str, *, is_recent: bool = False) -> Teacher:
        number = len(self.plan.teachers) + 1
        teacher = invent_teacher(number, school=school.code, sector=sector, subject=subject, is_recent=is_recent)
        self.plan.teachers.append(teacher)
        if subject and not is_recent and Dice("section", school.code, subject).chance(_SECTION_SHARE):
            self.plan.has_section.add((school.code, subject))
        return teacher

    def _has_section(self, teacher: Teacher) -> bool:
        return not teacher.is_recent and (teacher.school, teacher.subject) in self.plan.has_section

    # When

    @property
    def _now(self) -> datetime:
        """The beginning of the day: nothing is written later than that."""
        return datetime.combine(self._today, time(0), UTC)

    def _moment(self, dice: Dice, *, is_older: bool) -> datetime:
        """In a school year, at an hour when teachers write; reviews of older editions are older."""
        back = dice.weighed((0, 18), (1, 30), (2, 22), (3, 14), (4, 9), (5, 5), (6, 2)) + (1 if is_older else 0)
        year = school_year_of(self._today) - back
        first = date(year, FIRST_MONTH, 20)
        last = min(date(year + 1, 7, 15), self._today - timedelta(days=1))
        day = first + timedelta(days=dice.below(max(1, (last - first).days))) if last > first else last
        return datetime.combine(day, time(6 + dice.below(15), dice.below(60), dice.below(60)), UTC)


def _part(title: Title, dice: Dice) -> Part:
    """A product of the newest edition most often."""
    newest = [part for part in title.parts if part.edition == title.newest]
    older = [part for part in title.parts if part.edition != title.newest]
    return dice.pick(older if older and dice.chance(0.4) else newest)


def _taught(title: Title, part: Part, sector: str) -> str:
    if sector not in _OF_A_SUBJECT:
        return ""
    return part.subjects[0] if part.subjects else title.subject


def _ref(title: Title, number: str) -> str:
    return public_id("review", "demonstration", title.public_id, number)


def by_teacher(written: list[Written]) -> Iterator[tuple[Teacher, list[Written]]]:
    """Each teacher with what they wrote, the oldest first."""
    found: dict[int, list[Written]] = defaultdict(list)
    teachers = {}
    for one in written:
        found[one.teacher.number].append(one)
        teachers[one.teacher.number] = one.teacher
    for number, ones in found.items():
        yield teachers[number], sorted(ones, key=lambda one: one.written_at)
