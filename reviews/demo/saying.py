"""What one invented teacher says of a method: everything that the form asks, as a ReviewContent."""

from dataclasses import dataclass, replace

from reviews.content import Answer, ReviewContent
from reviews.demo.dice import Dice
from reviews.demo.people import Teacher
from reviews.demo.shelf import Part, Vocabulary
from reviews.demo.subjects import PUPILS, talk_of
from reviews.demo.words import AGAIN, CRITERIA, ENDINGS, INTERESTS, OPENINGS, PILE_ON, Words
from reviews.models.score import SUFFICIENT

_HARD_TO_JUDGE = {"privacy": 0.5, "toegankelijkheid": 0.3, "prijs": 0.25}
"""How many cannot judge a criterion; of the others hardly anybody."""

_TIMES = {
    "under-6": "sinds een paar maanden",
    "6-12": "sinds vorig schooljaar",
    "12-36": "sinds ruim twee jaar",
    "36-plus": "al jaren",
}
_PLAIN = Words(good=("Op dit punt voldoet het goed.",), poor=("Op dit punt schiet het tekort.",))
"""For a criterion of a rubric that came after these words."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is reviewed and by whom. quality: 1 to 4, what people think of the method as a whole."""

    teacher: Teacher
    part: Part
    names_product: bool
    quality: float
    school_year: int


def say(subject: Subject, dice: Dice, *, codes: tuple[str, ...], known: Vocabulary, has_section: bool) -> ReviewContent:
    """codes: criteria of the current rubric. has_section: whether the teacher is of one, so the school may be named."""
    teacher, part = subject.teacher, subject.part
    speech = _Speech(subject, dice)
    answers = {code: speech.answer(code) for code in codes}
    if all(answer.score is None for answer in answers.values()):
        answers[codes[0]] = Answer(score=SUFFICIENT)
    levels, years = _groups(part, dice, known, teacher.sector)
    duration = dice.weighed(("under-6", 12), ("6-12", 33), ("12-36", 38), ("36-plus", 17))
    again = _again(answers, dice)
    strong, weak = speech.points(answers)
    few_words = not (strong and weak) and not any(answer.reason for answer in answers.values())
    tells = dice.chance(0.04)
    return ReviewContent(
        edition=part.edition,
        product=part.pk if subject.names_product else None,
        school="",
        school_year=subject.school_year,
        sector=teacher.sector,
        levels=levels,
        years=years,
        subject=_subject_code(subject),
        use=dice.weighed(("main", 80), ("supplement", 20)),
        duration=duration,
        role=teacher.role,
        pupils=dice.weighed(("under-30", 30), ("30-100", 42), ("100-300", 18), ("300-plus", 2), ("", 8)),
        answers=answers,
        strong_point=strong,
        weak_point=weak,
        would_choose_again=again,
        # A few words alone would soon be the same as another's.
        body=speech.body(duration, again) if few_words or dice.chance(0.6) else "",
        interests="told" if tells else "none",
        interests_text=dice.pick(INTERESTS) if tells else "",
        shown_as=dice.weighed(("description", 68), ("name", 32)),
        names_school=has_section and dice.chance(0.4),
        after_deletion=dice.weighed(("stays", 75), ("goes", 25)),
    )


def rage(content: ReviewContent, dice: Dice) -> ReviewContent:
    """The same of who came to spoil: lowest scores, hardly a word, and that the same as others."""
    words = dice.pick(PILE_ON)
    answers = {code: Answer(score=1 if dice.chance(0.8) else 2, reason=words) for code in content.answers}
    return replace(
        content,
        answers=answers,
        strong_point="",
        weak_point=words,
        body="",
        would_choose_again="no",
        shown_as="description",
        names_school=False,
        interests="none",
        interests_text="",
        product=None,
    )


def before_the_change(content: ReviewContent, dice: Dice) -> ReviewContent:
    """What an earlier version said: shorter, and about one criterion something else."""
    scored = [code for code, answer in content.answers.items() if (answer.score or 0) >= SUFFICIENT]
    answers = dict(content.answers)
    if scored:
        code = dice.pick(scored)
        answers[code] = Answer(score=7 - (answers[code].score or SUFFICIENT))  # A 3 was a 4, and a 4 was a 3.
    return replace(content, body="", answers=answers)


