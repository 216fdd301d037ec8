"""What else a text is called, as editors add and remove it. Searches know it within half a minute; no index changes."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from catalogus.exceptions import EditRefused
from catalogus.models import Synonym
from catalogus.models.provenance import Provenance
from catalogus.naming import normal_form

MOST_WORDS = 6
"""Of one text: a longer one is a sentence, and nobody types it."""


@transaction.atomic
def add_synonym(*, text: str, other: str, is_two_way: bool = True) -> Synonym:
    """Let who searches for the one text find the other as well; both ways, or only so.

    Raises ValidationError for a text that cannot be, EditRefused where it is there already.
    """
    text, other = " ".join(text.split()), " ".join(other.split())
    keys = {"text": _key("text", text), "other": _key("other", other)}
    if keys["text"] == keys["other"]:
        same = _("“%(text)s” en “%(other)s” zijn voor het zoeken dezelfde tekst. Geef een andere.")
        raise ValidationError({"other": [same % {"text": text, "other": other}]})
    there = Synonym.objects.filter(
        Q(key=keys["text"], other_key=keys["other"]) | Q(key=keys["other"], other_key=keys["text"])
    ).first()
    if there is not None:
        known = _("“%(synonym)s” is er al. Verwijder dat eerst als u iets anders bedoelt.")
        raise EditRefused(known % {"synonym": there})
    synonym = Synonym(
        text=text,
        key=keys["text"],
        other=other,
        other_key=keys["other"],
        is_two_way=is_two_way,
        provenance=Provenance.EDITOR,
    )
    synonym.full_clean()
    synonym.save()
    return synonym


def _key(field: str, text: str) -> str:
    """The normal form of a text. Raises ValidationError where it has none or is too long to be typed."""
    key = normal_form(text)
    if not key or "\x00" in text:
        raise ValidationError({field: [_("Geef een tekst met letters of cijfers.")]})
    if key.count(" ") >= MOST_WORDS:
        many = _("“%(text)s” heeft meer dan %(most)d woorden. Geef een kortere tekst.")
        raise ValidationError({field: [many % {"text": text, "most": MOST_WORDS}]})
    return key


@transaction.atomic
def remove_synonym(*, synonym: Synonym) -> None:
    """Take it away. Raises EditRefused for one that is shipped, for it would come back at the next start."""
    found = Synonym.objects.select_for_update().filter(pk=synonym.pk).first()
    if found is None:
        raise EditRefused(_("Dit synoniem is al verwijderd."))
    if found.provenance == Provenance.SEED:
        shipped = _("“%(synonym)s” wordt meegeleverd en komt bij een volgende start terug.")
        raise EditRefused(shipped % {"synonym": found})
    found.delete()
