"""How single words fall apart, as editors say it. Documents hold the parts, so the indexes are built anew."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalogus.exceptions import EditRefused
from catalogus.models import CompoundWord
from catalogus.models.provenance import Provenance
from catalogus.naming import normal_form
from catalogus.services.rebuilds import request_rebuild

MOST_PARTS = 5


@transaction.atomic
def set_compound(*, word: str, parts: Sequence[str] = ()) -> CompoundWord:
    """Let a word fall apart into these parts, or, without any, never; an editor's word goes above a shipped one.

    Raises ValidationError where the word or a part is no single word, or one part alone is given.
    """
    key = _single_word("word", word)
    keys = [_single_word("parts", part) for part in parts]
    if len(keys) == 1:
        raise ValidationError({"parts": [_("Geef twee delen of meer, of geen enkel deel om het woord heel te laten.")]})
    if len(keys) > MOST_PARTS:
        many = _("Dit zijn %(count)d delen; geef er hoogstens %(most)d.")
        raise ValidationError({"parts": [many % {"count": len(keys), "most": MOST_PARTS}]})
    if key in keys:
        raise ValidationError({"parts": [_("“%(word)s” kan geen deel van zichzelf zijn.") % {"word": key}]})
    compound = CompoundWord.objects.select_for_update().filter(word=key).first() or CompoundWord(word=key)
    if compound.pk and compound.parts == keys and compound.provenance == Provenance.EDITOR:
        raise EditRefused(_("“%(compound)s” is er al.") % {"compound": compound})
    compound.parts, compound.provenance = keys, Provenance.EDITOR
    compound.full_clean()
    compound.save()
    request_rebuild(reason=f"Samenstelling “{compound}” vastgelegd")
    return compound


def _single_word(field: str, text: str) -> str:
    """The normal form. Raises ValidationError where it is none, or several words."""
    key = normal_form(text)
    if not key.isalnum() or "\x00" in text:
        wrong = _("“%(text)s” is niet één woord. Geef een woord van letters en cijfers, zonder spaties of tekens.")
        raise ValidationError({field: [wrong % {"text": text}]})
    return key


@transaction.atomic
def remove_compound(*, compound: CompoundWord) -> None:
    """Leave the word to the word list again. Raises EditRefused for one that is shipped, for it would come back."""
    found = CompoundWord.objects.select_for_update().filter(pk=compound.pk).first()
    if found is None:
        raise EditRefused(_("Deze samenstelling is al verwijderd."))
    if found.provenance == Provenance.SEED:
        shipped = _("“%(compound)s” wordt meegeleverd en komt bij een volgende start terug. Leg het woord anders vast.")
        raise EditRefused(shipped % {"compound": found})
    found.delete()
    request_rebuild(reason=f"Samenstelling “{found}” verwijderd")
