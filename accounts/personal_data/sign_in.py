"""What Django and django-allauth hold of people: addresses, second factors, visits, the log of the administration."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal_data.registry import Deletion, Ground, Holding, Row, plain, register, rows_of


def _visit_rows(user: User) -> Iterator[Row]:
    keys = UserSession.objects.filter(user=user).values("session_key")
    for expires_at in Session.objects.filter(session_key__in=keys).values_list("expire_date", flat=True):
        yield {"expires_at": plain(expires_at)}


def _is_about(user: User) -> Q:
    return Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))


def _forget_log_about(user: User) -> None:
    """Whose account it was goes from the log of the administration; what staff did and when stays."""
    LogEntry.objects.filter(_is_about(user)).update(object_id=None, object_repr="", change_message="")


def register_sign_in() -> None:
    register(
        Holding(
            key="email_addresses",
            model=EmailAddress,
            name=_("Uw e-mailadressen"),
            fields={"user": _("u"), "email": _("e-mailadres"), "verified": _("of u het bevestigde")},
            purpose=_("u laten aanmelden, een nieuw wachtwoord sturen en berichten bezorgen"),
            ground=Ground.CONTRACT,
            kept=_("tot u het weghaalt of uw account verwijdert"),
            deletion=Deletion.ERASED,
            rows=rows_of(
                EmailAddress,
                {"email": "email", "is_verified": "verified", "is_primary": "primary"},
                lambda user: Q(user=user),
            ),
        ),
        Holding(
            key="federated_accounts",
            model=SocialAccount,
            name=_("Aanmelden via uw school"),
            fields={"user": _("u"), "provider": _("federatie"), "uid": _("een afgeleide van uw kenmerk daar")},
            purpose=_("u herkennen als u via uw school komt"),
            ground=Ground.CONTRACT,
            kept=_("tot u uw account verwijdert"),
            deletion=Deletion.ERASED,
            deletion_note=_("meldt u zich daarna weer aan via uw school, dan begint u met een nieuw, leeg account"),
            rows=rows_of(
                SocialAccount,
                {
                    "provider": "provider",
                    "uid": "uid",
                    "joined_at": "date_joined",
                    "last_login": "last_login",
                    "extra_data": "extra_data",
                },
                lambda user: Q(user=user),
            ),
        ),
        Holding(
            key="second_factors",
            model=Authenticator,
            name=_("Uw tweede stap"),
            fields={
                "user": _("u"),
                "type": _("soort: app, sleutel of herstelcodes"),
                "data": _("het versleutelde geheim ervan"),
                "last_used_at": _("wanneer u die het laatst gebruikte"),
            },
            purpose=_("uw account beveiligen"),
            ground=Ground.CONTRACT,
            kept=_("tot u die weghaalt of uw account verwijdert"),
            deletion=Deletion.ERASED,
            rows=rows_of(
                Authenticator,
                {"type": "type", "created_at": "created_at", "last_used_at": "last_used_at"},
                lambda user: Q(user=user),
            ),
        ),
        Holding(
            key="sessions",
            model=UserSession,
            name=_("Waar u bent aangemeld"),
            fields={
                "user": _("u"),
                "ip": _("IP-adres"),
                "user_agent": _("browser"),
                "last_seen_at": _("wanneer u er het laatst was"),
            },
            purpose=_("u laten zien en laten beëindigen waar u bent aangemeld"),
            ground=Ground.LEGITIMATE,
            kept=_("tot het bezoek eindigt: als u zich afmeldt, of na 2 weken"),
            deletion=Deletion.ERASED,
            rows=rows_of(
                UserSession,
                {"ip": "ip", "user_agent": "user_agent", "created_at": "created_at", "last_seen_at": "last_seen_at"},
                lambda user: Q(user=user),
            ),
        ),
        Holding(
            key="visits",
            model=Session,
            name=_("Uw bezoeken"),
            fields={"session_data": _("dat u bent aangemeld, hoe en met welk adres")},
            purpose=_("onthouden dat u bent aangemeld"),
            ground=Ground.CONTRACT,
            kept=_("tot u zich afmeldt, of 2 weken"),
            deletion=Deletion.ERASED,
            rows=_visit_rows,
        ),
        Holding(
            key="administration_log",
            model=LogEntry,
            name=_("Wat u in het beheer deed"),
            fields={"user": _("u"), "object_repr": _("waarmee"), "change_message": _("wat")},
            purpose=_("kunnen nagaan wat in het beheer is veranderd"),
            ground=Ground.LEGITIMATE,
            kept=_("tot u uw account verwijdert"),
            deletion=Deletion.ERASED,
            is_of_editors=True,
            deletion_note=_("wat er met producten gebeurde, staat ook in hun geschiedenis en blijft daar, zonder u"),
            rows=rows_of(
                LogEntry,
                {"at": "action_time", "action": "action_flag", "about": "content_type__model", "object": "object_repr"},
                lambda user: Q(user=user),
            ),
        ),
        Holding(
            key="administration_log_about_you",
            model=LogEntry,
            name=_("Wat in het beheer met uw account gebeurde"),
            fields={"object_id": _("uw account"), "object_repr": _("uw naam"), "change_message": _("wat veranderde")},
            purpose=_("kunnen nagaan wie rechten gaf of nam"),
            ground=Ground.LEGITIMATE,
            kept=_("zolang het account bestaat van wie het deed"),
            deletion=Deletion.EMPTIED,
            deletion_note=_("dat een medewerker iets deed, blijft; over wie het ging, verdwijnt"),
            rows=rows_of(LogEntry, {"at": "action_time", "action": "action_flag"}, _is_about),
            forget=_forget_log_about,
        ),
    )
