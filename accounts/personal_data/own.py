"""What this room holds of people in its own tables."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Affiliation,
    Invitation,
    MailChoice,
    OutgoingMail,
    PersonalToken,
    PublisherMember,
    SectionMember,
    User,
)
from accounts.personal_data.registry import Deletion, Ground, Holding, Row, plain, register, rows_of
from accounts.selectors.people import proven_addresses


def _account_rows(user: User) -> Iterator[Row]:
    names = (
        "issuer",
        "subject",
        "sign_in_name",
        "email",
        "display_name",
        "language",
        "is_staff",
        "is_moderator",
        "is_superuser",
        "is_active",
        "joined_at",
        "last_login",
    )
    row = {name: plain(getattr(user, name)) for name in names}
    row["has_password"] = user.has_usable_password()
    row["groups"] = plain(user.groups.order_by("name").values_list("name", flat=True))
    permissions = user.user_permissions.order_by("content_type__app_label", "codename")
    row["permissions"] = plain(permissions.values_list("codename", flat=True))
    yield row


def _forget_invitations(user: User) -> None:
    """The address goes from all letters to it; those that are open can be used no more.

    By proven addresses alone: anybody can type another's.
    """
    sent = Invitation.objects.filter(email__in=proven_addresses(user))
    sent.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    sent.update(email="")
    Invitation.objects.filter(accepted_by=user).update(email="")


def _is_for(user: User) -> Q:
    return Q(user=user) | Q(email__in=proven_addresses(user))


def _forget_mail(user: User) -> None:
    OutgoingMail.objects.filter(_is_for(user)).delete()


def register_own() -> None:
    register(
        Holding(
            key="account",
            model=User,
            name=_("Uw account"),
            fields={
                "issuer": _("wie u kent: wij, of de federatie van uw school"),
                "subject": _("het kenmerk waaronder die u kent"),
                "sign_in_name": _("aanmeldnaam, als een beheerder die gaf"),
                "email": _("e-mailadres"),
                "display_name": _("weergavenaam"),
                "language": _("taal"),
                "password": _("versleutelde controle op uw wachtwoord"),
                "is_staff": _("rechten"),
                "joined_at": _("wanneer het account is gemaakt"),
                "last_login": _("wanneer u zich het laatst aanmeldde"),
            },
            purpose=_("u herkennen als u zich aanmeldt, en u laten zien zoals u wilt heten"),
            ground=Ground.CONTRACT,
            kept=_("tot u het verwijdert; 30 dagen als u nooit een e-mailadres bevestigt"),
            deletion=Deletion.ERASED,
            rows=_account_rows,
        ),
        Holding(
            key="affiliations",
            model=Affiliation,
            name=_("Waar u werkt of leert"),
            fields={
                "user": _("u"),
                "school": _("school"),
                "role": _("rol"),
                "assurance": _("hoe zeker dat is"),
                "state": _("of het is bevestigd"),
                "reason": _("de reden van een besluit daarover"),
            },
            purpose=_("weten of u mag beoordelen en bij welke school u hoort"),
            ground=Ground.CONTRACT,
            kept=_("zolang u er werkt; 2 jaar nadat het is beëindigd of afgewezen"),
            deletion=Deletion.ERASED,
            rows=rows_of(
                Affiliation,
                {
                    "school_code": "school__code",
                    "school_name": "school__name",
                    "role": "role",
                    "assurance": "assurance",
                    "state": "state",
                    "reason": "reason",
                    "asked_at": "asked_at",
                    "confirmed_at": "confirmed_at",
                    "decided_at": "decided_at",
                    "ended_at": "ended_at",
                    "end_reason": "end_reason",
                },
                lambda user: Q(user=user),
            ),
        ),
        Holding(
            key="affiliation_decisions",
            model=Affiliation,
            name=_("Besluiten van u over anderen"),
            fields={"decided_by": _("dat u besloot of een ander bij een school hoort")},
            purpose=_("kunnen nagaan wie een besluit nam"),
            ground=Ground.LEGITIMATE,
            kept=_("zolang het besluit over de ander wordt bewaard"),
            deletion=Deletion.EMPTIED,
            deletion_note=_("het besluit geldt voor de ander en blijft daarom; dat u het nam, verdwijnt"),
            rows=rows_of(
                Affiliation,
                {"school_code": "school__code", "state": "state", "decided_at": "decided_at"},
                lambda user: Q(decided_by=user),
            ),
        ),
        Holding(
            key="section_memberships",
            model=SectionMember,
            name=_("Uw vaksecties"),
            fields={
                "user": _("u"),
                "section": _("vaksectie"),
                "role": _("rol"),
                "joined_at": _("wanneer u lid werd"),
                "left_at": _("wanneer u vertrok"),
            },
            purpose=_("samen beoordelen en kiezen, en laten zien door hoeveel leden een oordeel wordt gedragen"),
            ground=Ground.CONTRACT,
            kept=_("zolang de vaksectie bestaat, ook nadat u vertrok"),
            deletion=Deletion.ERASED,
            rows=rows_of(
                SectionMember,
                {
                    "school_code": "section__school__code",
                    "school_name": "section__school__name",
                    "subject": "section__subject__code",
                    "role": "role",
                    "joined_at": "joined_at",
                    "left_at": "left_at",
                },
                lambda user: Q(user=user),
            ),
        ),
        Holding(
            key="publisher_memberships",
            model=PublisherMember,
            name=_("Uitgevers waarvoor u spreekt"),
            fields={
                "user": _("u"),
                "publisher": _("uitgever"),
                "role": _("rol"),
                "joined_at": _("sinds wanneer"),
                "ended_at": _("tot wanneer"),
            },
            purpose=_("u laten zien wat uw uitgever aanlevert, en belangenverstrengeling bij beoordelingen voorkomen"),
            ground=Ground.CONTRACT,
            kept=_("zolang u er werkt, en 2 jaar daarna"),
            deletion=Deletion.ERASED,
            rows=rows_of(
                PublisherMember,
                {"publisher": "publisher__name", "role": "role", "joined_at": "joined_at", "ended_at": "ended_at"},
                lambda user: Q(user=user),
            ),
        ),
        Holding(
            key="invitations_received",
            model=Invitation,
            name=_("Uitnodigingen aan u"),
            fields={"email": _("e-mailadres"), "accepted_by": _("dat u haar aannam")},
            purpose=_("u lid maken van een vaksectie of laten spreken voor een uitgever"),
            ground=Ground.CONTRACT,
            kept=_("het adres tot 30 dagen nadat de uitnodiging is gebruikt, ingetrokken of verlopen"),
            deletion=Deletion.EMPTIED,
            deletion_note=_("open uitnodigingen worden ingetrokken; dat er een was, blijft, zonder adres"),
            rows=rows_of(
                Invitation,
                {
                    "kind": "kind",
                    "role": "role",
                    "email": "email",
                    "created_at": "created_at",
                    "expires_at": "expires_at",
                    "accepted_at": "accepted_at",
                    "withdrawn_at": "withdrawn_at",
                },
                lambda user: Q(accepted_by=user) | Q(email__in=proven_addresses(user)),
            ),
            forget=_forget_invitations,
        ),
        Holding(
            key="invitations_sent",
            model=Invitation,
            name=_("Uitnodigingen van u"),
            fields={"invited_by": _("dat u haar stuurde")},
            purpose=_("de ander laten zien van wie de uitnodiging komt"),
            ground=Ground.LEGITIMATE,
            kept=_("zolang de vaksectie of de uitgever bestaat"),
            deletion=Deletion.EMPTIED,
            deletion_note=_("de uitnodiging is van de ander en blijft daarom geldig; dat zij van u kwam, verdwijnt"),
            rows=rows_of(
                Invitation,
                {"kind": "kind", "role": "role", "created_at": "created_at", "accepted_at": "accepted_at"},
                lambda user: Q(invited_by=user),
            ),
        ),
        Holding(
            key="personal_tokens",
            model=PersonalToken,
            name=_("Uw persoonlijke tokens"),
            fields={
                "user": _("u"),
                "name": _("waarvoor u het maakte"),
                "digest": _("versleutelde controle op het token"),
                "scopes": _("wat ermee mag"),
                "created_at": _("wanneer u het maakte"),
                "last_used_at": _("wanneer een programma het laatst gebruikte, op een uur na"),
            },
            purpose=_("een programma dat u kiest, namens u laten werken"),
            ground=Ground.CONTRACT,
            kept=_("tot 30 dagen nadat het is ingetrokken of verlopen"),
            deletion=Deletion.ERASED,
            rows=rows_of(
                PersonalToken,
                {
                    "name": "name",
                    "prefix": "prefix",
                    "scopes": "scopes",
                    "created_at": "created_at",
                    "expires_at": "expires_at",
                    "last_used_at": "last_used_at",
                    "revoked_at": "revoked_at",
                },
                lambda user: Q(user=user),
            ),
        ),
        Holding(
            key="mail_choices",
            model=MailChoice,
            name=_("Welke e-mail u wilt"),
            fields={"user": _("u"), "kind": _("soort bericht"), "is_wanted": _("of u het wilt")},
            purpose=_("u alleen sturen wat u wilt"),
            ground=Ground.CONSENT,
            kept=_("tot u uw account verwijdert"),
            deletion=Deletion.ERASED,
            rows=rows_of(MailChoice, {"kind": "kind", "is_wanted": "is_wanted"}, lambda user: Q(user=user)),
        ),
        Holding(
            key="outgoing_mail",
            model=OutgoingMail,
            name=_("E-mail die nog verstuurd moet worden"),
            fields={"user": _("u"), "email": _("e-mailadres"), "kind": _("soort bericht")},
            purpose=_("het bericht versturen"),
            ground=Ground.CONTRACT,
            kept=_("tot het is verstuurd; 30 dagen als dat niet lukt"),
            deletion=Deletion.ERASED,
            rows=rows_of(
                OutgoingMail,
                {"kind": "kind", "email": "email", "created_at": "created_at", "failed_at": "failed_at"},
                _is_for,
            ),
            forget=_forget_mail,
        ),
    )
