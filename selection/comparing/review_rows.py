"""The rows of what reviewers say, of methods and of the methods of products."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from catalogus.models import Method
from catalogus.web import formatting
from catalogus.web.review_words import review_words, spread_words
from selection.comparing.table import Row, row, said


def review_rows(methods: Sequence[Method]) -> list[Row | None]:
    """A row for each number, so that a spreadsheet can go on with it; rows per criterion come below these.

    The mean stands with the number of reviews, for a reader may see the rows alone that differ.
    """

    def of(label: str, read: Callable[[Method], str]) -> Row:
        return row(label, [said(read(method)) for method in methods])

    return [
        of(_("Gemiddelde"), lambda method: review_words(method).text),
        of(_("Aantal beoordelingen"), lambda method: formatting.number(method.review_count)),
        of(_("Middelste helft"), _spread),
        of(_("Beoordelingen van oudere uitgaven"), lambda method: formatting.number(method.older_review_count)),
    ]


def _spread(method: Method) -> str:
    return spread_words(method) or _("geen totaal")
