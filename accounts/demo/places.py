"""Stores the demonstration's schools and sections, and finds the publisher whose people it invents."""

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.demo.people import SCHOOLS, DemoSection
from accounts.exceptions import DemonstrationRefused
from accounts.models import DEMONSTRATION_ISSUER, School, SchoolDomain, Section
from catalogus.models import Concept, Publisher, Scheme
from catalogus.naming import normal_form


def load_schools() -> dict[str, School]:
    stored: dict[str, School] = {}
    for school in SCHOOLS:
        ended_on = timezone.localdate() if school.merged_into else None
        known, _is_new = School.objects.get_or_create(
            code=school.code,
            defaults={
                "institution_code": school.code[:4],
                "name": school.name,
                "place": school.place,
                "province": school.province,
                "sectors": list(school.sectors),
                "search_key": normal_form(f"{school.code} {school.name} {school.place}"),
                "ended_on": ended_on,
                "merged_into": stored.get(school.merged_into),
            },
        )
        if not known.province:
            # Of a demonstration from before provinces were kept.
            known.province = school.province
            known.save(update_fields=["province"])
        if known.is_institution and known.is_open:
            SchoolDomain.objects.get_or_create(school=known, domain=school.domain)
        stored[school.code] = known
    return stored


def load_section(section: DemoSection, schools: dict[str, School]) -> Section:
    subject = Concept.objects.filter(scheme=Scheme.SUBJECT, code=section.subject).first()
    if subject is None:
        raise DemonstrationRefused(
            _("Het vak “%(subject)s” is er niet: laad eerst de begrippenlijsten met `manage.py seed`.")
            % {"subject": section.subject}
        )
    return Section.objects.get_or_create(school=schools[section.school], subject=subject, ended_at=None)[0]


def largest_publisher() -> Publisher | None:
    """The one with the most products, or whom the demonstration's people speak for already: a harvest moves nobody."""
    chosen = Publisher.objects.filter(members__user__issuer=DEMONSTRATION_ISSUER, members__ended_at=None).first()
    if chosen is not None:
        return chosen
    found = Publisher.objects.filter(merged_into=None).annotate(size=Count("products")).order_by("-size", "pk")
    return found.filter(size__gt=0).first()
