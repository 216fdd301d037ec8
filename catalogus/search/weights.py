"""What a match weighs. docs/search.md tells it in prose; whoever changes a number here raises RANKING_VERSION.

Scores are sums of constants: how often a word stands in a title changes nothing, so stuffing one buys no place. Steps
between kinds of matches are 10 and more; what is not about the text (can be ordered, current edition, reviewed, a short
title) adds up to about one step at most, so it decides between equals.
"""

RANKING_VERSION = 2
"""1: BM25 over all words (November 2026). 2: constants by kind of match, concepts before words of a title."""

# Far apart, so that no sum of what follows lifts a lower kind over a higher one: the longest text has some 150 words.
EAN = 200_000.0
EAN_WITHIN = 100_000.0
WHOLE = 60_000.0
WHOLE_OTHER = 50_000.0
"""The whole title of a product, and of its method: the first for what is looked for, the second for the other one."""
ALL_WORDS = 25_000.0
"""With fewer words also found, what has all of them still comes first."""

# A word, by where it is found.
IN_METHOD = 130.0
JOINED = 125.0
IN_TITLE = 120.0
ANYWHERE = 100.0
SYNONYM = 90.0
PART = 80.0
PARTS = 70.0
DESCRIPTION = 60.0
BEGINNING = 40.0
NEAR = (30.0, 20.0, 10.0)
"""Words that a mistyped one may have meant, best first: below every word that is it."""

# What the text names, by the facts of the product. A word in a title that says the same weighs less: publishers write
# titles, and the vocabulary of the curriculum says what a product is for.
SUBJECT = 115.0
"""Above a class: where not both are found, who asks for wiskunde havo 3 wants wiskunde, and not havo 3."""
CONCEPT = 110.0
PUBLISHER = 130.0
CLASS_NOT_STATED = 50.0
"""A product for havo that states no year, for "havo 3"."""
NAMED_ONLY = 60.0

NAME_WITHIN = 50.0
"""The text holds the whole name of the method, besides other words."""
IN_ORDER = 15.0
"""The words stand side by side in the title or the name, as they were typed."""
STOP_WORD = 1.0

# Between equals.
ORDERABLE = 4.0
CURRENT = 3.0
REVIEWED = 0.5
WELL_REVIEWED = 0.5
SHORTNESS = 0.017
"""Times the engine's measure of how rare a word is and how short the title (BM25, at most some 14), twice at most:
the last thing that decides."""
