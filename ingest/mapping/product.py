"""An ECK Entry into ProductData, with a list of what was wrong with it. docs/data.md shows where each element goes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from catalogus.article_numbers import ean13, ean_within
from catalogus.choices import Medium, ProductState, Role
from catalogus.families import FamilyName, split_family
from catalogus.naming import normal_form
from catalogus.product_data import Classification, ProductData
from catalogus.vocabulary import Vocabulary
from ingest.exceptions import RecordRejected
from ingest.issues import Issue, IssueCode
from ingest.koppelpunt.eck import Entry, Group
from ingest.mapping.classification import classify
from ingest.mapping.elements import unknown_elements
from ingest.mapping.enums import MEDIA, ROLES, STATES
from ingest.mapping.form import derive_form
from ingest.mapping.language import derive_language
from ingest.mapping.license import read_license
from ingest.mapping.openness import derive_openness
from ingest.mapping.price import read_price
from ingest.mapping.reader import ValueReader
from ingest.values import parse_day, parse_end, parse_flag, parse_moment, parse_sale_unit, parse_url

MAPPING_VERSION = 2
"""Raised with every change of what a record means; records read with an older one are read again at the next pass."""

_MAX_NAME = 255
_MAX_TEXT = 20_000
_MAX_WORD = 100
_LONG_ENOUGH_TO_JUDGE = 12
"""A shorter title in capitals may be a name: "NU NEDERLANDS" is not, "NT2 ISK" is."""

_SPACES = re.compile(r"\s+")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|&(?:amp|lt|gt|quot|nbsp|[a-z]{1,8}acute|[a-z]uml|#\d{1,6});")
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a record says, and what is wrong with it."""

    data: ProductData
    issues: tuple[Issue, ...]


