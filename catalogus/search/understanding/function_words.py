"""Words that stand in every Dutch text and so name nothing, whatever abbreviation they look like."""

_WORDS = """
    aan al alle als bij daar dan dat de deze die dit door een en er geen had heb heeft het hier hij hoe ik in is ja je
    jij kan maar me meer met mij mijn na naar nee niet nog nu of om omdat onder ons onze ook op over per te tegen ten
    ter toch tot tussen uit van vanaf veel voor waar was wat we wel welk welke werd wie wij worden ze zich zij zijn zo
    zonder zou u uw
"""
FUNCTION_WORDS = frozenset(_WORDS.split())
