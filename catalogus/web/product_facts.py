"""The facts of a product as pairs of a name and a text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.models import Product, Role, Scheme
from catalogus.selectors import Part
from catalogus.web import formatting
from catalogus.web.field_words import language_name, price_parts_text, yes_or_no
from catalogus.web.hits import form_label

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


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """url: empty for what the catalogue does not have. is_gone: it cannot be ordered. about: form and for whom."""

    title: str
    url: str
    is_gone: bool
    about: str = ""


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
    if product.price_parts:
        facts.append((_("Waarvan per btw-tarief"), price_parts_text(product.price_parts, product.currency)))
    elif product.vat_rate is not None:
        facts.append((_("Btw-tarief"), formatting.percent(product.vat_rate)))
    if product.sale_unit_size is not None:
        facts.append((_("Verkoopeenheid"), _unit(product.sale_unit_size)))
    if product.identifier and product.identifier != product.ean:
        facts.append((_("Productcode van de uitgever"), product.identifier))
    if product.contained_ean and product.contained_ean != product.ean:
        facts.append((_("EAN in de productcode"), product.contained_ean))
    if product.successor_identifier and product.successor is None:
        text = _("%(code)s (niet in de catalogus)") % {"code": product.successor_identifier}
        facts.append((_("Opvolger"), text))
    return facts + _days(
        (_("Verschenen op"), product.first_published_on),
        (_("Einde levering"), product.end_of_life_on),
        (_("Ondersteund tot en met"), product.supported_until),
    )


def license_facts(product: Product) -> list[tuple[str, str]]:
    """What the licence gives, as far as it is known."""
    facts = []
    if product.license_days:
        facts.append((_("Looptijd"), term_text(product.license_days)))
    if product.license_availability:
        facts.append((_("Ingang en einde"), product.license_availability))
    facts += _days((_("Gaat in op"), product.license_starts_on), (_("Eindigt op"), product.license_ends_on))
    if product.license_count:
        facts.append((_("Aantal licenties"), formatting.number(product.license_count)))
    if product.license_options:
        facts.append((_("Ook verkrijgbaar als"), formatting.joined(product.license_options)))
    if activation := _activation_text(product):
        facts.append((_("Activeren"), activation))
    return facts


def term_text(days: int) -> str:
    """ "1 jaar (365 dagen)" where it is so many whole years or months, as publishers count them; else the days."""
    text = ngettext("%(count)s dag", "%(count)s dagen", days) % {"count": formatting.number(days)}
    years, rest = divmod(days, 365)
    # Four years have a leap day among them.
    if years and rest <= years // 4:
        longer = ngettext("%(count)s jaar", "%(count)s jaar", years) % {"count": years}
    elif days % 30 == 0 and days < 365:
        longer = ngettext("%(count)s maand", "%(count)s maanden", days // 30) % {"count": days // 30}
    else:
        return text
    return f"{longer} ({text})"


def _activation_text(product: Product) -> str:
    within = term_text(product.activation_days) if product.activation_days else ""
    until = formatting.day(product.activation_until) if product.activation_until else ""
    if within and until:
        return _("binnen %(term)s en uiterlijk op %(day)s") % {"term": within, "day": until}
    if within:
        return _("binnen %(term)s") % {"term": within}
    return _("uiterlijk op %(day)s") % {"day": until} if until else ""


def content_facts(product: Product) -> list[tuple[str, str]]:
    """What it is and for whom."""
    facts = [
        (_("Uitgave"), _("onbekend") if product.edition.is_unknown else product.edition.label),
        (_("Vorm"), product.get_form_display()),
        (_("Medium"), product.get_medium_display()),
        (_("Voor wie"), product.get_role_display()),
    ]
    authors = [author for author in product.authors if author != product.publisher.name]
    texts = {
        ngettext("Auteur", "Auteurs", len(authors)): formatting.joined(authors),
        _("Versie"): product.version_text,
        _("Taal"): language_name(product.language),
        _("Omvang"): product.aggregation_level,
        _("Gebruik"): formatting.joined(product.usages),
        _("Open leermateriaal"): _open_text(product),
    }
    facts += [(label, text) for label, text in texts.items() if text]
    flags = {
        _("Met licentie"): product.is_licensed,
        _("Verbruiksmateriaal"): product.is_consumable,
        _("Los verkrijgbaar"): product.is_separately_available,
        _("Auteursrechtelijk beschermd"): product.is_copyrighted,
    }
    facts += [(label, yes_or_no(value)) for label, value in flags.items() if value is not None]
    lists = {
        _("Platforms"): product.platforms,
        _("Apparaten"): product.devices,
        _("Browsers"): product.browsers,
        _("Rubriek van de uitgever"): product.rubrics,
    }
    facts += [(label, formatting.joined(values)) for label, values in lists.items() if values]
    return facts + _days(
        (_("Laatst herzien op"), product.last_revised_on), (_("Verouderd sinds"), product.deprecated_on)
    )


def _open_text(product: Product) -> str:
    """Whether it is open, and under which licence; a licence alone says that it is."""
    license_name = open_license_name(product.open_license)
    if license_name and product.is_open is not False:
        return _("ja, met licentie %(license)s") % {"license": license_name}
    return "" if product.is_open is None else yes_or_no(product.is_open)


def open_license_name(code: str) -> str:
    """ "cc-by-sa" -> "CC BY-SA", "cc-by-4.0" -> "CC BY 4.0", as Creative Commons has it; another code as it stands."""
    found = re.fullmatch(r"cc[- ]?(by(?:-[a-z]{2}){0,2}|0)(?:[- ]([0-9]\.[0-9]))?", code.strip().lower())
    if found is None:
        return code
    return " ".join(part for part in ("CC", found.group(1).upper(), found.group(2)) if part)


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
        _("Toegankelijkheidsverklaring"): product.accessibility_url,
    }
    by_address: dict[str, str] = {}
    for label, url in labels.items():
        if safe := formatting.outside_link(url):
            by_address.setdefault(safe, label)
    return [OutsideLink(label, url, formatting.host(url)) for url, label in by_address.items()]


def _unit(size: int) -> str:
    return ngettext("per stuk", "per %(size)s stuks", size) % {"size": formatting.number(size)}


def _days(*facts: tuple[str, date | None]) -> list[tuple[str, str]]:
    """Those that have a day."""
    return [(label, formatting.day(value)) for label, value in facts if value]
