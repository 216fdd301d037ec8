"""A review that is not published yet, in the words in which readers will find it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.access import proven_affiliations
from accounts.models import School, User
from catalogus.labels import concept_label
from catalogus.models import Edition, Product, Scheme
from reviews.content import Answer, ReviewContent
from reviews.models import AfterDeletion, Duration, PupilCount, Use, WouldChooseAgain
from reviews.rubric import Rubric
from reviews.school_years import school_year_label
from reviews.selectors.author_words import author_words
from reviews.selectors.naming_school import school_naming
from reviews.services.publishing import total_of
from reviews.web.writing_places import Subject


@dataclass(frozen=True, slots=True)
class ScoreWords:
    """answer: as the scale has it in words, with its number where it is one."""

    label: str
    answer: str
    reason: str


@dataclass(frozen=True, slots=True)
class PreviewWords:
    """school: "" where it is not named; facts: what was used, by name; is_counted: whether it counts in the total."""

    author: str
    school: str
    facts: tuple[tuple[str, str], ...]
    scores: tuple[ScoreWords, ...]
    is_counted: bool
    strong_point: str
    weak_point: str
    would_choose_again: str
    body: str
    interests_text: str
    after_deletion: str


def preview_words(user: User, subject: Subject, content: ReviewContent, rubric: Rubric) -> PreviewWords:
    school = _school(user, subject, content)
    return PreviewWords(
        author=author_words(
            user,
            shown_as=content.shown_as,
            role=content.role,
            subject=content.subject,
            sector=content.sector,
            school=school,
        ),
        school=str(school) if content.names_school and _is_agreed(user, school) else "",
        facts=tuple((label, words) for label, words in _facts(content) if words),
        scores=tuple(_score(rubric, code, answer) for code, answer in content.answers.items()),
        is_counted=total_of(content.answers.values()) is not None,
        strong_point=content.strong_point,
        weak_point=content.weak_point,
        would_choose_again=str(WouldChooseAgain(content.would_choose_again).label),
        body=content.body,
        interests_text=content.interests_text,
        after_deletion=str(AfterDeletion(content.after_deletion).label),
    )


def _facts(content: ReviewContent) -> Iterable[tuple[str, str]]:
    edition = Edition.objects.get(pk=content.edition)
    yield _("Uitgave"), _("niet genoemd") if edition.is_unknown else edition.label
    if content.product:
        yield _("Product"), Product.objects.values_list("title", flat=True).get(pk=content.product)
    yield _("Schooljaar"), school_year_label(content.school_year)
    yield _("Sector"), concept_label(Scheme.SECTOR, content.sector)
    yield _("Niveaus"), ", ".join(concept_label(Scheme.LEVEL, code) for code in content.levels)
    yield _("Leerjaren"), ", ".join(concept_label(Scheme.YEAR, code) for code in content.years)
    yield _("Vak"), concept_label(Scheme.SUBJECT, content.subject) if content.subject else ""
    yield _("Gebruikt"), f"{Use(content.use).label}, {Duration(content.duration).label}"
    yield _("Leerlingen"), str(PupilCount(content.pupils).label) if content.pupils else ""


def _score(rubric: Rubric, code: str, answer: Answer) -> ScoreWords:
    word = rubric.scale.get(answer.code, answer.code)
    return ScoreWords(rubric.label(code), f"{answer.code} {word}" if answer.score else word, answer.reason)


def _school(user: User, subject: Subject, content: ReviewContent) -> School | None:
    """Where it was used: of a review that stands already, the school stays."""
    if subject.review is not None:
        return subject.review.school
    schools = [one.school for one in proven_affiliations(user)]
    return next((one for one in schools if one.code == content.school), schools[0] if schools else None)


def _is_agreed(user: User, school: School | None) -> bool:
    return any(section.school_id == school.pk for section in school_naming(user).agreed) if school else False
