"""A review that is not published yet, as the very card in which readers will find it."""

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.access import proven_affiliations
from accounts.models import Affiliation, School, User
from catalogus.models import Edition, Product
from catalogus.web import formatting
from reviews.content import Answer, ReviewContent
from reviews.models import AfterDeletion, Interests, Review, ReviewScore
from reviews.rubric import Rubric
from reviews.selectors.author_words import author_words
from reviews.selectors.authors import assurance_note
from reviews.selectors.naming_school import is_school_named
from reviews.services.publishing import total_of
from reviews.web.cards import AGAIN, ReviewCard, context_of, score_lines
from reviews.web.writing_places import Subject


def preview_card(user: User, subject: Subject, content: ReviewContent, rubric: Rubric) -> ReviewCard:
    """subject: of the draft; content: what it says."""
    product = Product.objects.get(pk=content.product) if content.product else None
    edition = Edition.objects.get(pk=content.edition)
    school, assurance = _where(user, subject, content)
    total = total_of(content.answers.values())
    ordinal, current = edition.ordinal, subject.method.current_ordinal
    is_named = content.names_school and is_school_named(user, school, content.subject)
    return ReviewCard(
        anchor="beoordeling",
        url="",
        author=author_words(
            user,
            shown_as=content.shown_as,
            role=content.role,
            subject=content.subject,
            sector=content.sector,
            school=school,
        ),
        school=str(school) if is_named else "",
        assurance=assurance_note(Review(assurance=assurance)),
        written_at=subject.review.published_at or timezone.now() if subject.review else timezone.now(),
        changed=_changed(subject),
        edition=_("uitgave onbekend") if edition.is_unknown else edition.label,
        is_older=ordinal is not None and current is not None and ordinal < current,
        context=context_of(_use_of(content)),
        product=product.title if product else "",
        product_url=product.get_absolute_url() if product else "",
        about="",
        scores=score_lines([_score(code, answer) for code, answer in content.answers.items()], rubric),
        total="" if total is None else formats.number_format(total, 2),
        again=str(AGAIN[content.would_choose_again]),
        strong_point=content.strong_point,
        weak_point=content.weak_point,
        body=content.body,
        interests=content.interests_text if content.interests == Interests.TOLD else "",
        rubric="",
        reply=None,
        helpful="",
    )


def after_deletion_words(content: ReviewContent) -> str:
    return str(AfterDeletion(content.after_deletion).label)


def _where(user: User, subject: Subject, content: ReviewContent) -> tuple[School, str]:
    """Where it was used, and how sure it is that the writer works there; of a review that stands, both stay."""
    if subject.review is not None:
        return subject.review.school, subject.review.assurance
    proven = proven_affiliations(user)
    found: Affiliation = next((one for one in proven if one.school.code == content.school), proven[0])
    return found.school, found.assurance


def _changed(subject: Subject) -> str:
    if subject.review is None:
        return ""
    text = _("gewijzigd op %(day)s (versie %(version)s)")
    return text % {"day": formatting.day(timezone.localtime()), "version": subject.review.version + 1}


def _use_of(content: ReviewContent) -> Review:
    """The columns that tell of the use."""
    return Review(
        school_year=content.school_year,
        sector=content.sector,
        levels=list(content.levels),
        years=list(content.years),
        subject=content.subject,
        use=content.use,
        duration=content.duration,
        pupils=content.pupils,
    )


def _score(code: str, answer: Answer) -> ReviewScore:
    return ReviewScore(criterion=code, score=answer.score, unscored=answer.unscored, reason=answer.reason)
