"""A person of whom something stands in every table that may hold it, and a search for them through all of it."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import (
    Affiliation,
    Invitation,
    MailChoice,
    OutgoingMail,
    PublisherMember,
    School,
    Section,
    SectionMember,
    User,
)
from catalogus.models import Concept, Correction, Edit, ProductVersion
from ingest.models import DataReport, Harvest, Source, Suggestion
from selection.models import DigestLetter, DigestProgress, ListItem, MaterialList, SavedSearch
from tests.accounts.review_traces import leave_traces_in_reviews
from tests.accounts.tokens import make_token
from tests.factories import make_product, make_publisher

NUMBER = 987_654_321
NAME = "Zonnebloem Kwikstaart"
OLD_NAME = "Madelief Kwikstaart"
ADDRESS = "zonnebloem@school.example"
UNPROVEN = "kwikstaart@elders.example"
SUBJECT = "kenmerk-van-zonnebloem"
IP = "203.0.113.77"
BROWSER = "Zonnebrowser/1.0"
TRACES = (str(NUMBER), NAME, OLD_NAME, "Kwikstaart", ADDRESS, UNPROVEN, SUBJECT, IP, BROWSER)


def make_school(code: str = "99AA", **fields: Any) -> School:
    named = {"institution_code": code[:4], "name": f"School {code}", "search_key": f"school {code}"}
    return School.objects.create(code=code, **(named | fields))


def make_section(school: School | None = None) -> Section:
    subject = Concept.objects.filter(scheme="subject")[0]
    return Section.objects.create(school=school or make_school(), subject=subject)


def make_person(**fields: Any) -> User:
    return User.objects.create_user(**fields)


def make_known_person(**fields: Any) -> User:
    """Somebody who did everything here that leaves a trace, under this name and an older one."""
    named = {
        "pk": NUMBER,
        "issuer": "https://federatie.example",
        "subject": SUBJECT,
        "display_name": NAME,
        "email": ADDRESS,
        "is_staff": True,
    }
    person = make_person(**(named | fields))
    other = make_person(sign_in_name="een-ander")
    _leave_traces_in_accounts(person, other)
    _leave_traces_in_sign_in(person, other)
    _leave_traces_in_history(person)
    _leave_traces_in_selection(person)
    leave_traces_in_reviews(person, other, NAME)
    return person


def visit_of(person: User) -> Client:
    """A browser in which the person is signed in, by a way that leaves no UserSession."""
    client = Client()
    client.force_login(person)
    return client


def tables_that_tell(*traces: str) -> set[str]:
    """The tables in which any column of any row holds one of these, whatever its case; sessions are read first."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            quoted = connection.ops.quote_name(table)
            conditions = " OR ".join(["r::text ILIKE %s"] * len(traces))
            cursor.execute(f"SELECT 1 FROM {quoted} r WHERE {conditions} LIMIT 1", [f"%{each}%" for each in traces])
            if cursor.fetchone():
                found.add(table)
    sessions = " ".join(str(session.get_decoded()) for session in Session.objects.all()).lower()
    if any(each.lower() in sessions for each in traces):
        found.add("django_session")
    return found


def _leave_traces_in_accounts(person: User, other: User) -> None:
    school, publisher = make_school(), make_publisher()
    section = make_section(school)
    person.groups.add(Group.objects.create(name="redactie"))
    person.user_permissions.add(Permission.objects.order_by("pk")[0])
    known = {"role": "employee", "assurance": "federation", "state": "approved"}
    Affiliation.objects.create(user=person, school=school, **known)
    Affiliation.objects.create(user=other, school=school, decided_by=person, decided_at=timezone.now(), **known)
    SectionMember.objects.create(section=section, user=person, role="lead")
    SectionMember.objects.create(section=section, user=other)
    PublisherMember.objects.create(user=person, publisher=publisher)
    later = timezone.now() + timedelta(days=14)
    to_section = {"kind": "section", "section": section, "role": "member", "expires_at": later}
    Invitation.objects.create(email=ADDRESS, **to_section)
    Invitation.objects.create(email=ADDRESS, accepted_at=timezone.now(), accepted_by=person, **to_section)
    Invitation.objects.create(email="ander@school.example", invited_by=person, **to_section)
    MailChoice.objects.create(user=person, kind="section-changed", is_wanted=False)
    make_token(person, name=f"Programma van {NAME}")
    OutgoingMail.objects.create(user=person, kind="decided")
    OutgoingMail.objects.create(email=ADDRESS, kind="invitation")
    OutgoingMail.objects.create(email="ander@school.example", kind="invitation")