def map_entry(entry: Entry, vocabulary: Vocabulary) -> Mapped:
    """Read an entry. Raises RecordRejected where it has no title or no publisher."""
    reader = ValueReader()
    title = reader.cut("Title", _one_line(entry.text("Title")), _MAX_TEXT)
    _judge_text("Title", title, reader)
    if len(title) > _LONG_ENOUGH_TO_JUDGE and title.isupper():
        reader.add(IssueCode.TITLE_IN_CAPITALS, "Title", title)
    publisher = reader.cut("Publisher", _one_line(entry.text("Publisher")), _MAX_NAME)
    if not normal_form(title):
        raise RecordRejected(Issue.about(IssueCode.NO_TITLE, "Title", title))
    if not normal_form(publisher):
        raise RecordRejected(Issue.about(IssueCode.NO_PUBLISHER, "Publisher", publisher))
    identifier = reader.cut("ProductId", entry.text("ProductId"), _MAX_NAME)
    ean = ean13(identifier)
    contained_ean = "" if ean else ean_within(identifier) or ""
    if ean is None:
        _judge_identifier(identifier, contained_ean, reader)
    family_name = reader.cut("ProductFamilyName", _one_line(entry.text("ProductFamilyName")), _MAX_NAME)
    family = split_family(family_name, title)
    medium = _choice(entry, "Medium", MEDIA, Medium.UNKNOWN, IssueCode.NO_MEDIUM, reader).value
    form, form_confidence = derive_form(medium, title)
    price = read_price(entry, reader)
    groups = entry.groups()
    classification = _classification(groups, family, vocabulary, reader)
    description = _description(entry, title, reader)
    is_copyrighted = _flag(entry, "Copyright", reader)
    is_open, open_license = derive_openness(
        is_copyrighted, title, description, entry.text("InformationLocation"), entry.text("ContentLocation")
    )
    successor, parts = _related(entry, identifier, reader)
    published, ended = _lifetime(entry, reader)
    data = ProductData(
        title=title,
        publisher_name=publisher,
        family_name=family_name,
        edition_text=reader.cut("Edition", _one_line(entry.text("Edition")), 100),
        identifier=identifier,
        ean=ean,
        contained_ean=contained_ean,
        authors=_authors(entry, publisher, reader),
        description=description,
        state=_choice(entry, "ProductState", STATES, ProductState.UNKNOWN, IssueCode.NO_STATE, reader).value,
        medium=medium,
        form=form,
        form_confidence=form_confidence,
        role=reader.choice(ROLES, "IntendedEndUserRole", entry.text("IntendedEndUserRole"), Role.UNKNOWN).value,
        is_licensed=_flag(entry, "IsLicensed", reader),
        is_consumable=_flag(entry, "IsConsumptionProduct", reader),
        is_catalog_item=_flag(entry, "IsCatalogItem", reader),
        is_separately_available=_flag(entry, "IsSeparatelyAvailable", reader),
        price_cents=price.cents,
        price_excl_cents=price.excl_cents,
        vat_rate=price.vat_rate,
        currency=price.currency,
        is_price_indicative=_flag(entry, "PriceIsIndicative", reader),
        sale_unit_size=reader.read(entry, parse_sale_unit, IssueCode.BAD_NUMBER, "SaleUnitSize"),
        information_url=_url(entry, "InformationLocation", reader),
        access_url=_url(entry, "AccessLocation", reader),
        content_url=_url(entry, "ContentLocation", reader),
        cover_url=_url(entry, "ProductThumbnailLocation", reader),
        successor_identifier=successor,
        first_published_on=published,
        end_of_life_on=ended,
        source_modified_at=_modified(entry, reader),
        classification=classification,
        rubrics=tuple(dict.fromkeys(_one_line(rubric) for group in groups for rubric in group.rubrics)),
        language=derive_language(title, description),
        is_open=is_open,
        open_license=open_license,
        price_parts=price.parts,
        part_identifiers=parts,
        platforms=reader.texts(entry, "Environments", "Platform", _MAX_WORD),
        devices=reader.texts(entry, "Environments", "Device", _MAX_WORD),
        browsers=reader.texts(entry, "Environments", "Browser", _MAX_WORD),
        usages=reader.texts(entry, "ProductUsages", "ProductUsage", _MAX_WORD),
        aggregation_level=reader.cut("AggregationLevel", _one_line(entry.text("AggregationLevel")), 60),
        version_text=reader.cut("Version", _one_line(entry.text("Version")), 60),
        is_copyrighted=is_copyrighted,
        last_revised_on=reader.read(entry, parse_day, IssueCode.BAD_DATE, "LastRevisionDate"),
        deprecated_on=reader.read(entry, parse_end, IssueCode.BAD_DATE, "DeprecationDate"),
        supported_until=reader.read(entry, parse_end, IssueCode.BAD_DATE, "SupportedUntilDate"),
        publisher_logo_url=_url(entry, "PublisherThumbnailLocation", reader),
        **read_license(entry, reader)._asdict(),
    )
    for path, text in unknown_elements(entry):
        reader.add(IssueCode.UNKNOWN_ELEMENT, path, text)
    return Mapped(data, tuple(dict.fromkeys(reader.issues)))


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _flag(entry: Entry, name: str, reader: ValueReader) -> bool | None:
    return reader.read(entry, parse_flag, IssueCode.UNKNOWN_VALUE, name)


def _classification(
    groups: Sequence[Group], family: FamilyName, vocabulary: Vocabulary, reader: ValueReader
) -> tuple[Classification, ...]:
    """The groups that say something."""
    read = (classify(group, family, vocabulary, reader) for group in groups)
    found = tuple(group for group in read if group != _NO_GROUP)
    if not found:
        reader.add(IssueCode.NO_CLASSIFICATION, "CurriculumInfo", "")
    return found


_NO_GROUP = Classification()


def _choice(
    entry: Entry, name: str, choices: Mapping[str, C], default: C, missing: IssueCode, reader: ValueReader
) -> C:
    text = entry.text(name)
    if not text:
        reader.add(missing, name, "")
    return reader.choice(choices, name, text, default)


