"""Where a page of results offers the whole of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.search import SearchPage
from catalogus.web import formatting
from catalogus.web.addresses import export_url
from catalogus.web.export.spreadsheet import MOST_ROWS


@dataclass(frozen=True, slots=True)
class DownloadLink:
    """spoken: the label with what it is of, and it begins with the label, as who speaks to a page expects."""

    label: str
    spoken: str
    url: str


@dataclass(frozen=True, slots=True)
class Downloads:
    links: tuple[DownloadLink, ...]
    rows_text: str


def downloads(answer: SearchPage) -> Downloads:
    """The tables of this answer; a workbook only where Excel has room for it."""
    rows = ngettext("%(number)s rij", "%(number)s rijen", answer.total) % {"number": formatting.number(answer.total)}
    formats = {"CSV": "export-csv"} | ({"XLSX": "export-xlsx"} if answer.total <= MOST_ROWS else {})
    return Downloads(
        links=tuple(
            DownloadLink(
                label,
                _("%(format)s, %(rows)s downloaden") % {"format": label, "rows": rows},
                export_url(answer.criteria, name),
            )
            for label, name in formats.items()
        ),
        rows_text=f"({rows})",
    )
