"""The tokens of a fixed list of texts, as the live index makes them.

One table and one test: a difference between two engines, or two versions, shows in one place. devstack/README.md
tells how to run it against an official server; `pytest -s` prints the table. Why the rules are as they are is tested in
test_analysis.py.
"""

import pytest

from catalogus.models import OutboxKind
from catalogus.search.indices import live_alias
from catalogus.search.words.lists import splitter_now

pytestmark = pytest.mark.search

# (field, text, tokens); of "parts" the text is a compound, whose parts our own code finds and the index stems.
TOKENS = (
    ("text", "Wiskunde wiskundeboeken", "wiskund wiskundeboek"),
    ("text", "Één CAFÉ", "een caf"),
    ("text", "Ænigma Øre straße", "aenigma ore stras"),
    ("text", "ﬁets ＡＢＣ", "fiets abc"),
    ("text", "coördinatie ideeën reünie", "coordinatie idee reunie"),
    ("text", "Tel & Meet", "tel en meet"),
    ("text", "Tel&Meet", "tel en meet"),
    ("text", "havo-3 / vwo 4", "havo 3 vwo 4"),
    ("text", "vmbo-t/havo 2", "vmbo t havo 2"),
    ("text", "rekenen-wiskunde", "reken wiskund"),
    ("text", "natuur- en scheikunde", "natur en scheikund"),
    ("text", "foto's thema’s programma`s", "foto thema programma"),
    ("text", "'s-Hertogenbosch", "s hertogenbosch"),
    ("text", "e-mail wi-fi", "e mail wi fi"),
    ("text", "don't l'école", "don't l'ecol"),
    ("text", "9789000000012", "9789000000012"),
    ("text", "978-90-00-00001-2", "978 90 00 00001 2"),
    ("text", "3,5 12.000 1/2", "3,5 12.000 1 2"),
    ("text", "1e 2de 3e twaalfde", "1e 2e 3e 12e"),
    ("text", "III XII viii", "3 12 8"),
    ("text", "drie twaalf", "3 12"),
    ("text", "fiets fietsen", "fiets fiets"),
    ("text", "les lessen lees lezen", "les les lees lees"),
    ("text", "boek boeken boekje", "boek boek boekje"),
    ("text", "toets toetsen toetsing", "toets toets toetsing"),
    ("text", "kind kinderen", "kind kind"),
    ("text", "leraar leraren lerares", "leraar leraar leraar"),
    ("text", "economie economische", "economie economie"),
    ("text", "Engels Engelse", "engels engels"),
    ("text", "video's videos", "video video"),
    ("text", "3D c++ c#", "3d c c"),
    ("text", "naam@school.nl www.school.nl", "nam school.nl www.school.nl"),
    ("text", "日本 Ελλάδα", "日 本 ελλάδα"),
    ("edition", "12e ed.", "12 druk"),
    ("edition", "twaalfde druk", "12 druk"),
    ("edition", "druk XII 2023/2024", "druk 12 2023 2024"),
    ("beginnings", "Één tekst", "ee een te tek teks tekst"),
    ("title.exact", "TÉL & MEET 3", "tel en meet 3"),
    ("parts", "wiskundeboek", "wiskund boek"),
    ("parts", "rekenschriften", "reken schrift"),
    ("parts", "aardrijkskundewerkboek", "aardrijkskund werkboek"),
    ("parts", "handhaving", ""),
)


def test_every_text_has_the_tokens_that_it_always_had(search_index):
    splitter = splitter_now()
    found = []
    for field, text, _tokens in TOKENS:
        indexed = " ".join(splitter.split(text)) if field == "parts" else text
        answer = search_index.client.indices.analyze(index=live_alias(OutboxKind.PRODUCT), field=field, text=indexed)
        found.append((field, text, " ".join(token["token"] for token in answer.body["tokens"])))
        print(f"{field:12} {text:32} {found[-1][2]}")  # noqa: T201  Two engines are laid side by side by it.
    assert found == list(TOKENS)
