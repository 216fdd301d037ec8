"""Where methods and products have their pages: one rule for who has the row at hand and for who has a hit."""

from django.urls import reverse
from django.utils.text import slugify


def method_path(public_id: str, name: str) -> str:
    return reverse("catalogus:method", args=[public_id, slugify(name) or "methode"])


_TAKEN = frozenset({"ruw"})
"""What other pages are called below a product's address; a title that reads so goes without it."""


def product_path(public_id: str, title: str) -> str:
    slug = slugify(title)[:80]
    return reverse("catalogus:product", args=[public_id, slug if slug and slug not in _TAKEN else "product"])


def product_part_path(name: str, public_id: str, title: str) -> str:
    """A page or file below the page of a product; name: of the address ("product-history")."""
    return reverse(f"catalogus:{name}", args=[public_id, product_path(public_id, title).rstrip("/").rpartition("/")[2]])
