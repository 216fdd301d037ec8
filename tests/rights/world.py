"""One small world: two schools, their sections, two publishers, and what belongs to each."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Assurance,
    Invitation,
    InvitationKind,
    PersonalToken,
    PublisherMember,
    PublisherRole,
    School,
    Section,
    SectionMember,
    SectionRole,
    User,
)
from catalogus.models import Concept, Method, Product, Publisher, Scheme
from catalogus.vocabulary import Vocabulary
from ingest.models import DataReport, Harvest, HarvestState, Record, Remap, Source
from ingest.services.reports import report_fault
from ingest.services.sources import register_source
from ingest.services.store import store_records
from reviews.models import ModerationAction, Review, ReviewState
from reviews.services.holding import log
from selection.models import DigestLetter, MaterialList, SavedSearch
from tests.accounts.tokens import make_token
from tests.factories import make_method, make_product, make_publisher, make_school, valid_ean
from tests.ingest.entries import raw_record
from tests.review_support import make_review


@dataclass(frozen=True)
class World:
    """`school`, `section` and `publisher` are those of the roles; `other_…` are somebody else's.

    The reviews are a colleague's, of the publisher's product and two methods more.
    """

    school: School
    other_school: School
    section: Section
    other_section: Section
    asks_here: Affiliation
    asks_elsewhere: Affiliation
    known_by_mail: Affiliation
    colleague: SectionMember
    other_colleague: SectionMember
    leaderless: Section
    section_invitation: Invitation
    publisher_invitation: Invitation
    publisher: Publisher
    other_publisher: Publisher
    others_member: PublisherMember
    product: Product
    other_product: Product
    record: Record
    nobodys_record: Record
    source: Source
    one_pass: Harvest
    running: Harvest
    held: Harvest
    remap: Remap
    report: DataReport
    others_token: PersonalToken
    others_search: SavedSearch
    others_letter: DigestLetter
    others_list: MaterialList
    sections_list: MaterialList
    other_sections_list: MaterialList
    review: Review
    waiting_review: Review
    removed_review: Review


def make_world() -> World:
    school, other_school = make_school("99AA", "De Esdoorn"), make_school("99BB", "Het Baken")
    subject = _subject("wiskunde")
    section = Section.objects.create(school=school, subject=subject)
    other_section = Section.objects.create(school=other_school, subject=subject)
    publisher, other_publisher = make_publisher(name="De Linde"), make_publisher(name="De Es")
    source = register_source(code="bron", name="Een bron", url="https://bron.example/sru")
    other_source = register_source(code="andere", name="Een andere bron", url="https://andere.example/sru")
    one_pass = _make_pass(source, HarvestState.COMPLETE)
    raws = [raw_record("b:1", {"ProductId": valid_ean(1)}), raw_record("b:2", without=("Publisher",))]
    store_records(source=source, harvest=one_pass, raws=raws, vocabulary=Vocabulary.load())
    product = Product.objects.get(ean=valid_ean(1))
    Product.objects.filter(pk=product.pk).update(publisher=publisher)
    Method.objects.filter(pk=product.method_id).update(publisher=publisher)
    Record.objects.filter(identifier="b:1").update(publisher=publisher)
    now = timezone.now()
    colleague = _member(section, SectionRole.MEMBER)
    reviews = _reviews(product, publisher, colleague.user)
    return World(
        school=school,
        other_school=other_school,
        section=section,
        other_section=other_section,
        asks_here=_asks(school),
        asks_elsewhere=_asks(other_school),
        known_by_mail=Affiliation.objects.create(
            user=User.objects.create_user(),
            school=school,
            role=AffiliationRole.EMPLOYEE,
            assurance=Assurance.MAIL,
            state=AffiliationState.APPROVED,
            decided_at=now,
        ),
        colleague=colleague,
        other_colleague=_member(section, SectionRole.LEAD),
        leaderless=Section.objects.create(school=school, subject=_subject("engels")),
        section_invitation=_invitation(kind=InvitationKind.SECTION, section=section, role=SectionRole.MEMBER),
        publisher_invitation=_invitation(kind=InvitationKind.PUBLISHER, publisher=publisher, role=PublisherRole.READER),
        publisher=publisher,
        other_publisher=other_publisher,
        others_member=PublisherMember.objects.create(
            user=User.objects.create_user(), publisher=publisher, role=PublisherRole.READER
        ),
        product=product,
        other_product=make_product(),
        record=Record.objects.get(identifier="b:1"),
        nobodys_record=Record.objects.get(identifier="b:2"),
        source=source,
        one_pass=one_pass,
        running=_make_pass(other_source, HarvestState.RUNNING),
        held=_make_pass(source, HarvestState.HELD, held=1),
        report=report_fault(about=product, kind="title", text="De titel is anders."),
        remap=Remap.objects.create(state="complete", started_at=now, heartbeat_at=now, finished_at=now),
        others_token=make_token(User.objects.create_user()),
        others_search=(search := SavedSearch.objects.create(user=User.objects.create_user(), name="Van een ander")),
        others_letter=DigestLetter.objects.create(user=search.user, new_total=1, changed_total=0),
        others_list=MaterialList.objects.create(
            user=search.user, public_id="vaneenander", name="Van een ander", is_shared=True, share_number=1
        ),
        sections_list=MaterialList.objects.create(section=section, public_id="vandesectie", name="Van de sectie"),
        other_sections_list=MaterialList.objects.create(
            section=other_section, public_id="vaneenandere", name="Van een andere sectie"
        ),
        review=reviews[ReviewState.PUBLISHED],
        waiting_review=reviews[ReviewState.WAITING],
        removed_review=reviews[ReviewState.REMOVED],
    )


def _reviews(product: Product, publisher: Publisher, author: User) -> dict[ReviewState, Review]:
    """One of each, of methods of the publisher."""
    published = make_review(product.method, author=author, product=product)
    waiting, removed = (make_review(make_method(publisher=publisher), author=author) for _number in range(2))
    waiting.state = ReviewState.WAITING
    removed.state, removed.closed_at, removed.removal_reason = ReviewState.REMOVED, timezone.now(), "Een naam."
    for review in (waiting, removed):
        review.save()
    log(ModerationAction.REMOVED, review=removed, reason="Een naam.")
    return {ReviewState.PUBLISHED: published, ReviewState.WAITING: waiting, ReviewState.REMOVED: removed}


def _subject(code: str) -> Concept:
    return Concept.objects.get(scheme=Scheme.SUBJECT, code=code)


def _invitation(**fields: Any) -> Invitation:
    return Invitation.objects.create(
        email="genodigd@esdoorn.example", expires_at=timezone.now() + timedelta(days=1), **fields
    )


def _asks(school: School) -> Affiliation:
    return Affiliation.objects.create(
        user=User.objects.create_user(),
        school=school,
        role=AffiliationRole.AFFILIATE,
        assurance=Assurance.FEDERATION,
        state=AffiliationState.PENDING,
    )


def _member(section: Section, role: SectionRole) -> SectionMember:
    user = User.objects.create_user(display_name="Collega")
    Affiliation.objects.create(
        user=user,
        school=section.school,
        role=AffiliationRole.EMPLOYEE,
        assurance=Assurance.FEDERATION,
        state=AffiliationState.APPROVED,
    )
    return SectionMember.objects.create(section=section, user=user, role=role)


def _make_pass(source: Source, state: str, **fields: object) -> Harvest:
    now = timezone.now()
    is_ended = state not in HarvestState.open()
    defaults = {"started_at": now, "heartbeat_at": now, "finished_at": now if is_ended else None}
    return Harvest.objects.create(source=source, state=state, **(defaults | fields))
