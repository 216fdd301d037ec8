"""Lists as a whole: making, renaming, copying and deleting them.

Whoever makes one holds the row of its owner, and whoever changes one holds its own row, so that two at once come one
after the other. Who may is asked of selection.access before.
"""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Section, User
from accounts.services.sections import hold_section
from catalogus.public_ids import public_id
from catalogus.texts import one_line, plain_text
from selection.exceptions import ListGone
from selection.models import ListItem, MaterialList
from selection.models.material_list import DESCRIPTION_LENGTH, LIST_NAME_LENGTH

MOST_LISTS = 100
"""Of one owner; no choice of lists that a person reads is longer."""


@transaction.atomic
def create_list(*, owner: User | Section, name: str, description: str = "") -> MaterialList:
    """An empty list.

    Raises ValidationError for a name that is none and for one list too many, SectionRefused for a section that ended.
    """
    owned: dict[str, User | Section]
    if isinstance(owner, Section):
        owned = {"section": hold_section(owner)}
    else:
        owned = {"user": User.objects.select_for_update(no_key=True).get(pk=owner.pk)}
    if MaterialList.objects.filter(**owned).count() >= MOST_LISTS:
        raise ValidationError(
            _("Er zijn al %(count)d lijsten; meer kan niet. Verwijder er eerst een.") % {"count": MOST_LISTS}
        )
    made = MaterialList(
        public_id=public_id("list", secrets.token_hex(16)),
        name=clean_name(name),
        description=_clean_description(description),
        **owned,
    )
    made.full_clean(validate_constraints=False)  # The database holds them; the texts are looked at above.
    made.save()
    return made


@transaction.atomic
def change_list(*, material_list: MaterialList, name: str, description: str) -> MaterialList:
    """Give it another name and description. Raises ValidationError."""
    held = hold_list(material_list)
    held.name, held.description = clean_name(name), _clean_description(description)
    held.updated_at = timezone.now()
    held.save(update_fields=["name", "description", "updated_at"])
    return held


def delete_list(*, material_list: MaterialList) -> None:
    """With all that stands on it; may be done again."""
    MaterialList.objects.filter(pk=material_list.pk).delete()


@transaction.atomic
def copy_list(*, material_list: MaterialList, owner: User | Section, name: str, by: User) -> MaterialList:
    """A list of its own with the same items, notes and numbers; not shared. Raises what create_list raises."""
    source = hold_list(material_list)
    made = create_list(owner=owner, name=name, description=source.description)
    items = ListItem.objects.filter(list=source).order_by("place")
    ListItem.objects.bulk_create(
        ListItem(
            list=made,
            product_id=item.product_id,
            method_id=item.method_id,
            place=place,
            quantity=item.quantity,
            note=item.note,
            added_by=by if made.section_id else None,
        )
        for place, item in enumerate(items, 1)
    )
    return made


def hold_list(material_list: MaterialList) -> MaterialList:
    """The list, held until the transaction ends. Raises ListGone where it was deleted meanwhile."""
    held = MaterialList.objects.select_for_update(no_key=True).filter(pk=material_list.pk).first()
    if held is None:
        raise ListGone(_("Deze lijst is intussen verwijderd."))
    return held


def clean_name(name: str) -> str:
    """Raises ValidationError, by field."""
    required = _("Geef de lijst een naam, waaraan u haar herkent.")
    return one_line(name, field="name", required=required, most=LIST_NAME_LENGTH)


def _clean_description(text: str) -> str:
    return plain_text(text, field="description", most=DESCRIPTION_LENGTH)
