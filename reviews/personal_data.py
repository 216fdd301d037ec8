"""What this room holds of people: reviews with all that hangs on them, what others say to them, and who moderated."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal_data import Deletion, Ground, Holding, Row, plain, register, rows_of
from reviews.models import (
    Appeal,
    HelpfulVote,
    ModerationEntry,
    PublisherReply,
    Review,
    ReviewDraft,
    ReviewFlag,
    ReviewScore,
    ReviewVersion,
    SectionConsent,
)
from reviews.services.deletion import forget_reviews, lock_reviews

_TELL = _("collega's laten lezen wat u van een methode vindt, en laten weten op welke grond")
_JUDGE = _("beoordelingen eerlijk houden: nagaan wat tegen de regels is, en u kunnen zeggen waarom")
_WITH_THE_REVIEW = _("zolang de beoordeling er is")
_STAYS = _(
    "een gepubliceerde beoordeling blijft als u daarvoor koos: zonder u, uw vaksectie en eerdere versies; alle andere "
    "verdwijnen"
)
_LOG_STAYS = _("het logboek mag niemand wijzigen; dat u het deed, verdwijnt eruit")

_REVIEW = {"review": "review__public_id"}


def _is_about_own(user: User) -> Q:
    """Lines of the log about the person's reviews. A line knows a review by its public id alone."""
    return Q(review_ref__in=Review.objects.filter(author=user).values("public_id"))


def _own_reviews(user: User) -> QuerySet[Review]:
    rows = Review.objects.filter(author=user).order_by("pk")
    return rows.select_related("school", "section__subject", "method", "edition", "product", "rubric")


def _review_rows(user: User) -> Iterator[Row]:
    """As it stands now; what it says is in its newest version, told on its own."""
    names = (
        "public_id", "assurance", "school_year", "after_deletion", "state", "version", "written_at", "published_at",
        "edited_at", "closed_at", "removal_reason", "total", "helpful_count",
    )  # fmt: skip
    for review in _own_reviews(user).iterator(chunk_size=500):
        row = {name: plain(getattr(review, name)) for name in names}
        row["school_code"] = review.school.code
        row["section"] = review.section.subject.code if review.section else None
        row["method"], row["method_name"] = review.method.public_id, review.method.name
        row["edition"] = review.edition.label
        row["product"] = review.product.public_id if review.product else None
        row["rubric"] = review.rubric.version
        yield row


def register_personal_data() -> None:
    register(*_written(), *_said_to_others(), *_moderated())


def _written() -> tuple[Holding, ...]:
    """What a writer makes: reviews, their scores and versions, drafts, and appeals."""
    return (
        Holding(
            key="reviews",
            model=Review,
            name=_("Uw beoordelingen"),
            fields={
                "author": _("u"),
                "school": _("de school waar u het gebruikte"),
                "section": _("uw vaksectie"),
                "assurance": _("hoe zeker was dat u daar werkt"),
                "role": _("uw rol"),
                "body": _("wat u schreef"),
                "interests_text": _("welke belangen u noemde"),
                "shown_as": _("of uw naam erbij staat"),
                "after_deletion": _("wat ermee gebeurt als u uw account verwijdert"),
                "removal_reason": _("waarom een moderator haar weghaalde"),
            },
            purpose=_TELL,
            ground=Ground.CONTRACT,
            kept=_("tot u uw account verwijdert; nog 90 dagen na intrekken, of 180 als er iets over openstond"),
            deletion=Deletion.EMPTIED,
            deletion_note=_STAYS,
            rows=_review_rows,
            forget=forget_reviews,
            lock=lock_reviews,
        ),
        Holding(
            key="review_scores",
            model=ReviewScore,
            name=_("Uw oordelen per onderdeel"),
            fields={"score": _("uw oordeel"), "reason": _("uw reden")},
            purpose=_TELL,
            ground=Ground.CONTRACT,
            kept=_WITH_THE_REVIEW,
            deletion=Deletion.EMPTIED,
            deletion_note=_STAYS,
            rows=rows_of(
                ReviewScore,
                _REVIEW | {"criterion": "criterion", "score": "score", "unscored": "unscored", "reason": "reason"},
                lambda user: Q(review__author=user),
            ),
        ),
        Holding(
            key="review_versions",
            model=ReviewVersion,
            name=_("Wat uw beoordelingen zeggen en eerder zeiden"),
            fields={"content": _("alles wat u invulde"), "words": _("dezelfde woorden, om hun herhaling te vinden")},
            purpose=_("laten zien dat een beoordeling is gewijzigd, en moderators laten nagaan wat er stond"),
            ground=Ground.LEGITIMATE,
            kept=_WITH_THE_REVIEW,
            deletion=Deletion.EMPTIED,
            deletion_note=_("van een beoordeling die blijft, blijft alleen de nieuwste versie, zonder uw school"),
            rows=rows_of(
                ReviewVersion,
                _REVIEW | {"number": "number", "at": "at", "content": "content"},
                lambda user: Q(review__author=user),
            ),
        ),
        Holding(
            key="review_drafts",
            model=ReviewDraft,
            name=_("Uw concepten van beoordelingen"),
            fields={"author": _("u"), "fields": _("wat u al intypte")},
            purpose=_("bewaren wat u schrijft tot u het publiceert"),
            ground=Ground.CONTRACT,
            kept=_("tot u het publiceert of weggooit; een jaar nadat u er het laatst aan schreef"),
            deletion=Deletion.ERASED,
            rows=rows_of(
                ReviewDraft,
                {
                    "method": "method__public_id",
                    "product": "product__public_id",
                    "review": "review__public_id",
                    "fields": "fields",
                    "created_at": "created_at",
                    "updated_at": "updated_at",
                },
                lambda user: Q(author=user),
            ),
        ),
        Holding(
            key="review_appeals",
            model=Appeal,
            name=_("Uw beroep tegen het weghalen van een beoordeling"),
            fields={"text": _("waarom u in beroep ging"), "answer": _("wat u werd geantwoord")},
            purpose=_JUDGE,
            ground=Ground.CONTRACT,
            kept=_WITH_THE_REVIEW,
            deletion=Deletion.ERASED,
            rows=rows_of(
                Appeal,
                _REVIEW
                | {
                    "version": "version",
                    "text": "text",
                    "at": "at",
                    "state": "state",
                    "answer": "answer",
                    "decided_at": "decided_at",
                },
                lambda user: Q(review__author=user),
            ),
        ),
    )


