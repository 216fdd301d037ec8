"""What nobody who means well sends, by name: texts, parameters and cursors that a search meets all the same."""

import base64
import json
from urllib.parse import quote

from catalogus.search import SearchCriteria, View
from catalogus.search.criteria import MAX_TEXT_LENGTH, Sort
from catalogus.search.cursor import encode

WHOLE_TITLE = (
    "Kompas 3e editie leeropdrachtenboek + leeropdrachtenboek-online + toetssite + verrijkingsmateriaal 3 vmbo-bk/kgt"
    " LIFO 12 maanden (meerjarenlicentieovereenkomst voor scholengemeenschappen), met werkboeken A en B, docentenpakket"
    ", uitwerkingen, nakijkboek en extra oefenstof"
)
assert 250 < len(WHOLE_TITLE) <= MAX_TEXT_LENGTH


def filled(text: str) -> str:
    """The text over and over, as long as a text may be."""
    return (text * (MAX_TEXT_LENGTH // len(text) + 1))[:MAX_TEXT_LENGTH]


TEXTS = {
    "a long title": WHOLE_TITLE,
    "stop words": "de het een en",
    "stop words, as many as fit": filled("de het een en "),
    "punctuation": "!!! ??? ... ,,, ;;; :::",
    "one sign": "&",
    "a lone minus": "-",
    "a lone quote": '"',
    "empty quotes": '"" “” ‘’',
    "Lucene": 'title:kompas AND (price:[* TO *] OR _exists_:ean)~2^5 /.*/ +a -b !c && d || "e f"~3',
    "a wildcard": "*",
    "wildcards": "k?m*s *:* ???",
    "a wrong fuzzy": "kompas~9999 kompas^1e400 \\",
    "open brackets": filled("("),
    "only operators": "AND OR NOT AND NOT",
    "a regular expression": "/(a+)+$/ (a|a)*b",
    "SQL": "'; DROP TABLE catalogus_product; -- ' OR 1=1 UNION SELECT password FROM accounts_user",
    "JSON": '{"query": {"match_all": {}}} [] null',
    "a template": "{{ 7*7 }} {% load x %} %(text)s %s {text}",
    "HTML": '<script>alert(1)</script> "><img src=x onerror=alert(1)> &amp; ]]>',
    "an address": "https://catalogus.example/../../etc/passwd?q=1#x",
    "a lookup": "${jndi:ldap://catalogus.example/x}",
    "emoji": "😀👩‍👩‍👧‍👦🇳🇱 kompas 👍🏽",
    "emoji, as many as fit": filled("👩‍👩‍👧‍👦"),
    "NUL": "kom\x00pas \x00",
    "controls": "kom\x01\x02\x1b[31mpas\x7f\x85\u2028\u2029",
    "bidi": "\u202esapmok\u202c \u2066kompas\u2069 \u200f",
    "zero width": "kom\u200bpas \u200d\u200c\ufeff\u2060",
    "only zero width": "\u200b\u200d\ufeff",
    "accents on accents": "e" + "\u0301" * (MAX_TEXT_LENGTH - 1),
    "signs that grow": filled("\ufdfa"),
    "capitals that grow": filled("İ"),
    "sharp s": filled("ß"),
    "Chinese": filled("指南針"),
    "Arabic digits": "٣ ٩٧٨٩٠٠٠٠٠٠٠٠١",
    "not in Unicode": "\ufffe\uffff\U0010ffff",
    "one long word": filled("a"),
    "one long compound": filled("wiskundeboek"),
    "many digits": filled("9780000000002"),
    "words of one letter": " ".join("abcdefghijklmnopqrstuvwxyz" * 6)[:MAX_TEXT_LENGTH],
    "42 words": " ".join(f"woord{number}" for number in range(42))[:MAX_TEXT_LENGTH],
    "42 words of the curriculum": "havo vwo vmbo mavo mbo groep klas leerjaar wiskunde rekenen taal lezen boek werkboek"
    " licentie digitaal folio docent leerling kompas atlas aardrijkskunde biologie scheikunde natuurkunde frans duits",
    "one word over and over": filled("kompas "),
    "quotes": filled('"'),
    "minus signs": filled("-"),
    "minus words": filled("-a "),
    "quoted words": filled('"a" '),
    "minus and quotes": filled('-"'),
    "hyphens": filled("a-"),
    "ampersands": filled("a&"),
    "plus signs": filled("a+ "),
    "prices": "onder 99999999999999999999999 euro tot -1 euro vanaf 1e400 euro",
    "years": "groep 0 groep 99999999999999999999 leerjaar -1 klas 3,5",
    "editions": "999999999999e druk MMMMMMMMMMMMMMMM editie IIIIIIIIIIII",
}
"""Each may be asked: an answer, empty or not."""

TOO_LONG = {
    "one more than may be": "a" * (MAX_TEXT_LENGTH + 1),
    "10,000 letters": "a" * 10_000,
    "10,000 signs in words": "wiskunde havo 3 " * 625,
    "10,000 quotes": '"' * 10_000,
    "10,000 minus signs": "- " * 5_000 + "-",
    "10,000 emoji": "😀" * 10_000,
    "10,000 brackets": "(" * 10_000,
}

RAW = {
    "bytes that are no UTF-8": "q=%FF%FE%80kompas",
    "an overlong NUL": "q=%C0%80",
    "a lone surrogate": "q=%ED%A0%80kompas",
    "a lone percent": "q=100%",
    "percents of nothing": "q=%zz%u0041%",
    "no value": "q",
    "no name": "=kompas",
    "nothing but signs": "&&&=&=&;;",
    "twice encoded": "q=%2525%2500",
    "a name with NUL": "%00=1&q=kompas",
    "another case": "Q=kompas&PAGE=0",
    "an array": "q[]=kompas&q[a]=b",
}
"""Query strings as they come over the wire. What the API may refuse besides: names that it does not know."""

NUMBERS = ["0", "-1", str(10**9), "1.5", "٣", "²", "1e3", "0x10", "+1", "1 000", "NaN", "9" * 5_000, "één", "\x001"]
"""Neither a page nor the size of one."""


def token(*values: object) -> str:
    """A cursor with these values, whoever made them."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def nested(depth: int) -> str:
    return base64.urlsafe_b64encode(b"[" * depth + b"]" * depth).decode().rstrip("=")


def shape(view: str, sort: str = "relevance", text: str = "") -> str:
    """The first value of a cursor, by which ours are known; read off one, for how it is written may change."""
    criteria = SearchCriteria(text=text, view=View(view), sort=Sort(sort))
    given = encode(criteria, [])
    found: str = json.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))[0]
    return found


def cursors(view: str) -> dict[str, str]:
    """Cursors that are none, for a search without text in its usual order."""
    ours = shape(view)
    return {
        "garbage": "zomaar-iets",
        "signs": "!@#$%^&*()",
        "not ASCII": "é😀",
        "enormous": "A" * 100_000,
        "enormous and of our shape": token(ours, "x" * 5_000),
        "deep": nested(600),
        "deeper than Python reads": nested(100_000),
        "of another search": token(shape(view, "title"), "kompas", "0000000000001"),
        "of another view": token(ours.replace(view, "elders"), "0000000000001"),
        "of another version": token(f"9{ours}", "0000000000001"),
        "too few values": token(ours),
        "too many values": token(ours, "a", "b"),
        "a number": token(ours, 1),
        "nothing": token(ours, None),
        "a list": token(ours, ["a"]),
    }


def question(**parameters: str) -> str:
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in parameters.items())
