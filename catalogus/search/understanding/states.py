"""Whether something can be had: "leverbaar", "niet meer leverbaar", "uitverkocht"."""

import re

from catalogus.choices import ProductState
from catalogus.search.understanding.shapes import Recognised
from catalogus.search.understanding.sheet import Sheet

_STATE = re.compile(
    r"(?<!\w)(?:(?P<how>niet meer|nog niet|tijdelijk niet|beperkt|niet)\s)?(?:leverbaar|verkrijgbaar|bestelbaar)(?!\w)"
    r"|(?<!\w)(?P<sold>uitverkocht)(?!\w)",
    re.IGNORECASE,
)
_GONE = (ProductState.NO_LONGER, ProductState.NOT_USABLE)
_STATES = {
    "": ProductState.orderable(),
    "beperkt": (ProductState.LIMITED,),
    "nog niet": (ProductState.NOT_YET,),
    "tijdelijk niet": (ProductState.TEMPORARILY_NOT,),
    "niet meer": _GONE,
    "niet": (*_GONE, ProductState.NEVER, ProductState.TEMPORARILY_NOT),
    "uitverkocht": (*_GONE, ProductState.TEMPORARILY_NOT),
}


def take_states(sheet: Sheet) -> list[Recognised]:
    found = []
    for match in _STATE.finditer(sheet.rest):
        # What only case-blind matching takes for these letters has no entry.
        states = _STATES.get(" ".join((match["how"] or match["sold"] or "").lower().split()))
        if states is not None:
            sheet.take(*match.span())
            codes = tuple(sorted(str(state.value) for state in map(ProductState, states)))
            found.append(Recognised(match.group(), *match.span(), "states", codes, is_filter=True))
    return found