def _said_to_others() -> tuple[Holding, ...]:
    """What somebody says to the reviews of others, and in the name of others."""
    return (
        Holding(
            key="helpful_votes",
            model=HelpfulVote,
            name=_("Welke beoordelingen u nuttig vond"),
            fields={"user": _("u"), "at": _("wanneer")},
            purpose=_("lezers tonen hoeveel collega's iets aan een beoordeling hadden"),
            ground=Ground.CONTRACT,
            kept=_("tot u het terugneemt, of uw account verwijdert"),
            deletion=Deletion.ERASED,
            rows=rows_of(HelpfulVote, _REVIEW | {"at": "at"}, lambda user: Q(user=user)),
        ),
        Holding(
            key="review_flags",
            model=ReviewFlag,
            name=_("Wat u over beoordelingen meldde"),
            fields={"user": _("u"), "reason": _("wat er was"), "text": _("uw toelichting")},
            purpose=_JUDGE,
            ground=Ground.LEGITIMATE,
            kept=_("zolang de beoordeling er is waar het over gaat"),
            deletion=Deletion.EMPTIED,
            deletion_note=_("de melding blijft voor de moderators; dat zij van u kwam, verdwijnt"),
            rows=rows_of(
                ReviewFlag,
                _REVIEW
                | {
                    "is_of_reply": "is_of_reply",
                    "version": "version",
                    "reason": "reason",
                    "text": "text",
                    "at": "at",
                    "state": "state",
                    "decided_at": "decided_at",
                },
                lambda user: Q(user=user),
            ),
        ),
        Holding(
            key="publisher_replies",
            model=PublisherReply,
            name=_("Antwoorden die u namens een uitgever schreef"),
            fields={"author": _("u"), "text": _("het antwoord")},
            purpose=_("lezers ook laten lezen wat de uitgever ervan zegt"),
            ground=Ground.CONTRACT,
            kept=_("zolang de beoordeling er is waar het op antwoordt"),
            deletion=Deletion.EMPTIED,
            deletion_note=_("het antwoord is van de uitgever en blijft; dat u het schreef, verdwijnt"),
            rows=rows_of(
                PublisherReply,
                _REVIEW
                | {
                    "publisher": "publisher__name",
                    "text": "text",
                    "answered_version": "answered_version",
                    "written_at": "written_at",
                    "edited_at": "edited_at",
                    "removed_at": "removed_at",
                    "removal_reason": "removal_reason",
                },
                lambda user: Q(author=user),
            ),
        ),
        Holding(
            key="section_consents",
            model=SectionConsent,
            name=_("Dat u als voorzitter de schoolnaam bij beoordelingen toestond"),
            fields={"given_by": _("u"), "given_at": _("wanneer")},
            purpose=_("kunnen nagaan wie dat namens de vaksectie toestond"),
            ground=Ground.LEGITIMATE,
            kept=_("tot de vaksectie het intrekt"),
            deletion=Deletion.EMPTIED,
            deletion_note=_("de toestemming is van de vaksectie en blijft; dat u haar gaf, verdwijnt"),
            rows=rows_of(
                SectionConsent,
                {
                    "school_code": "section__school__code",
                    "subject": "section__subject__code",
                    "given_at": "given_at",
                },
                lambda user: Q(given_by=user),
            ),
        ),
    )


def _moderated() -> tuple[Holding, ...]:
    """What the log says: of a writer's reviews, and of who moderated."""
    about = {"at": "at", "action": "action", "review": "review_ref", "version": "version", "reason": "reason"}
    return (
        Holding(
            key="moderation_of_reviews",
            model=ModerationEntry,
            name=_("Wat moderators met uw beoordelingen deden"),
            fields={"review_ref": _("welke beoordeling"), "reason": _("de reden")},
            purpose=_JUDGE,
            ground=Ground.LEGITIMATE,
            kept=_("zolang de catalogus bestaat"),
            deletion=Deletion.EMPTIED,
            deletion_note=_(
                "er staat geen naam of tekst van u in; het kenmerk van de beoordeling leidt niet meer naar u"
            ),
            rows=rows_of(ModerationEntry, about, _is_about_own),
        ),
        Holding(
            key="moderation",
            model=ModerationEntry,
            name=_("Wat u als moderator deed"),
            fields={"actor": _("u"), "reason": _("uw reden")},
            purpose=_JUDGE,
            ground=Ground.LEGITIMATE,
            kept=_("zolang de catalogus bestaat"),
            deletion=Deletion.EMPTIED,
            is_of_editors=True,
            deletion_note=_LOG_STAYS,
            rows=rows_of(ModerationEntry, about | {"method": "method__public_id"}, lambda user: Q(actor=user)),
        ),
    )