def _modified(entry: Entry, reader: ValueReader) -> datetime | None:
    if not entry.text("LastModifiedDate"):
        reader.add(IssueCode.NO_MODIFIED_DATE, "LastModifiedDate", "")
    return reader.read(entry, parse_moment, IssueCode.BAD_DATE, "LastModifiedDate")


def _lifetime(entry: Entry, reader: ValueReader) -> tuple[date | None, date | None]:
    """When it appeared and when delivery ends."""
    published = reader.read(entry, parse_day, IssueCode.BAD_DATE, "FirstPublishedDate")
    ended = reader.read(entry, parse_end, IssueCode.BAD_DATE, "EndOfLifeDate")
    if published is not None and ended is not None and ended < published:
        reader.add(IssueCode.DATES_OUT_OF_ORDER, "FirstPublishedDate, EndOfLifeDate", f"{published}, {ended}")
    return published, ended


def _judge_identifier(identifier: str, contained_ean: str, reader: ValueReader) -> None:
    """What is wrong with a product code that is no EAN; a publisher's own code is fine."""
    if not identifier:
        reader.add(IssueCode.NO_PRODUCT_ID, "ProductId", "")
    elif contained_ean:
        reader.add(IssueCode.EAN_INSIDE_CODE, "ProductId", identifier)
    elif re.fullmatch(r"[0-9]{13}", identifier):
        reader.add(IssueCode.EAN_CHECK_DIGIT, "ProductId", identifier)


def _related(entry: Entry, identifier: str, reader: ValueReader) -> tuple[str, tuple[str, ...]]:
    """The codes of the successor and of the parts of a package; a product is neither of its own."""
    successor = reader.cut("FollowupProduct", entry.text("FollowupProduct"), _MAX_NAME)
    parts = reader.texts(entry, "SubProducts", "ProductId", _MAX_NAME)
    if successor and successor == identifier:
        reader.add(IssueCode.SUCCESSOR_IS_ITSELF, "FollowupProduct", successor)
        successor = ""
    if identifier and identifier in parts:
        reader.add(IssueCode.PART_IS_ITSELF, "SubProducts/ProductId", identifier)
        parts = tuple(part for part in parts if part != identifier)
    return successor, parts


def _url(entry: Entry, name: str, reader: ValueReader) -> str:
    text = entry.text(name)
    if not text:
        return ""
    url = reader.parse(parse_url, name, text, IssueCode.BAD_URL, "")
    if url != text and url:
        reader.add(IssueCode.URL_WITH_SPACES, name, text)
    if url.startswith("http:"):
        reader.add(IssueCode.URL_NOT_SECURE, name, url)
    return url


def _authors(entry: Entry, publisher: str, reader: ValueReader) -> tuple[str, ...]:
    """The authors; a publisher that names itself as author states none."""
    itself = normal_form(publisher).replace(" ", "")
    authors = []
    for author in reader.texts(entry, "Authors", "Author", _MAX_NAME):
        name = normal_form(author).replace(" ", "")
        if name == itself:
            reader.add(IssueCode.AUTHOR_IS_PUBLISHER, "Authors/Author", author)
        elif name:
            authors.append(author)
    return tuple(authors)


def _description(entry: Entry, title: str, reader: ValueReader) -> str:
    """The description, its lines joined; empty where it only says the title again."""
    text = reader.cut("Description", _one_line(entry.text("Description")), _MAX_TEXT)
    _judge_text("Description", text, reader)
    if not text or normal_form(text) != normal_form(title):
        return text
    reader.add(IssueCode.DESCRIPTION_IS_TITLE, "Description", text)
    return ""


def _judge_text(field: str, text: str, reader: ValueReader) -> None:
    if ("<" in text or "&" in text) and _MARKUP.search(text):
        reader.add(IssueCode.MARKUP_IN_TEXT, field, text)