def _leave_traces_in_sign_in(person: User, other: User) -> None:
    EmailAddress.objects.create(user=person, email=ADDRESS, verified=True, primary=True)
    EmailAddress.objects.create(user=person, email=UNPROVEN)
    SocialAccount.objects.create(user=person, provider="entree", uid="a1b2c3", extra_data={"sub": SUBJECT})
    Authenticator.objects.create(user=person, type="totp", data={"secret": "GEHEIM-VAN-APP"})
    Authenticator.objects.create(user=person, type="recovery_codes", data={"seed": "GEHEIM-VAN-CODES"})
    session = visit_of(person).session
    UserSession.objects.create(user=person, ip=IP, session_key=session.session_key, user_agent=BROWSER)
    users = ContentType.objects.get_for_model(User)
    logged = {"action_flag": CHANGE, "content_type": users}
    LogEntry.objects.create(user=person, object_id=str(other.pk), object_repr=str(other), **logged)
    LogEntry.objects.create(
        user=other, object_id=str(person.pk), object_repr=str(person), change_message=NAME, **logged
    )


def _leave_traces_in_history(person: User) -> None:
    now = timezone.now()
    today, once = person.actor_name, f"{OLD_NAME} {person.actor_mark}"
    product = make_product()
    told = {"reason": "Zo is het.", "at": now}
    for actor in (today, once):
        Edit.objects.create(
            kind="lock_method", summary="vastgezet", actor=actor, undone_by=actor, undone_at=now, **told
        )
        ProductVersion.objects.create(product=product, kind="changed", cause="editor", actor=actor, **told)
    Correction.objects.create(product=product, field="title", value="T", actor=once, **told)
    Suggestion.objects.create(
        scheme="subject", key="x", text="x", state="dismissed", decided_by=today,
        decided_at=now, first_seen_at=now, counted_at=now,
    )  # fmt: skip
    reported = {"product": product, "kind": "price", "text": "De prijs is verouderd.", "created_at": now}
    DataReport.objects.create(reply_email=ADDRESS, **reported)
    DataReport.objects.create(state="handled", handled_at=now, handled_by=once, **reported)
    source = Source.objects.create(code="bron", name="Bron", url="https://bron.example/sru")
    for actor, message in ((today, "{} ging akkoord met het terugtrekken."), (once, "Gestopt door {}.")):
        Harvest.objects.create(
            source=source, state="complete", started_at=now, heartbeat_at=now, finished_at=now,
            stop_requested_by=actor, message=message.format(actor),
        )  # fmt: skip


def _leave_traces_in_selection(person: User) -> None:
    search = SavedSearch.objects.create(user=person, name=f"Van {NAME}", query="q=wiskunde")
    DigestProgress.objects.create(user=person)
    items = [{"product": 1, "searches": [search.pk], "changes": None}]
    DigestLetter.objects.create(user=person, items=items, new_total=1, changed_total=0)
    own = MaterialList.objects.create(user=person, public_id="eigen", name=f"Lijst van {NAME}")
    of_section = MaterialList.objects.create(section=Section.objects.get(), public_id="sectie", name="Van ons")
    product = make_product()
    ListItem.objects.create(list=own, product=product, place=1, note=f"{NAME} kijkt ernaar")
    ListItem.objects.create(list=of_section, product=product, place=1, added_by=person)
