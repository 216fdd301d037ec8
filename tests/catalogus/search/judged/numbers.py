"""Article numbers of the shelf: from a range that was never given to a publisher, and that the feed does not reach."""

_FIRST = 9_390_000
"""978-90-9390000 and on; the feed counts from 9500000 upwards in its first shelves of records."""


def shelf_ean(number: int) -> str:
    """The EAN of product `number` of the shelf."""
    digits = f"97890{_FIRST + number}"
    check = -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10
    return f"{digits}{check}"
