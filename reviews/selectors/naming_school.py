"""Whether a writer may let their school be named with a review: where a section of theirs there agreed."""

from dataclasses import dataclass

from accounts.models import School, Section, SectionMember, SectionRole, User
from accounts.selectors.schools import school_that_goes_on


@dataclass(frozen=True, slots=True)
class SchoolNaming:
    """agreed: sections of the writer that let their school be named; others: their other sections; led: of those, what
    the writer leads, and could agree for."""

    agreed: tuple[Section, ...]
    others: tuple[Section, ...]
    led: tuple[Section, ...]


def school_naming(user: User) -> SchoolNaming:
    """One query."""
    members = (
        SectionMember.objects.filter(user=user, left_at=None, section__ended_at=None)
        .select_related("section__school", "section__subject", "section__review_consent")
        .order_by("pk")
    )
    agreed = [member.section for member in members if hasattr(member.section, "review_consent")]
    others = [member for member in members if not hasattr(member.section, "review_consent")]
    return SchoolNaming(
        agreed=tuple(agreed),
        others=tuple(member.section for member in others),
        led=tuple(member.section for member in others if member.role == SectionRole.LEAD),
    )


def section_at(user: User, school: School, subject: str) -> Section | None:
    """The section that the person is of at this school, or at what it merged into: that of the subject, else any."""
    mine = SectionMember.objects.filter(
        user=user, left_at=None, section__ended_at=None, section__school__in=[school, school_that_goes_on(school)]
    ).select_related("section__subject", "section__review_consent")
    sections = [member.section for member in mine]
    return next((one for one in sections if one.subject.code == subject), sections[0] if sections else None)


def is_school_named(user: User, school: School, subject: str) -> bool:
    """Whether a review of the writer's use there names the school."""
    own = section_at(user, school, subject)
    return own is not None and own.school_id == school.pk and hasattr(own, "review_consent")
