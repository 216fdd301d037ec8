"""How text becomes words: the analyzers of the indexes.

Only what both the official server and the development node know is used here. Compounds, synonyms and spelling need
the words of the catalogue, so `catalogus.search.words` sees to them; what it makes is stemmed here like any text.
"""

from elasticsearch.dsl import analyzer, char_filter, normalizer, token_filter

from catalogus.search.stems import EDITION_NUMBERS, NUMBERS, ORDINALS, STEMS

# "Tel & Meet" and "Tel en Meet" are one title. The hyphens make words of their own out of "Tel&Meet" too; the tokenizer
# drops them. A space would do the same, but the engine trims it off a rule.
_AND_SIGN = char_filter("and_sign", type="mapping", mappings=["& => -en-"])
# "thema's" is the plural of "thema", and the stemmer would keep the apostrophe.
_PLURAL_SIGN = char_filter(
    "plural_sign",
    type="mapping",
    mappings=[
        f"{vowel}{apostrophe}{ending} => {vowel}"
        for vowel in "aeiouyéAEIOUYÉ"
        for apostrophe in "'’‘`´"
        for ending in "sS"
    ],
)
_SIGNS = [_AND_SIGN, _PLURAL_SIGN]
_AND_SIGN_IN_WHOLE = char_filter("and_sign_in_whole", type="mapping", mappings=["& => en"])

_STEMS = token_filter("dutch_stems", type="stemmer_override", rules=[*STEMS, *NUMBERS, *ORDINALS])
_EDITION_STEMS = token_filter("edition_stems", type="stemmer_override", rules=[*STEMS, *NUMBERS, *EDITION_NUMBERS])
_STEMMER = token_filter("dutch_stemmer", type="stemmer", language="dutch")
# From two letters, as "nu" is a word of titles; up to twenty, beyond which nobody stops in the middle of a word.
_BEGINNINGS = token_filter("beginnings", type="edge_ngram", min_gram=2, max_gram=20)

DUTCH = analyzer(
    "dutch_text",
    tokenizer="standard",
    char_filter=_SIGNS,
    filter=["lowercase", "asciifolding", _STEMS, _STEMMER],
)
EDITION = analyzer(
    "dutch_edition",
    tokenizer="standard",
    char_filter=_SIGNS,
    filter=["lowercase", "asciifolding", _EDITION_STEMS, _STEMMER],
)
WORDS = analyzer(
    "words",
    tokenizer="standard",
    char_filter=_SIGNS,
    filter=["lowercase", "asciifolding"],
)
WORD_BEGINNINGS = analyzer(
    "word_beginnings",
    tokenizer="standard",
    char_filter=_SIGNS,
    filter=["lowercase", "asciifolding", _BEGINNINGS],
)
WHOLE = normalizer("whole", char_filter=[_AND_SIGN_IN_WHOLE], filter=["lowercase", "asciifolding"])
