"""Who wrote a review, as its writer chose it, and never more than that."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import Assurance
from catalogus import labels
from catalogus.models import Scheme
from reviews.models import Review, ReviewerRole, ShownAs
from reviews.selectors.provinces import is_province_shown

AUTHOR_RELATIONS = ("author", "school", "section__school", "section__review_consent")
"""What these functions read of a review, for select_related."""

_ROLES: Mapping[str, str | Promise] = {
    ReviewerRole.TEACHER: gettext_lazy("docent"),
    ReviewerRole.SUPPORT: gettext_lazy("onderwijsassistent of ondersteuner"),
    ReviewerRole.COORDINATOR: gettext_lazy("coördinator of schoolleider"),
    ReviewerRole.OTHER: gettext_lazy("medewerker van een school"),
}
_ROLES_OF_MANY = frozenset({ReviewerRole.TEACHER, ReviewerRole.SUPPORT})

_ASSURANCES: Mapping[str, str | Promise] = {
    Assurance.FEDERATION: gettext_lazy("Dat de schrijver op een school werkt, is door die school zelf bevestigd."),
    Assurance.MAIL: gettext_lazy("Dat de schrijver op een school werkt, blijkt uit een e-mailadres van die school."),
}


def shown_author(review: Review) -> str:
    """The name, or "docent wiskunde, vo, Overijssel"; the province only where there are many who it may be.

    Of who deleted their account nothing is told but what the use says: no name and no region.
    """
    if review.shown_as == ShownAs.NAME and review.author is not None and review.author.display_name.strip():
        return review.author.display_name.strip()
    role = str(_ROLES[review.role])
    subject = _subject(review.subject)
    who = f"{role} {subject}" if subject and review.role == ReviewerRole.TEACHER else role
    beside = subject if subject and review.role != ReviewerRole.TEACHER else ""
    province = review.school.province if _may_tell_province(review) else ""
    return ", ".join(part for part in (who, beside, review.sector, province) if part)


def _may_tell_province(review: Review) -> bool:
    """A school has one head and one person for the ICT: of these the province is never told."""
    return (
        review.author_id is not None
        and review.role in _ROLES_OF_MANY
        and is_province_shown(review.school.province, review.sector)
    )


def shown_school(review: Review) -> str:
    """The school's name and place where the writer chose so and their section agrees, as both stand now; else ""."""
    section = review.section
    if not review.names_school or review.author_id is None or section is None or section.ended_at is not None:
        return ""
    if not hasattr(section, "review_consent"):
        return ""
    # The consent is of the section's own school.
    return str(section.school) if section.school_id == review.school_id else ""


def assurance_note(review: Review) -> str:
    """A sentence: how it is known that the writer works at a school."""
    return str(_ASSURANCES[review.assurance])


def _subject(code: str) -> str:
    """Its name as it stands within a sentence: "wiskunde A", "Engels", "ICT"; "" for none."""
    label = labels.concept_label(Scheme.SUBJECT, code) if code else ""
    keeps = code in _LANGUAGES or label[1:2].isupper()
    return label if keeps else label[:1].lower() + label[1:]


_LANGUAGES = frozenset(
    {
        "nederlands", "nt2", "nederlandse-gebarentaal", "fries", "engels", "duits", "frans", "spaans", "italiaans",
        "russisch", "turks", "arabisch", "chinees", "portugees", "papiaments", "latijn", "grieks",
    }
)  # fmt: skip
"""Subjects whose names are written with a capital everywhere."""
