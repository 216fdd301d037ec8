"""What a citation needs of a product, whatever the form that it is written in."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum

from catalogus.article_numbers import isbn_of
from catalogus.models import Form, Medium, Product
from catalogus.web.field_words import language_tag


class Kind(Enum):
    BOOK = "book"
    WEB = "web"
    SOFTWARE = "software"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reference:
    """Texts are single lines without control signs, and "" where nothing is known.

    authors: as the publisher wrote them ("Vries, J. de"), without the publisher. series: the method, unless the title
    says the same. isbn: of ean, where it is one. language: a tag of BCP 47.
    """

    key: str
    kind: Kind
    title: str
    authors: tuple[str, ...]
    publisher: str
    published_on: date | None
    edition: str
    series: str
    isbn: str
    ean: str
    language: str
    url: str


def reference_of(product: Product, url: str) -> Reference:
    """url: of the product's page, with scheme and host."""
    publisher, title, series = one_line(product.publisher.name), one_line(product.title), one_line(product.method.name)
    authors = (one_line(author) for author in product.authors)
    return Reference(
        key=f"okc-{product.public_id}",
        kind=kind_of(product),
        title=title,
        authors=tuple(author for author in dict.fromkeys(authors) if author not in {"", publisher}),
        publisher=publisher,
        published_on=product.first_published_on,
        edition="" if product.edition.is_unknown else one_line(product.edition.label),
        series="" if series == title else series,
        isbn=isbn_of(product.ean),
        ean=product.ean or "",
        language=language_tag(product.language),
        url=url,
    )


def one_line(text: str) -> str:
    """White space and control signs as single spaces, and without signs that only steer how text is drawn."""
    drawn = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in drawn).split())


def kind_of(product: Product) -> Kind:
    """A book is whatever has paper in it, a licence that comes with one as well."""
    if product.medium == Medium.BOOK or product.form in {Form.FOLIO, Form.LIFO, Form.COMBI}:
        return Kind.BOOK
    if product.medium == Medium.WEB:
        return Kind.WEB
    if product.medium in {Medium.INSTALLER, Medium.CD_ROM, Medium.DVD}:
        return Kind.SOFTWARE
    return Kind.OTHER
