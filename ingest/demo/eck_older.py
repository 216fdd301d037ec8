"""Entry of the ECK catalogservice 2.3 and 2.1.1, which some suppliers still send."""

from collections.abc import Iterator
from typing import Final

from ingest.demo.eck_fields import (
    activation,
    amounts,
    entry,
    environments,
    flags,
    flat_groups,
    head,
    is_careful,
    license_options,
    license_terms,
    price,
    unit,
    use,
)
from ingest.demo.entries import Entry
from ingest.demo.extras import NO_ENVIRONMENT, Extras, extras_of
from ingest.demo.tags import boolean, listed, optional, tag

_MISSPELLED: Final = "LicenseAvailablityOptions"
_OLD_PRICES: Final = {"9.0": "PriceVATLow", "21.0": "PriceVATHigh"}


def version_2_3(found: Entry) -> str:
    extras = extras_of(found)
    fields = (
        *head(found),
        environments(extras.environment) if extras.environment != NO_ENVIRONMENT else "",
        optional("ContentLocation", found.access),
        listed("SubProducts", "ProductId", extras.parts),
        optional("FollowupProduct", extras.successor),
        optional("LastRevisionDate", extras.revised),
        optional("DeprecationDate", extras.deprecated),
        optional("SupportedUntilDate", extras.supported),
        optional("ProductState", found.state),
        optional("InformationLocation", found.information),
        optional("Edition", found.edition),
        *use(found),
        listed("ProductUsages", "ProductUsage", ("Oefenmateriaal" if found.is_consumed else "Anders",)),
        *flat_groups(found.groups, ""),
        unit(found),
        "<Prices><Currency>EUR</Currency>",
        *(price(amount, vat.removesuffix(".0")) for amount, vat in amounts(found, extras)),
        "</Prices>",
        *flags(found),
        *license_terms(
            extras.license,
            availability=_MISSPELLED if extras.license.is_misspelled else "LicenseAvailabilityOptions",
        ),
        activation(extras.license),
        tag("IsCatalogItem", boolean(is_careful(found))),
        license_options(extras.license),
        "<Copyright>yes</Copyright>",
        optional("LastModifiedDate", found.modified),
        extras.unknown,
    )
    return entry("2.3", "2.3", fields)


def version_2_1_1(found: Entry) -> str:
    extras = extras_of(found)
    fields = (
        *head(found),
        optional("AccessLocation", found.access),
        optional("FollowupProduct", extras.successor),
        optional("ProductState", found.state),
        *use(found),
        *flat_groups(found.groups, ""),
        unit(found),
        "<Currency>EURO</Currency>",
        *_old_prices(found, extras),
        *flags(found),
        *license_terms(extras.license, availability=_MISSPELLED),
        activation(extras.license),
        license_options(extras.license),
        tag("IsCatalogItem", boolean(is_careful(found))),
        optional("LastModifiedDate", found.modified),
    )
    return entry("2.1.1", "", fields)


def _old_prices(found: Entry, extras: Extras) -> Iterator[str]:
    """With VAT, one element for each rate; nothing where no price is stated."""
    if not found.price.cents:
        return
    if not extras.price_parts:
        yield tag(_OLD_PRICES[found.price.vat], str(found.price.cents))
        return
    low, high = extras.price_parts
    low_cents = round(low.excl_cents * (100 + float(low.vat)) / 100)
    yield tag(_OLD_PRICES[low.vat], str(low_cents))
    yield tag(_OLD_PRICES[high.vat], str(found.price.cents - low_cents))
