"""An ECK Entry into ProductData, with a list of what was wrong with it. docs/data.md shows where each element goes."""

import re
from dataclasses import dataclass

from catalogus.article_numbers import ean13, ean_within
from catalogus.choices import Medium, ProductState, Role
from catalogus.families import split_family
from catalogus.naming import normal_form
from catalogus.product_data import ProductData
from catalogus.vocabulary import Vocabulary
from ingest.exceptions import RecordRejected
from ingest.issues import Issue, IssueCode
from ingest.koppelpunt.eck import Entry
from ingest.mapping.classification import classify
from ingest.mapping.enums import MEDIA, ROLES, STATES
from ingest.mapping.form import derive_form
from ingest.mapping.price import read_price
from ingest.mapping.reader import ValueReader
from ingest.values import parse_day, parse_end, parse_flag, parse_moment, parse_sale_unit, parse_url

MAPPING_VERSION = 1
"""Raised with every change of what a record means; records read with an older one are read again at the next pass."""

_MAX_NAME = 255
_MAX_TEXT = 20_000
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a record says, and what is wrong with it."""

    data: ProductData
    issues: tuple[Issue, ...]


def map_entry(entry: Entry, vocabulary: Vocabulary) -> Mapped:
    """Read an entry. Raises RecordRejected where it has no title or no publisher."""
    reader = ValueReader()
    title = reader.cut("Title", _one_line(entry.text("Title")), _MAX_TEXT)
    publisher = reader.cut("Publisher", _one_line(entry.text("Publisher")), _MAX_NAME)
    if not normal_form(title):
        raise RecordRejected(Issue.about(IssueCode.NO_TITLE, "Title", title))
    if not normal_form(publisher):
        raise RecordRejected(Issue.about(IssueCode.NO_PUBLISHER, "Publisher", publisher))
    identifier = reader.cut("ProductId", entry.text("ProductId"), _MAX_NAME)
    ean = ean13(identifier)
    if ean is None and re.fullmatch(r"[0-9]{13}", identifier):
        reader.add(IssueCode.EAN_CHECK_DIGIT, "ProductId", identifier)
    family_name = reader.cut("ProductFamilyName", _one_line(entry.text("ProductFamilyName")), _MAX_NAME)
    family = split_family(family_name, title)
    medium = reader.choice(MEDIA, "Medium", entry.text("Medium"), Medium.UNKNOWN).value
    form, form_confidence = derive_form(medium, title)
    price = read_price(entry, reader)
    groups = entry.groups()
    data = ProductData(
        title=title,
        publisher_name=publisher,
        family_name=family_name,
        edition_text=reader.cut("Edition", _one_line(entry.text("Edition")), 100),
        identifier=identifier,
        ean=ean,
        contained_ean="" if ean else ean_within(identifier) or "",
        authors=_authors(entry, publisher),
        description=_description(entry, title, reader),
        state=reader.choice(STATES, "ProductState", entry.text("ProductState"), ProductState.UNKNOWN).value,
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
        sale_unit_size=reader.parse(
            parse_sale_unit, "SaleUnitSize", entry.text("SaleUnitSize"), IssueCode.BAD_NUMBER, None
        ),
        information_url=_url(entry, "InformationLocation", reader),
        access_url=_url(entry, "AccessLocation", reader),
        content_url=_url(entry, "ContentLocation", reader),
        cover_url=_url(entry, "ProductThumbnailLocation", reader),
        successor_identifier=reader.cut("FollowupProduct", entry.text("FollowupProduct"), _MAX_NAME),
        first_published_on=reader.parse(
            parse_day, "FirstPublishedDate", entry.text("FirstPublishedDate"), IssueCode.BAD_DATE, None
        ),
        end_of_life_on=reader.parse(parse_end, "EndOfLifeDate", entry.text("EndOfLifeDate"), IssueCode.BAD_DATE, None),
        source_modified_at=reader.parse(
            parse_moment, "LastModifiedDate", entry.text("LastModifiedDate"), IssueCode.BAD_DATE, None
        ),
        classification=tuple(classify(group, family, vocabulary, reader) for group in groups),
        rubrics=tuple(dict.fromkeys(_one_line(rubric) for group in groups for rubric in group.rubrics)),
    )
    return Mapped(data, tuple(dict.fromkeys(reader.issues)))


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _flag(entry: Entry, name: str, reader: ValueReader) -> bool | None:
    return reader.parse(parse_flag, name, entry.text(name), IssueCode.UNKNOWN_VALUE, None)


def _url(entry: Entry, name: str, reader: ValueReader) -> str:
    return reader.parse(parse_url, name, entry.text(name), IssueCode.BAD_URL, "")


def _authors(entry: Entry, publisher: str) -> tuple[str, ...]:
    """The authors; a publisher that names itself as author states none."""
    itself = normal_form(publisher).replace(" ", "")
    authors = (_one_line(text)[:_MAX_NAME] for text in entry.texts("Authors", "Author"))
    return tuple(author for author in authors if normal_form(author).replace(" ", "") not in {"", itself})


def _description(entry: Entry, title: str, reader: ValueReader) -> str:
    """The description, its lines joined; empty where it only says the title again."""
    text = reader.cut("Description", _one_line(entry.text("Description")), _MAX_TEXT)
    return "" if normal_form(text) == normal_form(title) else text
