"""A product as others cite it: a line to copy, and files for programs that keep references."""

from catalogus.web.citation.apa import CitationLine, citation_line
from catalogus.web.citation.bibtex import bibtex
from catalogus.web.citation.reference import Kind, Reference, kind_of, reference_of
from catalogus.web.citation.ris import ris

__all__ = ["CitationLine", "Kind", "Reference", "bibtex", "citation_line", "kind_of", "reference_of", "ris"]
