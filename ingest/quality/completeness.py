"""What makes a product complete, and how much each part of it is worth.

The points say what a school misses most: what it cannot order, filter or choose without weighs three, what helps it to
choose two, what is good to know one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import StartsWith
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogus.models import Medium, ProductState, Role


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a complete product says. condition: of products that say it; elements: of ECK."""

    code: str
    points: int
    name: str | Promise
    why: str | Promise
    elements: str
    condition: Q


# A product without a family name has a method of its own, whose key begins with "=".
_NO_FAMILY = Q(StartsWith(Coalesce("origin_method__key", "method__key"), Value("=")))

_ALL = (
    Part("ean", 3, _("EAN"), _("scholen en leveranciers bestellen erop"), "ProductId", Q(ean__isnull=False)),
    Part(
        "state",
        3,
        _("Leverbaarheid"),
        _("zonder weet niemand of het te bestellen is"),
        "ProductState",
        ~Q(state=ProductState.UNKNOWN),
    ),
    Part(
        "price",
        3,
        _("Prijs"),
        _("scholen kiezen binnen een begroting"),
        "Prices",
        Q(price_cents__isnull=False) | Q(price_excl_cents__isnull=False),
    ),
    Part("sector", 3, _("Sector"), _("de eerste keus die een school maakt"), "CurriculumInfo/Sector", ~Q(sectors=[])),
    Part("subject", 3, _("Vak"), _("docenten zoeken op hun vak"), "CurriculumInfo/Courses/Course", ~Q(subjects=[])),
    Part(
        "audience",
        2,
        _("Niveau of leerjaar"),
        _("zonder is niet te zien voor welke klas het is"),
        "CurriculumInfo/Levels/Level, CurriculumInfo/Years/Year",
        ~Q(levels=[], years=[]),
    ),
    Part(
        "description",
        2,
        _("Omschrijving"),
        _("zegt wat het is, in andere woorden dan de titel"),
        "Description",
        Q(description__regex=r"\S"),
    ),
    Part("cover", 2, _("Omslag"), _("zo herkent een docent het boek"), "ProductThumbnailLocation", ~Q(cover_url="")),
    Part(
        "medium",
        2,
        _("Medium"),
        _("boek of digitaal is voor scholen een eerste vraag"),
        "Medium",
        ~Q(medium=Medium.UNKNOWN),
    ),
    Part(
        "family",
        2,
        _("Methodenaam"),
        _("brengt de delen van een methode bij elkaar"),
        "ProductFamilyName",
        ~_NO_FAMILY,
    ),
    Part(
        "edition",
        1,
        _("Uitgave of druk"),
        _("scholen bestellen de druk die zij al gebruiken"),
        "Edition",
        ~Q(edition__key=""),
    ),
    Part(
        "information",
        1,
        _("Link naar meer informatie"),
        _("wie twijfelt, wil verder lezen"),
        "InformationLocation",
        ~Q(information_url=""),
    ),
    Part(
        "published",
        1,
        _("Verschijningsdatum"),
        _("laat zien hoe nieuw het is"),
        "FirstPublishedDate",
        Q(first_published_on__isnull=False),
    ),
    Part(
        "role",
        1,
        _("Voor leerling of docent"),
        _("houdt docentenmateriaal uit een boekenlijst"),
        "IntendedEndUserRole",
        ~Q(role=Role.UNKNOWN),
    ),
    Part("authors", 1, _("Makers"), _("docenten zoeken op de makers"), "Authors/Author", ~Q(authors=[])),
)

PARTS: Mapping[str, Part] = {part.code: part for part in _ALL}
"""By code; what is worth most first."""

MOST_POINTS = sum(part.points for part in _ALL)
"""Of a product that says all."""
