"""What a typed text means: concepts in it, prices, numbers, phrases, words that must not be there, and the rest."""

from catalogus.search.understanding.reading import understand
from catalogus.search.understanding.shapes import Marked, Recognised, Sign, Stretch, Understanding

__all__ = ["Marked", "Recognised", "Sign", "Stretch", "Understanding", "understand"]
