"""Pictures of numbers, drawn here as SVG, each with the table that says the same.

Colours and strokes come from css/charts.css by class: the policy of the pages allows no style in an element. A module
for each kind of picture makes a Chart of plain numbers, without the database; `drawing` holds what they share.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Chart:
    """title: what is seen, also read aloud; svg: the picture; head and rows: the same as text, cell by cell.

    note: what must be known to read it, in a sentence or two; may be empty.
    """

    title: str
    svg: SafeString
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
