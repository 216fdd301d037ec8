"""Who a list can be of, and what its owner is called."""

from django.utils.translation import gettext as _

from accounts.models import Section, User
from accounts.selectors.sections import own_memberships
from selection.models import MaterialList


def sections_to_own(user: User) -> list[Section]:
    """The sections for which the person may make a list: those that they are in; one query."""
    return [membership.section for membership in own_memberships(user)]


def surviving_section(section: Section) -> Section:
    """The section that this one was merged into in the end; itself where it was not.

    No query for one that stands or was merged once, where read with MaterialListQuerySet.with_owner().
    """
    seen = {section.pk}
    while section.merged_into is not None and section.merged_into_id not in seen:
        section.merged_into.subject = section.subject  # Sections of one subject alone are merged.
        section = section.merged_into
        seen.add(section.pk)
    return section


def section_name(section: Section) -> str:
    """ "Wiskunde, De Esdoorn, Lindedal": of a merged section, the one that goes on."""
    survivor = surviving_section(section)
    return _("%(subject)s, %(school)s") % {"subject": survivor.subject, "school": survivor.school}


def owner_name(material_list: MaterialList) -> str:
    """ "" for one's own list; the section of any other."""
    return section_name(material_list.section) if material_list.section is not None else ""


def public_owner(material_list: MaterialList) -> str:
    """What who has a link is told of the owner: never the name of a person."""
    if material_list.section is None:
        return _("een lijst van een docent")
    return _("een lijst van de vaksectie %(section)s") % {"section": section_name(material_list.section)}
