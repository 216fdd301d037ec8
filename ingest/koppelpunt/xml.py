"""XML from outside: without entities, document types or the network, and with elements known by their local names.

The schema's namespace changes with every version of ECK (2.1.1 to 2.5.2), the names hardly; so names are what counts.
"""

from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _
from lxml import etree

from ingest.exceptions import SourceError


def _parser() -> etree.XMLParser:
    # One for each document: a parser keeps the names that it met.
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )


def parse(body: bytes) -> etree._Element:
    """The root of a document. Raises SourceError for what is not well-formed or names a document type."""
    try:
        root = etree.fromstring(body, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError(_("Een DOCTYPE in het antwoord wordt niet aanvaard."))
    return root


def local_name(element: etree._Element) -> str:
    """The name without its namespace; empty for a processing instruction or an entity."""
    tag = element.tag
    return _without_namespace(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements with this local name, in whatever namespace."""
    return element.iterchildren(f"{{*}}{name}")


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first element with this local name; None where there is none."""
    return None if element is None else next(children(element, name), None)


def text_of(element: etree._Element | None) -> str:
    """The text of an element without white space at its ends; empty where there is no element."""
    return (element.text or "").strip() if element is not None else ""


def canonical(element: etree._Element) -> bytes:
    """The element's bytes, the same whatever declarations its envelope made.

    Raises SourceError for what has no such form: a namespace that is a relative address. Source: W3C Exclusive XML
    Canonicalization 1.0; Canonical XML 1.0, clause 1.3.
    """
    try:
        return etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
    except etree.C14NError as error:
        raise SourceError(_("Een naamruimte is geen volledig adres: %(error)s") % {"error": error}) from error
