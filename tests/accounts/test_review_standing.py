"""Who may review and why not: the page and the rule say the same."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.access import ReviewStanding, may_review, review_standing
from accounts.models import Affiliation, PublisherMember
from tests.accounts.traces import make_person, make_school
from tests.factories import make_publisher

pytestmark = pytest.mark.django_db

PENDING = {"state": "pending", "role": "affiliate"}
APPROVED = {"state": "approved", "role": "employee"}
PUPIL = {"state": "approved", "role": "student"}
REFUSED = {"state": "refused", "role": "employee"}
LEFT = {"state": "ended", "role": "employee", "end_reason": "left"}
MERGED = {"state": "ended", "role": "employee", "end_reason": "school"}
CLOSED = {"is_closed": True}
PUBLISHER, GONE_PUBLISHER = {"publisher": "now"}, {"publisher": "left"}


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ([], ReviewStanding.UNKNOWN),
        ([APPROVED], ReviewStanding.ALLOWED),
        ([APPROVED, PENDING], ReviewStanding.ALLOWED),
        ([APPROVED, GONE_PUBLISHER], ReviewStanding.ALLOWED),
        ([APPROVED, APPROVED | CLOSED], ReviewStanding.ALLOWED),
        ([PUPIL], ReviewStanding.PUPIL),
        ([APPROVED, PUPIL], ReviewStanding.PUPIL),
        ([PUPIL, PUBLISHER], ReviewStanding.PUPIL),
        ([PUBLISHER], ReviewStanding.PUBLISHER),
        ([APPROVED, PUBLISHER], ReviewStanding.PUBLISHER),
        ([PENDING], ReviewStanding.WAITING),
        ([PENDING, APPROVED | CLOSED], ReviewStanding.WAITING),
        ([PENDING | CLOSED], ReviewStanding.SCHOOL_ENDED),
        ([APPROVED | CLOSED], ReviewStanding.SCHOOL_ENDED),
        ([MERGED], ReviewStanding.SCHOOL_ENDED),
        ([REFUSED], ReviewStanding.UNKNOWN),
        ([REFUSED | CLOSED], ReviewStanding.UNKNOWN),
        ([LEFT], ReviewStanding.UNKNOWN),
    ],
)
def test_standing(facts, standing):
    person = make_person()
    for number, fact in enumerate(facts):
        fields = dict(fact)
        if membership := fields.pop("publisher", None):
            member = PublisherMember.objects.create(user=person, publisher=make_publisher())
            if membership == "left":
                member.ended_at = timezone.now()
                member.save()
            continue
        closed = {"ended_on": date(2026, 8, 1)} if fields.pop("is_closed", False) else {}
        ended = {"ended_at": timezone.now()} if fields["state"] == "ended" else {}
        school = make_school(f"99A{chr(ord('A') + number)}", **closed)
        decided = {"decided_at": timezone.now(), "assurance": "federation"}
        Affiliation.objects.create(user=person, school=school, **decided, **ended, **fields)
    assert review_standing(person) is standing
    assert may_review(person) == (standing is ReviewStanding.ALLOWED)


def test_who_is_nobody_here():
    for visitor in (AnonymousUser(), make_person(is_active=False)):
        assert review_standing(visitor) is ReviewStanding.NOT_SIGNED_IN
        assert not may_review(visitor)
