"""A kept search in words, for lists and letters: the same names as beside the results of search."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogus.exceptions import InvalidCriteria
from catalogus.search import SearchCriteria
from catalogus.web.addresses import search_url
from catalogus.web.search_form import Option, SearchForm
from catalogus.web.views.search import field_name
from selection.models import SavedSearch
from selection.models.saved_search import NAME_LENGTH
from selection.services.reading import criteria_of


@dataclass(frozen=True, slots=True)
class DescribedSearch:
    """words: what it asks, part by part; url: where it is asked. faults: what of it cannot be asked any more."""

    search: SavedSearch
    words: tuple[str, ...]
    url: str
    faults: tuple[str, ...] = ()


def described(search: SavedSearch) -> DescribedSearch:
    try:
        criteria = criteria_of(search)
    except InvalidCriteria as error:
        faults = [f"{field_name(field)}: {text}" for field, texts in error.errors.items() for text in texts]
        return DescribedSearch(search, (), "", tuple(faults))
    return DescribedSearch(search, tuple(words_of(criteria)), search_url(criteria))


def words_of(criteria: SearchCriteria) -> list[str]:
    """["“atlas”", "Niveau: Havo", "Weergave: Losse producten"]; what is as usual is not said."""
    form = SearchForm.from_criteria(criteria)
    words = []
    if criteria.text:
        text = _("letterlijk “%(text)s”") if criteria.is_literal else _("“%(text)s”")
        words.append(text % {"text": criteria.text})
    words += [f"{active.facet}: {active.label}" for active in form.active]
    if criteria.include_all:
        words.append(_("Ook wat niet meer leverbaar is"))
    words += [f"{label}: {said}" for label, said in _unusual(form)]
    return words or [_("Alles in de catalogus")]


def suggested_name(criteria: SearchCriteria) -> str:
    """A name to begin with: the text, and the chosen values without their facets."""
    chosen = [active.label for active in SearchForm.from_criteria(criteria).active]
    name = ", ".join([*([criteria.text] if criteria.text else []), *chosen]) or _("Alles in de catalogus")
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"


def _unusual(form: SearchForm) -> Iterable[tuple[str, str]]:
    """View and order, where they are not the first of those that there are."""
    for label, options in ((_("Weergave"), form.views), (_("Sorteer op"), form.sorts)):
        usual: Option = options[0]
        for option in options[1:]:
            if option.is_current and not usual.is_current:
                yield label, option.label
