"""What a person sees first of their own account."""

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from accounts.access import INTEREST_LASTS, ReviewStanding, review_standing
from accounts.models import Affiliation, PublisherMember, SectionMember, User
from accounts.second_factor import owns_second_factor

ENDED_SHOWN = INTEREST_LASTS
"""What ended is shown for a year: so long somebody may wonder why they can no longer do something."""

QUERIES = 10
"""How many questions to the database this is at most, however much there is to tell; five are why one may review."""


@dataclass(frozen=True, slots=True)
class Overview:
    """federation: the name of the one that the person signs in by, or "" for who signs in here."""

    federation: str
    addresses: Sequence[EmailAddress]
    standing: ReviewStanding
    affiliations: Sequence[Affiliation]
    sections: Sequence[SectionMember]
    publishers: Sequence[PublisherMember]
    owns_second_factor: bool


def account_overview(user: User) -> Overview:
    """Everything with the tables that its lines name; see QUERIES."""
    since = timezone.now() - ENDED_SHOWN
    return Overview(
        federation=_federation_of(user),
        addresses=list(EmailAddress.objects.filter(user=user).order_by("-primary", "email")),
        standing=review_standing(user),
        affiliations=list(
            Affiliation.objects.filter(Q(ended_at=None) | Q(ended_at__gte=since), user=user)
            .select_related("school", "school__merged_into")
            .order_by(F("ended_at").desc(nulls_first=True), "-asked_at")
        ),
        sections=list(
            SectionMember.objects.filter(user=user, left_at=None, section__ended_at=None)
            .select_related("section__school", "section__subject")
            .order_by("joined_at", "pk")
        ),
        publishers=list(
            PublisherMember.objects.filter(user=user, ended_at=None).select_related("publisher").order_by("pk")
        ),
        owns_second_factor=owns_second_factor(user),
    )


def _federation_of(user: User) -> str:
    labels = {each["issuer"]: str(each["label"]) for each in settings.FEDERATIONS.values()}
    return "" if user.is_local else labels.get(user.issuer, user.issuer)
