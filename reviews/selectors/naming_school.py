"""Whether a writer may let their school be named with a review: where a section of theirs there agreed."""

from dataclasses import dataclass

from accounts.models import School, Section, SectionMember, SectionRole, User


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


def is_school_named(user: User, school: School, subject: str) -> bool:
    """Whether a review of the writer's use there names the school: as services.publishing finds its section."""
    naming = school_naming(user)
    there = [one for one in (*naming.agreed, *naming.others) if one.school_id == school.pk]
    own = next((one for one in there if one.subject.code == subject), there[0] if there else None)
    return own is not None and own in naming.agreed
