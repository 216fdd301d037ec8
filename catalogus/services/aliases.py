"""Spellings of concepts, as editors add and remove them. What records mean hangs on them, so records are read again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalogus.exceptions import EditRefused
from catalogus.models import Concept, ConceptAlias, Scheme
from catalogus.models.provenance import Provenance
from catalogus.naming import normal_form
from catalogus.services.rereading import request_reread


@transaction.atomic
def add_alias(*, scheme: Scheme, text: str, concept: Concept | None) -> ConceptAlias:
    """Let a text as publishers write it mean a concept of the scheme; without one it means nothing ("nvt").

    A proposal of the same becomes an editor's. Raises ValidationError for a text that cannot be, EditRefused where it
    would say two things at once or is there already.
    """
    text = " ".join(text.split())
    key = normal_form(text)
    if not key or "\x00" in text:
        raise ValidationError({"text": [_("Geef een tekst met letters of cijfers.")]})
    if concept is not None and concept.scheme != scheme:
        raise ValidationError({"concept": [_("Dat begrip staat in een andere begrippenlijst.")]})
    same_text = ConceptAlias.objects.filter(scheme=scheme, key=key)
    meanings = same_text.exclude(provenance=Provenance.SUGGESTION).exclude(concept=None).select_related("concept")
    if concept is None and meanings:
        names = ", ".join(str(alias.concept) for alias in meanings)
        raise EditRefused(_("“%(text)s” betekent al iets: %(names)s.") % {"text": text, "names": names})
    alias = same_text.filter(concept=concept).first() or ConceptAlias(scheme=scheme, concept=concept, key=key)
    if alias.pk and alias.provenance != Provenance.SUGGESTION:
        raise EditRefused(_("“%(text)s” is daar al bekend.") % {"text": text})
    alias.text, alias.provenance = text, Provenance.EDITOR
    alias.full_clean()
    alias.save()
    request_reread(publisher=None, reason=f"Schrijfwijze “{text}” toegevoegd")
    return alias


@transaction.atomic
def remove_alias(*, alias: ConceptAlias) -> None:
    """Take a spelling away. Raises EditRefused for one that is shipped, for it would come back at the next start."""
    found = ConceptAlias.objects.select_for_update().filter(pk=alias.pk).first()
    if found is None:
        raise EditRefused(_("Deze schrijfwijze is al verwijderd."))
    if found.provenance == Provenance.SEED:
        text = _("“%(text)s” wordt meegeleverd en komt bij een volgende start terug.")
        raise EditRefused(text % {"text": found.text})
    found.delete()
    request_reread(publisher=None, reason=f"Schrijfwijze “{found.text}” verwijderd")
