"""A section's lead lets the school be named with reviews of its members, or takes that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Section, User
from reviews.access import may_let_school_be_named
from reviews.exceptions import ReviewNotAllowed
from reviews.models import SectionConsent


@transaction.atomic
def set_section_consent(*, actor: User, section: Section, is_given: bool) -> bool:
    """Whether that changed anything. Raises ReviewNotAllowed for who does not lead the section."""
    # A lead who hands over meanwhile, or ends the section, is before this or after it.
    section = Section.objects.select_for_update(no_key=True).get(pk=section.pk)
    if not may_let_school_be_named(actor, section):
        raise ReviewNotAllowed(_("Of de school genoemd wordt, beslist een voorzitter van de vaksectie."))
    if is_given:
        _consent, is_new = SectionConsent.objects.get_or_create(section=section, defaults={"given_by": actor})
        return is_new
    gone, _rows = SectionConsent.objects.filter(section=section).delete()
    return gone > 0
