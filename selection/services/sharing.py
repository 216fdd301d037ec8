"""Sharing a list by a link (selection.share_links), and taking that back."""

from django.db import transaction

from selection.models import MaterialList
from selection.services.lists import hold_list


@transaction.atomic
def share_list(*, material_list: MaterialList, shows_notes: bool) -> MaterialList:
    """Make a link, or change what the present one shows. A link that was withdrawn stays so: this makes another."""
    held = hold_list(material_list)
    if not held.is_shared:
        held.share_number += 1
    held.is_shared, held.share_shows_notes = True, shows_notes
    held.save(update_fields=["is_shared", "share_number", "share_shows_notes"])
    return held


@transaction.atomic
def renew_link(*, material_list: MaterialList) -> MaterialList:
    """Another link instead of the present one, which stops working; nothing where the list is not shared."""
    held = hold_list(material_list)
    if held.is_shared:
        held.share_number += 1
        held.save(update_fields=["share_number"])
    return held


@transaction.atomic
def stop_sharing(*, material_list: MaterialList) -> MaterialList:
    """May be done again."""
    held = hold_list(material_list)
    held.is_shared = False
    held.save(update_fields=["is_shared"])
    return held