class _Speech:
    """The words of one teacher, with what is of the subject filled in."""

    def __init__(self, subject: Subject, dice: Dice) -> None:
        self._subject, self._dice = subject, dice
        self._bias = dice.between(-0.5, 0.5)
        talk = talk_of(_subject_code(subject))
        pupils = PUPILS[subject.teacher.sector]
        self._topics = dice.some(talk.topics, 3)
        self._pupils, self._work = dice.pick(pupils), dice.pick(talk.work)
        self._said: set[str] = set()

    def answer(self, code: str) -> Answer:
        dice = self._dice
        if dice.chance(_HARD_TO_JUDGE.get(code, 0.03)):
            return Answer(unscored="nb")
        if code == "balans" and dice.chance(0.08):
            return Answer(unscored="nvt")
        score = min(4, max(1, round(self._subject.quality + self._bias + dice.between(-0.9, 0.9))))
        words = CRITERIA.get(code, _PLAIN)
        if score < SUFFICIENT:
            return Answer(score=score, reason=self._one_of(words.poor))
        return Answer(score=score, reason=self._one_of(words.good) if dice.chance(0.12) else "")

    def points(self, answers: dict[str, Answer]) -> tuple[str, str]:
        """A strong and a weak point, one of them at least: of what was judged best and least."""
        scored = [code for code, answer in answers.items() if answer.score is not None]
        scored.sort(key=lambda code: (answers[code].score or 0, code))
        best, worst = answers[scored[-1]].score or 0, answers[scored[0]].score or 0
        has_strong = best >= SUFFICIENT and self._dice.chance(0.9)
        has_weak = not has_strong or (worst <= SUFFICIENT and self._dice.chance(0.7))
        strong = self._one_of(CRITERIA.get(scored[-1], _PLAIN).good) if has_strong else ""
        return strong, self._one_of(CRITERIA.get(scored[0], _PLAIN).poor) if has_weak else ""

    def body(self, duration: str, again: str) -> str:
        sentences = [self._one_of(OPENINGS, time=_TIMES[duration], class_=self._class())]
        if self._dice.chance(0.7):
            sentences.append(self._one_of(AGAIN[again]))
        whole = " ".join(sentences)
        return f"{whole}\n\n{self._one_of(ENDINGS)}" if self._dice.chance(0.6) else whole

    def _class(self) -> str:
        return {"po": "twee groepen", "mbo": "drie opleidingsgroepen"}.get(self._subject.teacher.sector, "vier klassen")

    def _one_of(self, sentences: tuple[str, ...], **more: str) -> str:
        """One that was not said before, while there is one."""
        left = [one for one in sentences if one not in self._said] or list(sentences)
        chosen = self._dice.pick(left)
        self._said.add(chosen)
        topic = self._dice.pick(self._topics)
        values = {"topic": topic, "pupils": self._pupils, "work": self._work, **more}
        capitals = {name.capitalize(): value[:1].upper() + value[1:] for name, value in values.items()}
        return chosen.format(**values, **capitals)


def _groups(part: Part, dice: Dice, known: Vocabulary, sector: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Levels and years of the product that exist in the sector; a year of the sector where it names none."""
    levels = [code for code in part.levels if code in known.in_sector(known.levels, sector)]
    years = [code for code in part.years if code in known.in_sector(known.years, sector)]
    if not levels and not years:
        years = list(known.in_sector(known.years, sector))
        return (), (dice.pick(years),)
    return tuple(dice.some(levels, 2)), tuple(dice.some(years, 1 + dice.below(2)))


def _subject_code(subject: Subject) -> str:
    """The teacher's own where the product is about it, else the product's first."""
    subjects = subject.part.subjects
    return subject.teacher.subject if subject.teacher.subject in subjects else (subjects[0] if subjects else "")


def _again(answers: dict[str, Answer], dice: Dice) -> str:
    scores = [answer.score for answer in answers.values() if answer.score is not None]
    mean = sum(scores) / len(scores)
    if mean >= 3.1:
        return dice.weighed(("yes", 85), ("unsure", 15))
    if mean <= 2.3:
        return dice.weighed(("no", 80), ("unsure", 20))
    return dice.weighed(("yes", 35), ("unsure", 40), ("no", 25))
