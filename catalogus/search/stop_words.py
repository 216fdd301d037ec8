"""Words that stand in texts and say nothing about which material is wanted.

Where other words are left these only order what those find; a text of these alone is searched for as it is.
"""

STOP_WORDS = frozenset((
    "aan", "al", "als", "bij", "dan", "dat", "de", "deze", "die", "dit", "door", "een", "en", "er", "het", "hun",
    "iets", "ik", "in", "is", "je", "maar", "mee", "met", "mijn", "na", "naar", "niet", "nog", "of", "om", "ons",
    "onze", "ook", "op", "over", "per", "sinds", "te", "tot", "uit", "van", "via", "voor", "wat", "we", "welke",
    "wie", "wij", "ze", "zijn", "zo", "zoek",
    # Everything here is one of these.
    "leermethode", "leermethodes", "leermiddel", "leermiddelen", "lesmateriaal", "lesmethode", "lesmethodes",
    "materiaal", "methode", "methodes",
))  # fmt: skip
