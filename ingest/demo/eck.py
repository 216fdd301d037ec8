"""Records as XML: Entry of the ECK catalogservice 2.5.2 and older, and the harvest's own data as `meta`."""

from collections.abc import Callable
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
from ingest.demo.eck_older import version_2_1_1, version_2_3
from ingest.demo.entries import Entry
from ingest.demo.extras import extras_of
from ingest.demo.groups import Group
from ingest.demo.moments import utc_text
from ingest.demo.tags import boolean, listed, optional, tag

DEFAULT_SCHEMA: Final = "eckcs2.5.2"
_FALLBACK_MOMENT: Final = "2024-09-04T04:00:00Z"


def write(found: Entry, schema: str) -> str:
    """The record in one of SCHEMAS, without white space of its own."""
    return SCHEMAS[schema](found)


def _version_2_5_2(found: Entry) -> str:
    extras = extras_of(found)
    fields = (
        *head(found),
        environments(extras.environment),
        optional("InformationLocation", found.information),
        optional("AccessLocation", found.access),
        listed("SubProducts", "ProductId", extras.parts),
        optional("FollowupProduct", extras.successor),
        "<AggregationLevel>Course</AggregationLevel><IsSeparatelyAvailable>false</IsSeparatelyAvailable>",
        tag("FirstPublishedDate", found.published),
        optional("LastRevisionDate", extras.revised),
        optional("DeprecationDate", extras.deprecated),
        optional("SupportedUntilDate", extras.supported),
        optional("EndOfLifeDate", found.end_of_life),
        optional("Edition", found.edition),
        tag("Version", found.version),
        optional("ProductState", found.state),
        *use(found),
        *flat_groups(found.groups, "DEP"),
        *(_group(group) for group in found.groups if found.has_groups),
        unit(found),
        f"<Prices><Currency>EUR</Currency><Consumerprice>{found.price.cents}</Consumerprice>",
        *(price(amount, vat) for amount, vat in amounts(found, extras)),
        "</Prices>",
        *flags(found),
        *license_terms(extras.license),
        activation(extras.license),
        tag("IsCatalogItem", boolean(is_careful(found))),
        license_options(extras.license),
        optional("LastModifiedDate", found.modified),
        extras.unknown,
    )
    return entry("2.5.2", "2.5", fields)


def _group(group: Group) -> str:
    return (
        f"<CurriculumInfo>{tag('Sector', group.sector)}{listed('Courses', 'Course', group.courses)}"
        f"{listed('Levels', 'Level', group.levels)}{listed('Years', 'Year', group.years)}"
        f"{listed('Subjects', 'Subject', group.subjects)}</CurriculumInfo>"
    )


def _meta(found: Entry) -> str:
    repository, _, local = found.identifier.partition(":")
    return (
        '<meta xmlns="http://meresco.org/namespace/harvester/meta">'
        f"<upload>{tag('id', found.identifier)}</upload>"
        f"<record>{tag('id', local)}{tag('harvestdate', utc_text(found.modified) or _FALLBACK_MOMENT)}"
        f"{tag('metadataNamespace', 'http://dt2.eck.nl/schema/catalogservice/v2.5.2')}</record>"
        f"<repository>{tag('id', repository)}<set/>{tag('baseurl', f'https://www.{found.supplier.site}/')}"
        f"{tag('repositoryGroupId', repository)}{tag('metadataPrefix', 'eckcs')}{tag('collection', repository)}"
        "</repository></meta>"
    )


SCHEMAS: Final[dict[str, Callable[[Entry], str]]] = {
    DEFAULT_SCHEMA: _version_2_5_2,
    "eckcs2.3": version_2_3,
    "eckcs2.1.1": version_2_1_1,
    "meta": _meta,
}
