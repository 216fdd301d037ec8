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


class PriceRange(models.TextChoices):
    """Prices in euro, VAT included: the lower bound belongs to the range, the upper one does not."""

    UNDER_10 = "0-10", _("Tot € 10")
    FROM_10 = "10-25", _("€ 10 tot € 25")
    FROM_25 = "25-50", _("€ 25 tot € 50")
    FROM_50 = "50-100", _("€ 50 tot € 100")
    FROM_100 = "100-", _("€ 100 en meer")
    UNKNOWN = "unknown", _("Prijs onbekend")


class RatingRange(models.TextChoices):
    """Means of reviews, 1 to 4: the lower bound belongs to the range, the upper one only where it is the end, 4.

    What has reviews has ANY besides its range, or besides FEW where there are too few for a total, or none but of older
    editions. NONE is a state of its own, and no number.
    """

    ANY = "any", _("Heeft beoordelingen")
    FROM_3_5 = "3.5-4", _("Gemiddeld 3,5 tot en met 4")
    FROM_3 = "3-3.5", _("Gemiddeld 3 tot 3,5")
    FROM_2 = "2-3", _("Gemiddeld 2 tot 3")
    FROM_1 = "1-2", _("Gemiddeld 1 tot 2")
    FEW = "few", _("Te weinig voor een totaal")
    NONE = "none", _("Nog geen beoordelingen")


class Openness(models.TextChoices):
    OPEN = "open", _("Open leermateriaal")
    CLOSED = "closed", _("Geen open leermateriaal")
    UNKNOWN = "unknown", _("Onbekend")


class LicenseKind(models.TextChoices):
    """How a licence begins and ends, after the three texts of ECK's LicenseAvailabilityOptions.

    OTHER has a licence of which that is not stated. What can also be had to look into has TRIAL besides its kind.
    """

    FIXED_DURATION = "fixed-duration", _("Vrije ingang, vaste duur")
    FIXED_END = "fixed-end", _("Vrije ingang, vaste einddatum")
    FIXED_PERIOD = "fixed-period", _("Vaste begin- en einddatum")
    OTHER = "other", _("Licentie zonder opgave van ingang en einde")
    TRIAL = "trial", _("Ook als proef-, inkijk- of demo-exemplaar")
    NONE = "none", _("Volgens de uitgever zonder licentie")
    UNKNOWN = "unknown", _("Onbekend")


class LicenseDuration(models.TextChoices):
    """For how long a licence is, in steps that schools know; facet_rules.py has the days."""

    HALF_YEAR = "half-year", _("Hoogstens een half jaar")
    YEAR = "year", _("Een schooljaar of een jaar")
    YEARS_2_3 = "2-3-years", _("Langer dan een jaar, korter dan vier")
    YEARS_4 = "4-years", _("Vier jaar of langer")
    UNKNOWN = "unknown", _("Onbekend")


class Accessibility(models.TextChoices):
    STATED = "stated", _("Met toegankelijkheidsverklaring")
    UNKNOWN = "unknown", _("Geen verklaring bekend")


class News(models.TextChoices):
    THIS_YEAR = "this-year", _("Nieuw dit jaar of aangekondigd")


HIGHER_EDUCATION = ("hbo", "ho", "wo")
"""Sectors that the feed knows and our readers do not look for: what is for these alone is out of the default search."""
