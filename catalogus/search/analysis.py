"""How text becomes words: the analyzers of the indexes.

Only what both the official server and the development node know is used here. Compounds, synonyms and spelling find
their place between the folding and the stemmer of DUTCH.
"""

from elasticsearch.dsl import analyzer, char_filter, normalizer, token_filter

# "Tel & Meet" and "Tel en Meet" are one title. The hyphens make words of their own out of "Tel&Meet" too; the tokenizer
# drops them. A space would do the same, but the engine trims it off a rule.
_AND_SIGN = char_filter("and_sign", type="mapping", mappings=["& => -en-"])
_AND_SIGN_IN_WHOLE = char_filter("and_sign_in_whole", type="mapping", mappings=["& => en"])

# Words of this field that the stemmer would split from their plural, or join to a stranger.
_STEMS = token_filter(
    "dutch_stems",
    type="stemmer_override",
    rules=[
        "fiets, fietsen => fiets",
        "kunst, kunsten => kunst",
        "les, lessen => les",
        "toets, toetsen => toets",
    ],
)
_STEMMER = token_filter("dutch_stemmer", type="stemmer", language="dutch")

# From two letters, as "nu" is a word of titles; up to twenty, beyond which nobody stops in the middle of a word.
_BEGINNINGS = token_filter("beginnings", type="edge_ngram", min_gram=2, max_gram=20)

DUTCH = analyzer(
    "dutch_text",
    tokenizer="standard",
    char_filter=[_AND_SIGN],
    filter=["lowercase", "asciifolding", _STEMS, _STEMMER],
)
WORDS = analyzer(
    "words",
    tokenizer="standard",
    char_filter=[_AND_SIGN],
    filter=["lowercase", "asciifolding"],
)
WORD_BEGINNINGS = analyzer(
    "word_beginnings",
    tokenizer="standard",
    char_filter=[_AND_SIGN],
    filter=["lowercase", "asciifolding", _BEGINNINGS],
)
WHOLE = normalizer("whole", char_filter=[_AND_SIGN_IN_WHOLE], filter=["lowercase", "asciifolding"])
