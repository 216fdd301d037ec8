"""The analysis chain: its tokens, the same on this node and on an official server, and what the node refuses."""

from uuid import uuid4

import httpx
import pytest

pytestmark = [pytest.mark.search, pytest.mark.xdist_group("devnode")]

ANALYSIS = {
    "char_filter": {"ampersand": {"type": "mapping", "mappings": ["& => en"]}},
    "filter": {
        "parts": {"type": "dictionary_decompounder", "word_list": ["wiskunde", "boek", "werk"], "min_subword_size": 4},
        "synonyms": {"type": "synonym_graph", "synonyms": ["ak, aardrijkskunde", "duitse taal => duits"]},
        "exceptions": {"type": "stemmer_override", "rules": ["fietsen, fietste => fiets", "havo => havo"]},
        "stems": {"type": "stemmer", "language": "dutch"},
        "joined": {"type": "word_delimiter_graph", "preserve_original": True},
        "kept": {"type": "keyword_marker", "keywords": ["boeken"]},
        "book_synonyms": {"type": "synonym_graph", "synonyms": ["wiskundeboek, rekenboek"]},
        "starts": {"type": "edge_ngram", "min_gram": 2, "max_gram": 4},
    },
    "normalizer": {
        "folded": {"type": "custom", "char_filter": ["ampersand"], "filter": ["lowercase", "asciifolding"]},
    },
    "analyzer": {
        "index_text": {
            "tokenizer": "standard",
            "char_filter": ["ampersand"],
            "filter": ["lowercase", "asciifolding", "parts", "exceptions", "stems"],
        },
        "query_text": {
            "tokenizer": "standard",
            "char_filter": ["ampersand"],
            "filter": ["lowercase", "asciifolding", "synonyms", "exceptions", "stems"],
        },
        "names": {"tokenizer": "whitespace", "filter": ["joined", "lowercase"]},
        "prefixes": {"tokenizer": "keyword", "filter": ["trim", "lowercase", "starts"]},
        "kept_words": {"tokenizer": "standard", "filter": ["kept", "stems"]},
        "plain_html": {"tokenizer": "standard", "char_filter": ["html_strip"], "filter": ["remove_duplicates"]},
        # Synonyms behind the decompounder: their rules are read past it, else each would fall apart.
        "parts_then_synonyms": {
            "tokenizer": "standard",
            "filter": [
                "lowercase",
                "parts",
                "book_synonyms",
                "flatten_graph",
            ],
        },
    },
}


@pytest.fixture(scope="module")
def engine(engine_url):
    with httpx.Client(base_url=engine_url, timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture
def make_index(engine):
    """Makes an index with that analysis; the answer of the engine."""
    names = []

    def make(analysis):
        names.append(f"devstack-test-{uuid4().hex}")
        return engine.put(f"/{names[-1]}", json={"settings": {"number_of_replicas": 0, "analysis": analysis}})

    yield make
    for name in names:
        engine.delete(f"/{name}")


@pytest.fixture(scope="module")
def tokens(engine):
    """(analyzer or normalizer, text) -> the tokens with their positions."""
    name = f"devstack-test-{uuid4().hex}"
    made = engine.put(f"/{name}", json={"settings": {"number_of_replicas": 0, "analysis": ANALYSIS}})
    assert made.status_code == httpx.codes.OK, made.text

    def of(text, **by):
        found = engine.post(f"/{name}/_analyze", json={**by, "text": text})
        return [(token["token"], token["position"]) for token in found.json()["tokens"]]

    yield of
    engine.delete(f"/{name}")


@pytest.mark.parametrize(
    ("analyzer", "text", "expected"),
    [
        ("index_text", "Vuur & Toren", [("vur", 0), ("en", 1), ("tor", 2)]),
        ("index_text", "wiskundeboeken", [("wiskundeboek", 0), ("wiskund", 0), ("boek", 0)]),
        ("index_text", "Fietste HAVO é", [("fiets", 0), ("havo", 1), ("e", 2)]),
        ("query_text", "ak", [("aardrijkskund", 0), ("ak", 0)]),
        ("query_text", "duitse taal", [("duit", 0)]),
        ("names", "VuurEnToren", [("vuurentoren", 0), ("vuur", 0), ("en", 1), ("toren", 2)]),
        ("names", "havo4 Wi-Fi", [("havo4", 0), ("havo", 0), ("4", 1), ("wi-fi", 2), ("wi", 2), ("fi", 3)]),
        ("prefixes", " Kiezel ", [("ki", 0), ("kie", 0), ("kiez", 0)]),
        ("kept_words", "boeken schriften", [("boeken", 0), ("schrift", 1)]),
        ("plain_html", "<b>Tel</b> mee", [("Tel", 0), ("mee", 1)]),
    ],
)
def test_tokens(tokens, analyzer, text, expected):
    assert tokens(text, analyzer=analyzer) == expected


def test_synonyms_behind_the_decompounder_are_read_whole(tokens):
    found = tokens("wiskundeboek", analyzer="parts_then_synonyms")
    assert {"wiskundeboek", "rekenboek"} <= {token for token, _ in found}


def test_a_normalizer_folds_and_maps(tokens):
    assert tokens("Café & Zo", normalizer="folded") == [("cafe en zo", 0)]


@pytest.mark.parametrize(
    "analysis",
    [
        {"filter": {"x": {"type": "stemmer", "language": "english"}}},
        {"filter": {"x": {"type": "stemmer", "language": "dutch", "strength": "2"}}},
        {"filter": {"x": {"type": "dictionary_decompounder", "word_list": ["boek"], "no_sub_matches": True}}},
        {"filter": {"x": {"type": "dictionary_decompounder", "min_word_size": 5}}},
        {"filter": {"x": {"type": "word_delimiter_graph", "split_on_numerics": False}}},
        {"filter": {"x": {"type": "synonym_graph", "synonyms": ["a, b"], "lenient": True}}},
        {"filter": {"x": {"type": "stemmer_override", "rules": ["fietsen"]}}},
        {"filter": {"x": {"type": "keyword_marker", "keywords": ["a"], "ignore_case": True}}},
        {"char_filter": {"x": {"type": "mapping", "mappings": ["& -> en"]}}},
        {"char_filter": {"x": {"type": "mapping", "mappings": ["\\u0026 => en"]}}},
        {"filter": {"x": {"type": "no_such_filter"}}},
    ],
    ids=str,
)
def test_what_the_node_does_not_implement_is_refused(engine, make_index, analysis):
    if engine.get("/").status_code == httpx.codes.OK:
        pytest.skip("an official server knows more")
    ((kind, named),) = analysis.items()
    answer = make_index({**analysis, "analyzer": {"a": {"tokenizer": "standard", kind: list(named)}}})
    assert answer.status_code == httpx.codes.BAD_REQUEST, answer.text


def test_synonyms_behind_a_filter_that_makes_a_graph_are_refused(make_index):
    answer = make_index(
        {
            "filter": {"x": {"type": "synonym_graph", "synonyms": ["a, b"]}, "w": {"type": "word_delimiter_graph"}},
            "analyzer": {"a": {"tokenizer": "standard", "filter": ["w", "x"]}},
        }
    )
    assert answer.status_code == httpx.codes.BAD_REQUEST
    assert "cannot be used to parse synonyms" in answer.text
