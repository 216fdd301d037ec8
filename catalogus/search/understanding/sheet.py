"""A text from which stretches are taken as they are understood, so that nothing is read twice."""

from collections.abc import Iterator

TAKEN = "\x00"
"""Stands in the place of what was taken; no pattern reads across it, and a NUL that was typed separates words too."""


class Sheet:
    """The text, and what is still to be read of it: as long as the text, so that places are the same in both."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rest = text

    def take(self, start: int, end: int) -> str:
        """Take a stretch; the text of it."""
        self.rest = f"{self.rest[:start]}{TAKEN * (end - start)}{self.rest[end:]}"
        return self.text[start:end]

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Start and end of each unbroken piece that is left."""
        start = 0
        for piece in self.rest.split(TAKEN):
            if piece.strip():
                yield start, start + len(piece)
            start += len(piece) + 1
