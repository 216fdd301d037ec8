"""All that a source may state of a product: what every way in (harvest, push, editor) hands to the same service."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from catalogus.choices import Form, Medium, ProductState, Role


@dataclass(frozen=True, slots=True)
class Classification:
    """One group as it was read: codes of concepts. "havo" and "leerjaar-3" in one group mean havo 3."""

    sectors: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    def as_json(self) -> dict[str, list[str]]:
        return {
            "sectors": list(self.sectors),
            "levels": list(self.levels),
            "years": list(self.years),
            "subjects": list(self.subjects),
        }


@dataclass(frozen=True, slots=True)
class PricePart:
    """A part of a price with its own rate of VAT: whole cents without VAT, and percent."""

    excl_cents: int
    vat_rate: Decimal

    def as_json(self) -> dict[str, object]:
        """{"excl_cents": 1835, "vat_rate": "9.0"}."""
        return {"excl_cents": self.excl_cents, "vat_rate": str(self.vat_rate)}


@dataclass(frozen=True, slots=True)
class ProductData:
    """A product as its sources have it. Prices are whole cents; None and "" mean: not stated."""

    title: str
    publisher_name: str
    family_name: str = ""
    edition_text: str = ""
    identifier: str = ""
    ean: str | None = None
    contained_ean: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    state: str = ProductState.UNKNOWN.value
    medium: str = Medium.UNKNOWN.value
    form: str = Form.UNKNOWN.value
    form_confidence: int = 0
    role: str = Role.UNKNOWN.value
    is_licensed: bool | None = None
    is_consumable: bool | None = None
    is_catalog_item: bool | None = None
    is_separately_available: bool | None = None
    price_cents: int | None = None
    price_excl_cents: int | None = None
    vat_rate: Decimal | None = None
    currency: str = ""
    is_price_indicative: bool | None = None
    sale_unit_size: int | None = None
    information_url: str = ""
    access_url: str = ""
    content_url: str = ""
    cover_url: str = ""
    successor_identifier: str = ""
    first_published_on: date | None = None
    end_of_life_on: date | None = None
    source_modified_at: datetime | None = None
    classification: tuple[Classification, ...] = ()
    rubrics: tuple[str, ...] = ()
    language: str = ""
    is_open: bool | None = None
    open_license: str = ""
    price_parts: tuple[PricePart, ...] = ()
    part_identifiers: tuple[str, ...] = ()
    license_availability: str = ""
    license_starts_on: date | None = None
    license_ends_on: date | None = None
    license_days: int | None = None
    license_count: int | None = None
    license_options: tuple[str, ...] = ()
    activation_days: int | None = None
    activation_until: date | None = None
    platforms: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    browsers: tuple[str, ...] = ()
    usages: tuple[str, ...] = ()
    aggregation_level: str = ""
    version_text: str = ""
    is_copyrighted: bool | None = None
    last_revised_on: date | None = None
    deprecated_on: date | None = None
    supported_until: date | None = None
    accessibility_url: str = ""
    publisher_logo_url: str = ""
