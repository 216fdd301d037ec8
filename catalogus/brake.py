"""When a list that seems to have lost much has more likely a fault, so that a person must agree."""

ORDINARY_SHARE, ORDINARY_NUMBER = 0.05, 20
"""More than both at once is not how a catalogue, or the list of schools, ages."""


def needs_agreement(*, gone: int, of: int) -> bool:
    """Whether that many gone, of all there were, is more than goes in the ordinary way."""
    return gone > ORDINARY_NUMBER and gone > ORDINARY_SHARE * of
