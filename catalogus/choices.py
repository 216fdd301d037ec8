"""The closed lists that products are described with, after the ECK value domains."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductState(models.TextChoices):
    """ECK catalogservice 2.5.2, Entry/ProductState; UNKNOWN where the element is missing or says something else."""

    AVAILABLE = "available", _("Leverbaar")
    LIMITED = "limited_available", _("Beperkt leverbaar")
    NOT_YET = "not_yet_available", _("Nog niet leverbaar")
    TEMPORARILY_NOT = "temporary_not_available", _("Tijdelijk niet leverbaar")
    NO_LONGER = "no_longer_available", _("Niet meer leverbaar")
    NEVER = "will_never_be_available", _("Zal niet verschijnen")
    NOT_USABLE = "not_available_or_usable", _("Niet leverbaar of bruikbaar")
    UNKNOWN = "unknown", _("Leverbaarheid onbekend")

    @classmethod
    def orderable(cls) -> tuple[str, ...]:
        """The states of what is not known to be gone; README.md of this app says why UNKNOWN is among them."""
        return (cls.AVAILABLE, cls.LIMITED, cls.NOT_YET, cls.TEMPORARILY_NOT, cls.UNKNOWN)


class Medium(models.TextChoices):
    """ECK catalogservice 2.5.2, Entry/Medium."""

    WEB = "web", _("Web")
    BOOK = "book", _("Boek")
    CD_ROM = "cd-rom", _("Cd-rom")
    DVD = "dvd", _("Dvd")
    INSTALLER = "installer", _("Te installeren programma")
    OTHER = "other", _("Anders")
    UNKNOWN = "unknown", _("Onbekend")


class Form(models.TextChoices):
    """Folio or digital, derived from medium, title and licence: the feed does not state it."""

    FOLIO = "folio", _("Folio")
    DIGITAL = "digital", _("Digitaal")
    COMBI = "combi", _("Combinatie van folio en digitaal")
    LIFO = "lifo", _("Licentie met folio (LIFO)")
    UNKNOWN = "unknown", _("Onbekend")


class Role(models.TextChoices):
    """ECK catalogservice 2.5.2, Entry/IntendedEndUserRole."""

    LEARNER = "learner", _("Leerling of student")
    TEACHER = "teacher", _("Docent")
    MANAGER = "manager", _("Beheerder")
    UNKNOWN = "unknown", _("Onbekend")


HIGHER_EDUCATION = ("hbo", "ho", "wo")
"""Sectors that the feed knows and our readers do not look for: what is for these alone is out of the default search."""
