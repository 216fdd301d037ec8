"""What is said of an answer as a whole: in the heading, aloud after an update, and on the button that leads to it."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.search import SearchPage, View
from catalogus.web import formatting
from catalogus.web.pagination import reachable_pages


@dataclass(frozen=True, slots=True)
class ResultWords:
    """heading: "123 methodes"; page: "pagina 2 van 7", "" on the first; told: both in a sentence; show: on a button."""

    heading: str
    page: str
    told: str
    show: str

    @classmethod
    def of(cls, answer: SearchPage) -> Self:
        counted, page = _counted(answer), _page(answer)
        if not answer.total:
            is_methods = answer.criteria.view == View.METHODS
            nothing = _("Geen methodes gevonden") if is_methods else _("Geen producten gevonden")
            return cls(nothing, "", f"{nothing}.", nothing)
        told = f"{counted}, {page}." if page else f"{counted}."
        return cls(counted, page, told, _("Toon %(counted)s") % {"counted": counted})


def _counted(answer: SearchPage) -> str:
    n = {"n": formatting.number(answer.total)}
    if answer.criteria.view == View.METHODS:
        return ngettext("%(n)s methode", "%(n)s methodes", answer.total) % n
    return ngettext("%(n)s product", "%(n)s producten", answer.total) % n


def _page(answer: SearchPage) -> str:
    """Nothing beyond the numbered pages, where a cursor says where one is."""
    criteria = answer.criteria
    count = reachable_pages(answer.total, criteria.page_size)
    if criteria.cursor or not 1 < criteria.page <= count:
        return ""
    return _("pagina %(page)s van %(count)s") % {
        "page": formatting.number(criteria.page),
        "count": formatting.number(count),
    }
