"""What the catalogue's history says of people. It holds no key to a user: it names who did something as text.

The catalogue may not know this room, so this room speaks for its tables. Reasons that editors give are text of their
own about books; they are kept as they are.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal_data.actors import is_named, replace_actor
from accounts.personal_data.registry import Deletion, Ground, Holding, register, rows_of
from catalogus.models import Correction, Edit, ProductVersion

PURPOSE = _("kunnen nagaan wie wat in de catalogus veranderde, en het ongedaan kunnen maken")
KEPT = _("zolang de catalogus bestaat")
NOTE = _("de geschiedenis van de catalogus moet heel blijven; in plaats van uw naam staat er “voormalige medewerker”")


def _forget_edits(user: User) -> None:
    replace_actor(Edit, "actor", user)
    replace_actor(Edit, "undone_by", user)


def register_catalogue() -> None:
    register(
        Holding(
            key="edits",
            model=Edit,
            name=_("Uw ingrepen als redacteur"),
            fields={"actor": _("uw naam"), "undone_by": _("uw naam, als u iets ongedaan maakte")},
            purpose=PURPOSE,
            ground=Ground.LEGITIMATE,
            kept=KEPT,
            deletion=Deletion.EMPTIED,
            is_of_editors=True,
            deletion_note=NOTE,
            rows=rows_of(
                Edit,
                {"at": "at", "kind": "kind", "summary": "summary", "reason": "reason", "undone_at": "undone_at"},
                lambda user: is_named("actor", user) | is_named("undone_by", user),
            ),
            forget=_forget_edits,
        ),
        Holding(
            key="corrections",
            model=Correction,
            name=_("Uw correcties als redacteur"),
            fields={"actor": _("uw naam")},
            purpose=PURPOSE,
            ground=Ground.LEGITIMATE,
            kept=KEPT,
            deletion=Deletion.EMPTIED,
            is_of_editors=True,
            deletion_note=NOTE,
            rows=rows_of(
                Correction,
                {"at": "at", "product": "product__public_id", "field": "field", "reason": "reason"},
                lambda user: is_named("actor", user),
            ),
            forget=lambda user: replace_actor(Correction, "actor", user),
        ),
        Holding(
            key="product_versions",
            model=ProductVersion,
            name=_("Wijzigingen van producten door u als redacteur"),
            fields={"actor": _("uw naam")},
            purpose=PURPOSE,
            ground=Ground.LEGITIMATE,
            kept=KEPT,
            deletion=Deletion.EMPTIED,
            is_of_editors=True,
            deletion_note=NOTE,
            rows=rows_of(
                ProductVersion,
                {"at": "at", "product": "product__public_id", "kind": "kind", "reason": "reason"},
                lambda user: ~Q(actor="") & is_named("actor", user),
            ),
            forget=lambda user: replace_actor(ProductVersion, "actor", user),
        ),
    )
