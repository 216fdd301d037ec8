"""Store what was planned, thousands at once, so that each review stands as if its writer had published it.

The columns, scores and versions come out of the same content as those of services.publishing; what is counted of them,
the services count. Tests compare a sample with what publishing makes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from accounts.models import (
    DEMONSTRATION_ISSUER,
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Assurance,
    School,
    Section,
    SectionMember,
    SectionRole,
    User,
)
from catalogus.models import Concept, Scheme
from catalogus.naming import normal_form
from reviews.content import ReviewContent
from reviews.demo.dice import Dice
from reviews.demo.people import Teacher
from reviews.demo.places import SCHOOLS
from reviews.demo.plan import Plan, Written, by_teacher
from reviews.models import Review, ReviewScore, ReviewState, ReviewVersion, RubricVersion, SectionConsent
from reviews.placing import About, places_of
from reviews.services.columns import columns_of, scores_of
from reviews.services.publishing import total_of

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class People:
    """By number of the teacher; sections by code of school and subject."""

    users: Mapping[int, User]
    affiliations: Mapping[int, Affiliation]
    sections: Mapping[tuple[str, str], Section]

    def section_of(self, teacher: Teacher) -> Section | None:
        return None if teacher.is_recent else self.sections.get((teacher.school, teacher.subject))


# People


def store_people(plan: Plan) -> People:
    """Schools, accounts that nobody signs in to, where they work, and their sections."""
    schools = _store_schools()
    joined = {teacher.number: _joined(teacher, ones) for teacher, ones in by_teacher(plan.written)}
    teachers = [teacher for teacher in plan.teachers if teacher.number in joined]
    locked = make_password(None)
    users = User.objects.bulk_create(
        [
            User(
                issuer=DEMONSTRATION_ISSUER,
                subject=teacher.account,
                display_name=teacher.name,
                password=locked,
                joined_at=joined[teacher.number],
            )
            for teacher in teachers
        ],
        batch_size=_BATCH,
    )
    by_number = {teacher.number: user for teacher, user in zip(teachers, users, strict=True)}
    affiliations = Affiliation.objects.bulk_create(
        [_affiliation(teacher, by_number[teacher.number], schools[teacher.school]) for teacher in teachers],
        batch_size=_BATCH,
    )
    return People(
        users=by_number,
        affiliations={teacher.number: one for teacher, one in zip(teachers, affiliations, strict=True)},
        sections=_store_sections(plan, teachers, by_number, schools),
    )


def _joined(teacher: Teacher, written: Sequence[Written]) -> datetime:
    """Some time before the first review; the same day where the account was made for it."""
    dice = Dice("joined", teacher.account)
    first = written[0].written_at
    return first - (timedelta(minutes=5 + dice.below(90)) if teacher.is_recent else timedelta(days=1 + dice.below(200)))


def _store_schools() -> dict[str, School]:
    has_province = any(field.name == "province" for field in School._meta.get_fields())
    for one in SCHOOLS:
        more = {"province": one.province} if has_province else {}
        School.objects.get_or_create(
            code=one.code,
            defaults={
                "institution_code": one.code[:4],
                "name": one.name,
                "place": one.place,
                "sectors": list(one.sectors),
                "search_key": normal_form(f"{one.code} {one.name} {one.place}"),
                **more,
            },
        )
    return {school.code: school for school in School.objects.filter(code__in=[one.code for one in SCHOOLS])}


def _affiliation(teacher: Teacher, user: User, school: School) -> Affiliation:
    return Affiliation(
        user=user,
        school=school,
        role=AffiliationRole.EMPLOYEE,
        assurance=Assurance.MAIL if teacher.is_by_mail else Assurance.FEDERATION,
        state=AffiliationState.APPROVED,
        asked_at=user.joined_at,
        confirmed_at=user.joined_at,
        decided_at=user.joined_at if teacher.is_by_mail else None,
    )


def _store_sections(
    plan: Plan, teachers: Sequence[Teacher], users: Mapping[int, User], schools: Mapping[str, School]
) -> dict[tuple[str, str], Section]:
    """Sections with their members, the first of whom leads; half of them let their school be named."""
    subjects = {one.code: one for one in Concept.objects.filter(scheme=Scheme.SUBJECT)}
    keys = sorted((school, subject) for school, subject in plan.has_section if subject in subjects)
    members: dict[tuple[str, str], list[Teacher]] = {key: [] for key in keys}
    for teacher in teachers:
        if not teacher.is_recent and (key := (teacher.school, teacher.subject)) in members:
            members[key].append(teacher)
    keys = [key for key in keys if members[key]]
    sections = dict(
        zip(
            keys,
            Section.objects.bulk_create(
                Section(
                    school=schools[school],
                    subject=subjects[subject],
                    created_at=min(users[one.number].joined_at for one in members[school, subject]),
                )
                for school, subject in keys
            ),
            strict=True,
        )
    )
    SectionMember.objects.bulk_create(
        SectionMember(
            section=sections[key],
            user=users[teacher.number],
            role=SectionRole.MEMBER if at else SectionRole.LEAD,
            joined_at=users[teacher.number].joined_at,
        )
        for key in keys
        for at, teacher in enumerate(members[key])
    )
    SectionConsent.objects.bulk_create(
        SectionConsent(section=sections[key], given_at=sections[key].created_at, given_by=users[members[key][0].number])
        for key in keys
        if Dice("consent", *key).chance(0.5)
    )
    return sections


# Reviews


def store_reviews(
    written: Sequence[Written], people: People, rubric: RubricVersion, votes: Mapping[str, int]
) -> list[Review]:
    """In the order of what was planned. votes: public id -> how many found it of use, whose rows are stored apart."""
    abouts = [About(one.title.pk, one.content.edition, one.content.product) for one in written]
    places = places_of(set(abouts))
    reviews = []
    for one, about in zip(written, abouts, strict=True):
        affiliation = people.affiliations[one.teacher.number]
        section = people.section_of(one.teacher)
        place = places[about]
        is_public = one.state != ReviewState.WAITING
        reviews.append(
            Review(
                public_id=one.ref,
                author=people.users[one.teacher.number],
                school_id=affiliation.school_id,
                section=section,
                assurance=affiliation.assurance,
                method_id=about.method,
                shown_method_id=place.method,
                shown_edition_id=place.edition,
                rubric=rubric,
                version=1 + len(one.earlier),
                written_at=one.written_at,
                published_at=one.written_at if is_public else None,
                edited_at=one.edited_at,
                closed_at=one.closed_at,
                removal_reason=one.removal_reason,
                state=one.state,
                total=total_of(one.content.answers.values()),
                helpful_count=votes.get(one.ref, 0),
                **columns_of(one.content),
            )
        )
    Review.objects.bulk_create(reviews, batch_size=_BATCH)
    scores: list[ReviewScore] = []
    versions: list[ReviewVersion] = []
    for one, review in zip(written, reviews, strict=True):
        for score in scores_of(one.content):
            score.review = review
            scores.append(score)
        versions += _versions(one, review)
    ReviewScore.objects.bulk_create(scores, batch_size=5 * _BATCH)
    ReviewVersion.objects.bulk_create(versions, batch_size=_BATCH)
    return reviews


def _versions(one: Written, review: Review) -> list[ReviewVersion]:
    said = [*one.earlier, one.content]
    return [
        ReviewVersion(
            review=review,
            number=number,
            content=content.as_json(),
            words=words_of(content),
            at=one.written_at if number == 1 else (one.edited_at or one.written_at),
        )
        for number, content in enumerate(said, 1)
    ]


def words_of(content: ReviewContent) -> str:
    return normal_form(" ".join(content.texts.values()))
