"""Records as XML: Entry of the ECK catalogservice 2.5.2 and 2.3, and the harvest's own data as `meta`."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape

from ingest.demo.entries import Entry
from ingest.demo.groups import Group
from ingest.demo.moments import utc_text
from ingest.demo.publishers import SCHOOLHAVEN

DEFAULT_SCHEMA: Final = "eckcs2.5.2"
_FALLBACK_MOMENT: Final = "2024-09-04T04:00:00Z"


def write(found: Entry, schema: str) -> str:
    """The record in one of SCHEMAS, without white space of its own."""
    return SCHEMAS[schema](found)


def _version_2_5_2(found: Entry) -> str:
    fields = (
        *_head(found),
        "<Environments/>",
        _optional("InformationLocation", found.information),
        _optional("AccessLocation", found.access),
        "<AggregationLevel>Course</AggregationLevel><IsSeparatelyAvailable>false</IsSeparatelyAvailable>",
        _tag("FirstPublishedDate", found.published),
        _optional("EndOfLifeDate", found.end_of_life),
        _optional("Edition", found.edition),
        _tag("Version", found.version),
        _optional("ProductState", found.state),
        *_use(found),
        *_flat_groups(found.groups, "DEP"),
        *(_group(group) for group in found.groups if found.has_groups),
        _optional("SaleUnitSize", str(found.unit_size or "")),
        f"<Prices><Currency>EUR</Currency><Consumerprice>{found.price.cents}</Consumerprice>",
        f"<Price><Amount>{found.price.excl_cents}</Amount><VAT>{found.price.vat}</VAT></Price></Prices>",
        *_flags(found),
        _optional("LastModifiedDate", found.modified),
    )
    return _entry("2.5.2", "2.5", fields)


def _version_2_3(found: Entry) -> str:
    fields = (
        *_head(found),
        _optional("ContentLocation", found.access),
        _optional("ProductState", found.state),
        _optional("InformationLocation", found.information),
        _optional("Edition", found.edition),
        *_use(found),
        _list("ProductUsages", "ProductUsage", ("Oefenmateriaal" if found.is_consumed else "Anders",)),
        *_flat_groups(found.groups, ""),
        _optional("SaleUnitSize", str(found.unit_size or "")),
        f"<Prices><Currency>EUR</Currency><Price><Amount>{found.price.excl_cents}</Amount>",
        f"<VAT>{found.price.vat.removesuffix('.0')}</VAT></Price></Prices>",
        *_flags(found),
        "<Copyright>yes</Copyright>",
        _optional("LastModifiedDate", found.modified),
    )
    return _entry("2.3", "2.3", fields)


def _meta(found: Entry) -> str:
    repository, _, local = found.identifier.partition(":")
    return (
        '<meta xmlns="http://meresco.org/namespace/harvester/meta">'
        f"<upload>{_tag('id', found.identifier)}</upload>"
        f"<record>{_tag('id', local)}{_tag('harvestdate', utc_text(found.modified) or _FALLBACK_MOMENT)}"
        f"{_tag('metadataNamespace', 'http://dt2.eck.nl/schema/catalogservice/v2.5.2')}</record>"
        f"<repository>{_tag('id', repository)}<set/>{_tag('baseurl', f'https://www.{found.supplier.site}/')}"
        f"{_tag('repositoryGroupId', repository)}{_tag('metadataPrefix', 'eckcs')}{_tag('collection', repository)}"
        "</repository></meta>"
    )


SCHEMAS: Final[dict[str, Callable[[Entry], str]]] = {
    DEFAULT_SCHEMA: _version_2_5_2,
    "eckcs2.3": _version_2_3,
    "meta": _meta,
}


def _entry(version: str, common: str, fields: Iterable[str]) -> str:
    return (
        f'<Entry xmlns="http://dt2.eck.nl/schema/catalogservice/v{version}"'
        f' xmlns:ct="http://dt2.eck.nl/schema/common/v{common}">{"".join(fields)}</Entry>'
    )


def _head(found: Entry) -> Iterator[str]:
    yield _tag("ProductId", found.product_id)
    yield _tag("Publisher", found.publisher)
    yield _tag("PublisherThumbnailLocation", found.thumbnail)
    yield _optional("ProductThumbnailLocation", found.cover)
    yield _optional("ProductFamilyName", found.family)
    yield _tag("Title", found.title)
    yield _list("Authors", "Author", found.authors)
    yield _optional("Description", found.description)


def _use(found: Entry) -> Iterator[str]:
    yield _tag("IntendedEndUserRole", found.role)
    yield _tag("Medium", found.medium)
    yield _tag("IsConsumptionProduct", _boolean(found.is_consumed))


def _flags(found: Entry) -> Iterator[str]:
    """Nearly the same for all records of a supplier, so they say little; one supplier fills them in with care."""
    is_careful = found.supplier is SCHOOLHAVEN
    yield _tag("PriceIsIndicative", _boolean(not is_careful))
    yield _tag("IsLicensed", _boolean(found.is_digital or not is_careful))
    yield _tag("IsCatalogItem", _boolean(is_careful))


def _flat_groups(groups: tuple[Group, ...], prefix: str) -> Iterator[str]:
    """All groups thrown together, as 2.3 and the DEP elements do: which level goes with which sector is lost."""
    yield _list(f"{prefix}Sectors", f"{prefix}Sector", _merged(group.sector for group in groups))
    yield _list(f"{prefix}Courses", f"{prefix}Course", _merged(text for group in groups for text in group.courses))
    yield _list(f"{prefix}Levels", f"{prefix}Level", _merged(text for group in groups for text in group.levels))
    yield _list(f"{prefix}Years", f"{prefix}Year", _merged(text for group in groups for text in group.years))
    if prefix:
        yield _list("DEPSubjects", "DEPSubject", _merged(text for group in groups for text in group.subjects))


def _merged(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _group(group: Group) -> str:
    return (
        f"<CurriculumInfo>{_tag('Sector', group.sector)}{_list('Courses', 'Course', group.courses)}"
        f"{_list('Levels', 'Level', group.levels)}{_list('Years', 'Year', group.years)}"
        f"{_list('Subjects', 'Subject', group.subjects)}</CurriculumInfo>"
    )


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def _optional(name: str, text: str) -> str:
    return _tag(name, text) if text else ""


def _list(name: str, item: str, texts: tuple[str, ...]) -> str:
    return f"<{name}>{''.join(_tag(item, text) for text in texts)}</{name}>" if texts else ""


def _boolean(value: bool) -> str:
    return "true" if value else "false"
