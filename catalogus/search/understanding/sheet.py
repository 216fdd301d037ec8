"""A text from which stretches are taken as they are understood, so that nothing is read twice."""

from collections.abc import Iterator

TAKEN = "\x00"
"""Stands in the place of what was taken; no pattern reads across it, and a NUL that was typed separates words too."""


class Sheet:
    """The text, and what is still to be read of it: as long as the text, so that places are the same in both."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._signs = list(text)
        self._rest: str | None = text

    @property
    def rest(self) -> str:
        if self._rest is None:
            self._rest = "".join(self._signs)
        return self._rest

    def take(self, start: int, end: int) -> str:
        """Take a stretch; the text of it. `rest` is made anew when it is read next, so take several in a row."""
        self._signs[start:end] = TAKEN * (end - start)
        self._rest = None
        return self.text[start:end]

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Start and end of each unbroken piece that is left."""
        start = 0
        for piece in self.rest.split(TAKEN):
            if piece.strip():
                yield start, start + len(piece)
            start += len(piece) + 1
