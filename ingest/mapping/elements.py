"""Every element of an Entry, of all schema versions from 2.1.1 to 2.5.2, and where what it says goes.

docs/data.md shows this table, and a test holds the two together and to what the mapping does. The names are those of
the records seen and of Kennisnet's own reader of them (phpECKCS). An element that is not in the table stays in the
stored record, as all do, and is told as a finding.
Source: ECK Distributie en Toegang, catalogservice, element Entry.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.koppelpunt.eck import Entry
from ingest.koppelpunt.xml import local_name


@dataclass(frozen=True, slots=True)
class Destination:
    """fields: of ProductData, and what is made of them; empty for what is only kept. note: how it is read."""

    fields: tuple[str, ...]
    note: str = ""


_KEPT = Destination((), "only kept")
_GROUP = ("classification", "sectors", "levels", "years", "subjects", "combined")
_OLD_GROUP = "where CurriculumInfo and the DEP elements say nothing (2.1.1, 2.3)"
_DEP_GROUP = "where CurriculumInfo says nothing"

ELEMENTS: Mapping[str, Destination] = {
    "ProductId": Destination(
        ("identifier", "ean", "contained_ean"),
        "EAN only if it is one with a right check digit; one inside another code (`urn:…:<ean>`) serves search alone",
    ),
    "Publisher": Destination(
        ("publisher_name",), "spellings that differ in case, spaces, accents or legal form are one publisher"
    ),
    "PublisherThumbnailLocation": Destination(("publisher_logo_url",), "as the other addresses"),
    "ProductThumbnailLocation": Destination(("cover_url",), "white space taken out; only http and https"),
    "ProductFamilyName": Destination(
        ("family_name", "method", "edition"),
        "edition words anywhere, level and year words from the end (`catalogus/families`), which count as levels and"
        " years where the classification names none",
    ),
    "Title": Destination(
        ("title", "form", "language", "is_open"), "white space squeezed; without one the record is refused"
    ),
    "Authors/Author": Destination(("authors",), "without the publisher itself"),
    "Description": Destination(("description", "language", "is_open"), "empty where it only repeats the title"),
    "Environments/Platform": Destination(("platforms",)),
    "Environments/Device": Destination(("devices",)),
    "Environments/Browser": Destination(("browsers",)),
    "ContentLocation": Destination(("content_url",), "as the other addresses"),
    "AccessLocation": Destination(("access_url",), "as the other addresses"),
    "InformationLocation": Destination(("information_url",), "as the other addresses"),
    "SubProducts/ProductId": Destination(
        ("part_identifiers",), "what a package consists of; which products they are is looked up when it is shown"
    ),
    "AggregationLevel": Destination(("aggregation_level",)),
    "IsSeparatelyAvailable": Destination(("is_separately_available",)),
    "FirstPublishedDate": Destination(("first_published_on",), "the day as written, of the years 1900 to 2199"),
    "LastRevisionDate": Destination(("last_revised_on",), "as FirstPublishedDate"),
    "DeprecationDate": Destination(("deprecated_on",), "as EndOfLifeDate"),
    "SupportedUntilDate": Destination(("supported_until",), "as EndOfLifeDate"),
    "EndOfLifeDate": Destination(("end_of_life_on",), "the day as written; 2050 and later is no end"),
    "FollowupProduct": Destination(
        ("successor_identifier", "successor"),
        "the product with that EAN, else the publisher's product with that code; never round in a circle",
    ),
    "Edition": Destination(("edition_text", "edition"), 'goes before words in names; "1Druk" is "1e druk"'),
    "Version": Destination(("version_text",), "the publisher's own count, no edition"),
    "ProductState": Destination(("state",), "unknown text: `unknown` and a finding"),
    "IntendedEndUserRole": Destination(("role",)),
    "Medium": Destination(("medium", "form"), "form is derived from it and the title, with a confidence"),
    "IsConsumptionProduct": Destination(("is_consumable",)),
    "ProductUsages/ProductUsage": Destination(("usages",)),
    "CurriculumInfo/Sector": Destination(_GROUP, '"VO, MBO, HBO" is three sectors'),
    "CurriculumInfo/Sectors/Sector": Destination(_GROUP, "the same"),
    "CurriculumInfo/Courses/Course": Destination(_GROUP, "each CurriculumInfo is a group by itself"),
    "CurriculumInfo/Levels/Level": Destination(_GROUP),
    "CurriculumInfo/Years/Year": Destination(_GROUP, '"jaar 3" with the group\'s sector: groep 3 in primary education'),
    "CurriculumInfo/Subjects/Subject": Destination(
        ("rubrics", "subjects"), "the publisher's own heading; counts as a subject only where no course is named"
    ),
    "DEPSectors/DEPSector": Destination(_GROUP, _DEP_GROUP),
    "DEPCourses/DEPCourse": Destination(_GROUP, _DEP_GROUP),
    "DEPLevels/DEPLevel": Destination(_GROUP, _DEP_GROUP),
    "DEPYears/DEPYear": Destination(_GROUP, _DEP_GROUP),
    "DEPSubjects/DEPSubject": Destination(("rubrics", "subjects"), _DEP_GROUP),
    "Sectors/Sector": Destination(_GROUP, _OLD_GROUP),
    "Courses/Course": Destination(_GROUP, _OLD_GROUP),
    "Levels/Level": Destination(_GROUP, _OLD_GROUP),
    "Years/Year": Destination(_GROUP, _OLD_GROUP),
    "Subjects/Subject": Destination(("rubrics", "subjects"), _OLD_GROUP),
    "CurriculumInformationLocation": _KEPT,
    "SaleUnitSize": Destination(("sale_unit_size",)),
    "Supplier": Destination((), "only kept: who delivers is no property of the product"),
    "SupplierThumbnailLocation": _KEPT,
    "Prices/Currency": Destination(("currency",), "EURO is EUR; without one EUR; another is no price in euros"),
    "Prices/Consumerprice": Destination(("price_cents",), "cents with VAT; 0 is no price"),
    "Prices/Price/Amount": Destination(
        ("price_excl_cents", "price_parts"), "cents without VAT; the price with VAT follows where it is not sent"
    ),
    "Prices/Price/VAT": Destination(
        ("vat_rate", "price_parts"), "several rates: one part for each, and no single rate"
    ),
    "Currency": Destination(("currency",), "as Prices/Currency (2.1.1)"),
    "PriceVATLow": Destination(
        ("price_cents", "vat_rate", "price_parts"), "cents with VAT at the low rate (2.1.1, 2.3)"
    ),
    "PriceVATHigh": Destination(
        ("price_cents", "vat_rate", "price_parts"), "cents with VAT at the high rate (2.1.1, 2.3)"
    ),
    "PriceIsIndicative": Destination(("is_price_indicative",)),
    "IsLicensed": Destination(("is_licensed",)),
    "ActivationBefore/ActivationBeforeDays": Destination(("activation_days",)),
    "ActivationBefore/ActivationBeforeDate": Destination(("activation_until",), "as EndOfLifeDate"),
    "LicenseAvailabilityOptions": Destination(("license_availability",), '"0" says nothing'),
    "LicenseAvailablityOptions": Destination(("license_availability",), "the same, misspelled in 2.1.1 and 2.3"),
    "LicenseStartDate": Destination(("license_starts_on",), "as FirstPublishedDate"),
    "LicenseEndDate": Destination(("license_ends_on",), "as EndOfLifeDate"),
    "LicenseDuration": Destination(("license_days",), 'days: "365", "P1Y" and "1 jaar" are one duration'),
    "LicenseCount": Destination(("license_count",)),
    "AdditionalLicenseOptions/AdditionalLicenseOption": Destination(("license_options",)),
    "IsCatalogItem": Destination(("is_catalog_item",)),
    "Copyright": Destination(("is_copyrighted", "is_open"), '"no" makes it open material'),
    "LastModifiedDate": Destination(
        ("source_modified_at",), "the publisher's; whether a record changed is decided by its content"
    ),
}

MISSPELLED: Mapping[str, str] = {"LicenseAvailablityOptions": "LicenseAvailabilityOptions"}


class _Tree(dict[str, "_Tree"]):
    """Names below a name; empty for an element that holds text."""


def _tree() -> _Tree:
    root = _Tree()
    for path in ELEMENTS:
        below = root
        for name in path.split("/"):
            below = below.setdefault(name, _Tree())
    return root


_KNOWN = _tree()


def destination_of(path: str) -> Destination | None:
    """Where the element at this path goes ("Prices/Price/Amount"); None for one that no schema knows."""
    return ELEMENTS.get(path)


def unknown_elements(entry: Entry) -> Iterator[tuple[str, str]]:
    """(path, text) of the elements that are not in the table; of what lies below one, only the topmost."""
    for name, elements in entry.children_by_name.items():
        below = _KNOWN.get(name)
        if below is None:
            yield from ((name, _whole_text(element)) for element in elements)
        elif below:
            for element in elements:
                yield from _unknown(element, below, name)


def _unknown(element: etree._Element, known: _Tree, path: str) -> Iterator[tuple[str, str]]:
    for child in element:
        name = local_name(child)
        below = known.get(name)
        if below:
            yield from _unknown(child, below, f"{path}/{name}")
        elif below is None and name:
            yield f"{path}/{name}", _whole_text(child)


def _whole_text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
