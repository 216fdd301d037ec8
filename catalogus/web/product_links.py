"""What a product's page leads to: other products, and pages of the publisher."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from catalogus.models import Product, Role
from catalogus.selectors import Part
from catalogus.web import formatting
from catalogus.web.hits import form_label


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """host tells where the link leads."""

    label: str
    url: str
    host: str


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """url: empty for what the catalogue does not have. is_gone: it cannot be ordered. about: form and for whom."""

    title: str
    url: str
    is_gone: bool
    about: str = ""


def related_links(products: Iterable[Product]) -> list[RelatedLink]:
    """Products that this one goes together with."""
    return [RelatedLink(product.title, product.get_absolute_url(), not product.is_orderable) for product in products]


def companion_links(products: Iterable[Product]) -> list[RelatedLink]:
    """As related_links, with form and role: of one class there are a textbook, a workbook and a teacher's guide."""
    return [
        replace(link, about=" · ".join(filter(None, (form_label(product.form, product.medium), _role_text(product)))))
        for product, link in ((product, related_links([product])[0]) for product in products)
    ]


def _role_text(product: Product) -> str:
    return "" if product.role == Role.UNKNOWN else product.get_role_display()


def part_links(parts: Iterable[Part]) -> list[RelatedLink]:
    """What a package consists of; a part that the catalogue does not have is named by its code, without an address."""
    return [
        RelatedLink(part.identifier, "", is_gone=False) if part.product is None else related_links([part.product])[0]
        for part in parts
    ]


def outside_links(product: Product) -> list[OutsideLink]:
    """Links to the publisher's pages, each address once."""
    labels = {
        _("Meer informatie"): product.information_url,
        _("Toegang tot het materiaal"): product.access_url,
        _("Inhoud"): product.content_url,
    }
    by_address: dict[str, str] = {}
    for label, url in labels.items():
        if safe := formatting.outside_link(url):
            by_address.setdefault(safe, label)
    return [OutsideLink(label, url, formatting.host(url)) for url, label in by_address.items()]
