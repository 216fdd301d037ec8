"""What is seen of a comparison as rows of texts, for a spreadsheet."""

from django.utils.translation import gettext as _

from catalogus.web.export.tables import BETWEEN
from selection.comparing.comparison import Comparison


def rows_seen(comparison: Comparison, address: str) -> tuple[list[str], list[list[str]]]:
    """The head, and a row for each one that is neither folded nor hidden for being equal in all columns.

    Each row begins with its group and its label. Below them stands how costs were counted, and the address of the page:
    a sheet is read by people who never saw it.
    """
    choice = comparison.choice
    heads = [_("Onderwerp"), _("Kenmerk"), *(column.name for column in comparison.columns)]
    rows = [
        [group.label, row.label, *(BETWEEN.join(cell.texts) for cell in row.cells)]
        for group in comparison.groups
        if group.code not in choice.folded
        for row in group.rows
        if row.differs or not choice.only_differences
    ]
    if comparison.school_class:
        rows.append([_("Prijs"), _("Kosten gelden voor"), comparison.school_class])
    rows += [[_("Zo is dit gerekend"), "", rule] for rule in comparison.rules]
    rows.append([_("Adres"), "", address])
    width = len(heads)
    return heads, [[*row, *[""] * (width - len(row))] for row in rows]
