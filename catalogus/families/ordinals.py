"""Ranking words ("derde") and the numbers that they stand for."""

ORDINAL_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "eerste first", "tweede second", "derde third", "vierde fourth", "vijfde fifth", "zesde sixth",
            "zevende seventh", "achtste eighth", "negende ninth", "tiende tenth", "elfde eleventh", "twaalfde twelfth",
            "dertiende", "veertiende", "vijftiende", "zestiende", "zeventiende", "achttiende", "negentiende",
            "twintigste",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
