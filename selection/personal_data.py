"""What this room holds of people: the searches that they keep, and what they were told of them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Deletion, Ground, Holding, register, rows_of
from selection.models import DigestLetter, DigestProgress, SavedSearch

_PURPOSE = _("u elke week één keer vertellen wat er nieuw is van wat u zoekt")


def register_personal_data() -> None:
    register(
        Holding(
            key="saved_searches",
            model=SavedSearch,
            name=_("Uw bewaarde zoekopdrachten"),
            fields={
                "user": _("u"),
                "name": _("de naam die u eraan gaf"),
                "query": _("wat u zoekt"),
                "is_alert_on": _("of u er bericht van wilt"),
                "created_at": _("wanneer u die bewaarde"),
            },
            purpose=_("een zoekopdracht voor u bewaren, en u vertellen wat er nieuw bij is"),
            ground=Ground.CONTRACT,
            kept=_("tot u die verwijdert, of uw account"),
            deletion=Deletion.ERASED,
            rows=rows_of(
                SavedSearch,
                {"name": "name", "query": "query", "is_alert_on": "is_alert_on", "created_at": "created_at"},
                lambda user: Q(user=user),
            ),
        ),
        Holding(
            key="digest_progress",
            model=DigestProgress,
            name=_("Tot waar u bent bijgepraat"),
            fields={"user": _("u"), "told_seq": _("tot welke wijziging van de catalogus"), "sent_at": _("wanneer")},
            purpose=_PURPOSE,
            ground=Ground.CONTRACT,
            kept=_("tot u uw account verwijdert"),
            deletion=Deletion.ERASED,
            rows=rows_of(DigestProgress, {"told_seq": "told_seq", "sent_at": "sent_at"}, lambda user: Q(user=user)),
        ),
        Holding(
            key="digest_letters",
            model=DigestLetter,
            name=_("Wekelijkse berichten aan u"),
            fields={"user": _("u"), "items": _("welke producten bij uw zoekopdrachten passen")},
            purpose=_PURPOSE,
            ground=Ground.CONTRACT,
            kept=_("8 weken"),
            deletion=Deletion.ERASED,
            rows=rows_of(
                DigestLetter,
                {"created_at": "created_at", "new": "new_total", "changed": "changed_total", "items": "items"},
                lambda user: Q(user=user),
            ),
        ),
    )
