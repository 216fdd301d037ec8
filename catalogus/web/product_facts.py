"""The facts of a product as pairs of a name and a text."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.models import Product, Scheme
from catalogus.web import formatting

_GROUP_PARTS = {
    "sectors": Scheme.SECTOR,
    "levels": Scheme.LEVEL,
    "years": Scheme.YEAR,
    "subjects": Scheme.SUBJECT,
}


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """host tells where the link leads."""

    label: str
    url: str
    host: str


def price_text(product: Product) -> str:
    """With VAT, as a school pays it; "vanaf" or the like is not known, an indicative price is called so."""
    text = formatting.price(product.price_cents, product.currency)
    if product.price_cents is not None and product.is_price_indicative:
        return _("%(price)s (richtprijs)") % {"price": text}
    return text


def order_facts(product: Product) -> list[tuple[str, str]]:
    """What is needed to order."""
    facts = [
        (_("EAN"), product.ean or _("onbekend")),
        (_("Leverbaarheid"), _("Teruggetrokken") if product.withdrawn_at else product.get_state_display()),
        (_("Prijs met btw"), price_text(product)),
    ]
    if product.price_excl_cents is not None:
        facts.append((_("Prijs zonder btw"), formatting.price(product.price_excl_cents, product.currency)))
    if product.vat_rate is not None:
        facts.append((_("Btw-tarief"), formatting.percent(product.vat_rate)))
    if product.sale_unit_size is not None:
        facts.append((_("Verkoopeenheid"), _unit(product.sale_unit_size)))
    if product.identifier and product.identifier != product.ean:
        facts.append((_("Productcode van de uitgever"), product.identifier))
    if product.contained_ean and product.contained_ean != product.ean:
        facts.append((_("EAN in de productcode"), product.contained_ean))
    if product.first_published_on:
        facts.append((_("Verschenen op"), formatting.day(product.first_published_on)))
    if product.end_of_life_on:
        facts.append((_("Einde levering"), formatting.day(product.end_of_life_on)))
    return facts


def content_facts(product: Product) -> list[tuple[str, str]]:
    """What it is and for whom."""
    facts = [
        (_("Uitgave"), _("onbekend") if product.edition.is_unknown else product.edition.label),
        (_("Vorm"), product.get_form_display()),
        (_("Medium"), product.get_medium_display()),
        (_("Voor wie"), product.get_role_display()),
    ]
    authors = [author for author in product.authors if author != product.publisher.name]
    if authors:
        facts.append((ngettext("Auteur", "Auteurs", len(authors)), formatting.joined(authors)))
    flags = {
        _("Met licentie"): product.is_licensed,
        _("Verbruiksmateriaal"): product.is_consumable,
        _("Los verkrijgbaar"): product.is_separately_available,
    }
    facts += [(label, _("ja") if value else _("nee")) for label, value in flags.items() if value is not None]
    if product.rubrics:
        facts.append((_("Rubriek van de uitgever"), formatting.joined(product.rubrics)))
    return facts


def classification_lines(product: Product) -> list[list[tuple[str, str]]]:
    """The groups as the publisher stated them, each with its parts: what stands in one group belongs together."""
    labels = {
        Scheme.SECTOR: _("Sector"),
        Scheme.LEVEL: _("Niveau"),
        Scheme.YEAR: _("Leerjaar of groep"),
        Scheme.SUBJECT: _("Vak"),
    }
    lines = [
        [
            (labels[scheme], formatting.joined(formatting.names(scheme, group[part])))
            for part, scheme in _GROUP_PARTS.items()
            if group.get(part)
        ]
        for group in product.classification
    ]
    return [line for line in lines if line]


def outside_links(product: Product) -> list[OutsideLink]:
    """Links to the publisher's pages, each address once; covers are not shown, for they lie on other hosts."""
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


def _unit(size: int) -> str:
    return ngettext("per stuk", "per %(size)s stuks", size) % {"size": formatting.number(size)}
