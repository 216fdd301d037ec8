"""What this room holds of people: searches that they keep and what they were told of them, and their lists."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Deletion, Ground, Holding, register, rows_of
from selection.models import DigestLetter, DigestProgress, ListItem, MaterialList, SavedSearch

_LISTS = _("bewaren wat u verzamelt om te bekijken, te kiezen of te bestellen")
_PURPOSE = _("u elke week één keer vertellen wat er nieuw is van wat u zoekt")

_WHAT_WAS_ADDED = {
    "product": "product__public_id",
    "product_title": "product__title",
    "method": "method__public_id",
    "method_name": "method__name",
    "added_at": "added_at",
}
_ITEM_COLUMNS = _WHAT_WAS_ADDED | {"quantity": "quantity", "note": "note"}


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
        Holding(
            key="material_lists",
            model=MaterialList,
            name=_("Uw lijsten"),
            fields={
                "user": _("u"),
                "name": _("de naam die u eraan gaf"),
                "description": _("uw toelichting"),
                "is_shared": _("of u haar met een link deelt"),
                "created_at": _("wanneer u haar maakte"),
                "updated_at": _("wanneer u haar het laatst wijzigde"),
            },
            purpose=_LISTS,
            ground=Ground.CONTRACT,
            kept=_("tot u de lijst verwijdert, of uw account"),
            deletion=Deletion.ERASED,
            deletion_note=_("een lijst van een vaksectie is van de vaksectie, en blijft"),
            rows=rows_of(
                MaterialList,
                {
                    "name": "name",
                    "description": "description",
                    "is_shared": "is_shared",
                    "share_shows_notes": "share_shows_notes",
                    "created_at": "created_at",
                    "updated_at": "updated_at",
                },
                lambda user: Q(user=user),
            ),
        ),
        Holding(
            key="list_items",
            model=ListItem,
            name=_("Wat op uw lijsten staat"),
            fields={
                "list": _("op welke van uw lijsten"),
                "product": _("welk product"),
                "method": _("of welke methode"),
                "quantity": _("het aantal dat u invulde"),
                "note": _("uw opmerking"),
                "added_at": _("wanneer het erop kwam"),
            },
            purpose=_LISTS,
            ground=Ground.CONTRACT,
            kept=_("tot u het van de lijst haalt, of uw account verwijdert"),
            deletion=Deletion.ERASED,
            rows=rows_of(ListItem, {"list": "list__name"} | _ITEM_COLUMNS, lambda user: Q(list__user=user)),
        ),
        Holding(
            key="section_list_items",
            model=ListItem,
            name=_("Wat u op een lijst van een vaksectie zette"),
            fields={"added_by": _("dat u het erop zette")},
            purpose=_("nagaan wie van de vaksectie iets op de lijst zette"),
            ground=Ground.CONTRACT,
            kept=_("zolang het op de lijst staat"),
            deletion=Deletion.EMPTIED,
            deletion_note=_("de lijst is van de vaksectie en blijft; dat u het erop zette, verdwijnt"),
            rows=rows_of(
                ListItem,
                # What colleagues make of the line since then is theirs, and who left the section reads it no more.
                {"school_code": "list__section__school__code"} | _WHAT_WAS_ADDED,
                lambda user: Q(added_by=user),
            ),
        ),
    )
