"""The catalogue without a search engine: how the reader asks for that, and what the reader is told."""

import os

from devstack.errors import DevstackError, NotToBeHad

NO_ENGINE = "NO_ENGINE"


def no_engine_is_asked() -> bool:
    """Whether the environment asks to do without, as `make run NO_ENGINE=1` does. Raises DevstackError for nonsense."""
    value = os.environ.get(NO_ENGINE, "").strip()
    if value not in {"", "0", "1"}:
        raise DevstackError(
            f"{NO_ENGINE} is “{value}”.", remedy=f"Zet {NO_ENGINE}=1 voor zoeken zonder zoekmachine, of laat het weg."
        )
    return value == "1"


def asked_for(label: str) -> NotToBeHad:
    """Why a service is left out that somebody did not want."""
    return NotToBeHad(
        f"{label} blijft weg, zoals gevraagd ({NO_ENGINE}=1 of --no-engine).",
        remedy="Laat dat weg.",
    )


def basic_mode(absence: NotToBeHad) -> str:
    """The one line that says that search is in basic mode, why, and what gives the whole of it."""
    remedy = absence.remedy[:1].lower() + absence.remedy[1:]
    return f"Zoeken werkt in de basismodus. {absence.message} Voor volledig zoeken: {remedy}"
