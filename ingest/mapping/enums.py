"""The closed value lists of ECK, as texts in normal form, into our own codes."""

from catalogus.choices import Medium, ProductState, Role

STATES = {
    "leverbaar": ProductState.AVAILABLE,
    "beperkt leverbaar": ProductState.LIMITED,
    "nog niet leverbaar": ProductState.NOT_YET,
    "tijdelijk niet leverbaar": ProductState.TEMPORARILY_NOT,
    "niet meer leverbaar": ProductState.NO_LONGER,
    "zal niet verschijnen": ProductState.NEVER,
    "niet leverbaar of bruikbaar": ProductState.NOT_USABLE,
}
MEDIA = {
    "web browser": Medium.WEB,
    "boek": Medium.BOOK,
    "cd rom": Medium.CD_ROM,
    "dvd": Medium.DVD,
    "downloadable installer": Medium.INSTALLER,
    "anders": Medium.OTHER,
}
ROLES = {
    "onderwijsvolger": Role.LEARNER,
    "onderwijsgever": Role.TEACHER,
    "beheerder": Role.MANAGER,
}
CURRENCIES = {"": "EUR", "eur": "EUR", "euro": "EUR"}
"""Without a currency a Dutch price is in euros."""
