"""The facts of a product under the headings of its page, "onbekend" where a school would ask and nobody said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.facet_rules import license_kind_of
from catalogus.models import Form, Medium, Product, ProductState, Role, Scheme
from catalogus.web import formatting
from catalogus.web.field_words import classification_text, language_name, price_parts_text, yes_or_no
from catalogus.web.glossary import GLOSSARY, Term
from catalogus.web.open_licenses import open_license_name
from catalogus.web.plain_terms import availability_in_words, period_in_words, price_in_words, terms_in_words
from catalogus.web.product_links import OutsideLink, RelatedLink

_GROUP_PARTS = {
    "sectors": Scheme.SECTOR,
    "levels": Scheme.LEVEL,
    "years": Scheme.YEAR,
    "subjects": Scheme.SUBJECT,
}
_ON_A_SCREEN = (Form.DIGITAL, Form.LIFO, Form.COMBI)


@dataclass(frozen=True, slots=True)
class Fact:
    """value: "" where lines or links stand in its place. tip: of a word in it that needs explaining."""

    label: str
    value: str = ""
    tip: Term | None = None
    is_known: bool = True
    lines: tuple[str, ...] = ()
    links: tuple[RelatedLink, ...] = ()
    outside: OutsideLink | None = None


@dataclass(frozen=True, slots=True)
class Section:
    anchor: str
    heading: str
    facts: tuple[Fact, ...]


def product_sections(
    product: Product,
    *,
    successor: Sequence[RelatedLink] = (),
    counterparts: Sequence[RelatedLink] = (),
    predecessors: Sequence[RelatedLink] = (),
) -> list[Section]:
    """The headings of the page that have a fact. The links: what takes its place, or what it took the place of."""
    related = (
        Fact(_("Opvolger"), tip=GLOSSARY["successor"], links=tuple(successor)),
        Fact(_("In de huidige uitgave"), links=tuple(counterparts)),
        Fact(_("Opvolger van"), links=tuple(predecessors)),
    )
    sections = [
        Section("bestellen", _("Bestellen"), (*_order_facts(product), *(fact for fact in related if fact.links))),
        Section("licentie", _("Licentie en gebruik"), tuple(_license_facts(product))),
        Section("doelgroep", _("Inhoud en doelgroep"), tuple(_content_facts(product))),
        Section("uitgave", _("Over de uitgave"), tuple(_edition_facts(product))),
        Section("techniek", _("Techniek en toegankelijkheid"), tuple(_technical_facts(product))),
    ]
    return [section for section in sections if section.facts]


def _order_facts(product: Product) -> list[Fact]:
    """What is needed to order."""
    facts = [
        _text(_("EAN"), product.ean or "", "ean", is_asked=True),
        _text(_("Leverbaarheid"), _availability(product), "availability", is_asked=True),
        _text(
            _("Prijs met btw"),
            price_in_words(product) if product.price_cents is not None else "",
            "indicative-price" if product.price_cents is not None and product.is_price_indicative else "",
            is_asked=True,
        ),
    ]
    if product.price_excl_cents is not None:
        facts.append(Fact(_("Prijs zonder btw"), formatting.price(product.price_excl_cents, product.currency)))
    if product.price_parts:
        facts.append(Fact(_("Waarvan per btw-tarief"), price_parts_text(product.price_parts, product.currency)))
    elif product.vat_rate is not None:
        facts.append(Fact(_("Btw-tarief"), formatting.percent(product.vat_rate)))
    if product.sale_unit_size is not None:
        facts.append(Fact(_("Verkoopeenheid"), _unit(product.sale_unit_size), GLOSSARY["sale-unit"]))
    facts += _flags(
        (_("Los verkrijgbaar"), product.is_separately_available, ""),
        (_("Verbruiksmateriaal"), product.is_consumable, "consumable"),
    )
    if product.identifier and product.identifier != product.ean:
        facts.append(_text(_("Productcode van de uitgever"), product.identifier, "product-code"))
    if product.contained_ean and product.contained_ean != product.ean:
        facts.append(_text(_("EAN in de productcode"), product.contained_ean))
    if product.successor_identifier and product.successor is None:
        text = _("%(code)s (niet in de catalogus)") % {"code": product.successor_identifier}
        facts.append(_text(_("Opvolger"), text, "successor"))
    return facts + _days((_("Einde levering"), product.end_of_life_on))


def _license_facts(product: Product) -> list[Fact]:
    """What one may do with it and for how long."""
    is_digital = product.form in _ON_A_SCREEN
    in_short = terms_in_words(product)
    facts = [Fact(_("In het kort"), formatting.capitalized(in_short), is_known=in_short != _("voorwaarden onbekend"))]
    term = _term_text(product.license_days) if product.license_days else ""
    facts += _stated(
        _text(_("Looptijd"), term, "license", is_asked=is_digital and product.license_ends_on is None),
        _text(_("Ingang en einde"), _availability_text(product), "license-start"),
    )
    facts += _days((_("Gaat in op"), product.license_starts_on), (_("Eindigt op"), product.license_ends_on))
    count = formatting.number(product.license_count) if product.license_count else ""
    facts += _stated(
        _text(_("Aantal licenties"), count),
        _text(_("Ook verkrijgbaar als"), formatting.joined(product.license_options), "license-options"),
        _text(_("Activeren"), _activation_text(product), "activation"),
    )
    facts += _flags((_("Met licentie"), product.is_licensed, ""))
    facts += _stated(_text(_("Open leermateriaal"), _open_text(product), "open"))
    return facts + _flags((_("Auteursrechtelijk beschermd"), product.is_copyrighted, ""))


def _content_facts(product: Product) -> list[Fact]:
    """What it is and for whom."""
    return [
        _choice(_("Voor wie"), product.get_role_display(), is_known=product.role != Role.UNKNOWN),
        *_group_facts(product),
        _choice(_("Vorm"), product.get_form_display(), product.form, is_known=product.form != Form.UNKNOWN),
        _choice(_("Medium"), product.get_medium_display(), is_known=product.medium != Medium.UNKNOWN),
        *_stated(
            _text(_("Omvang"), _scope_text(product.aggregation_level), "scope"),
            _text(_("Gebruik"), formatting.joined(product.usages)),
            _text(_("Rubriek van de uitgever"), formatting.joined(product.rubrics), "rubric"),
        ),
    ]


def _group_facts(product: Product) -> list[Fact]:
    """Sector, level, year and subject; of several groups each on a line, for what stands in one belongs together."""
    groups = [group for group in product.classification if any(group.get(part) for part in _GROUP_PARTS)]
    if len(groups) > 1:
        lines = dict.fromkeys(classification_text([group]) for group in groups)
        return [Fact(_("Bedoeld voor"), tip=GLOSSARY["level"], lines=tuple(lines))]
    labels = {
        Scheme.SECTOR: _("Sector"),
        Scheme.LEVEL: _("Niveau"),
        Scheme.YEAR: _("Leerjaar of groep"),
        Scheme.SUBJECT: _("Vak"),
    }
    group = groups[0] if groups else {}
    return [
        _text(
            labels[scheme],
            formatting.joined(formatting.names(scheme, group.get(part, ()))),
            "level" if scheme == Scheme.LEVEL else "",
            is_asked=True,
        )
        for part, scheme in _GROUP_PARTS.items()
    ]


def _edition_facts(product: Product) -> list[Fact]:
    """What a librarian would write down."""
    edition = "" if product.edition.is_unknown else product.edition.label
    # The feed often repeats the publisher as author.
    authors = [author for author in product.authors if author != product.publisher.name]
    return [
        _text(_("Uitgave"), edition, "edition", is_asked=True),
        Fact(_("Uitgever"), product.publisher.name),
        *_stated(
            Fact(
                ngettext("Auteur", "Auteurs", len(authors)),
                authors[0] if len(authors) == 1 else "",
                lines=tuple(authors) if len(authors) > 1 else (),
            ),
            _text(_("Versie"), product.version_text),
            _text(_("Taal"), language_name(product.language)),
        ),
        *_days(
            (_("Verschenen op"), product.first_published_on),
            (_("Laatst herzien op"), product.last_revised_on),
            (_("Verouderd sinds"), product.deprecated_on),
            (_("Ondersteund tot en met"), product.supported_until),
        ),
    ]


def _technical_facts(product: Product) -> list[Fact]:
    """What it needs, and who can use it; of paper only what is stated."""
    is_digital = product.form in _ON_A_SCREEN
    statement = formatting.outside_link(product.accessibility_url)
    label = _("Toegankelijkheid")
    accessibility = (
        Fact(
            label,
            tip=GLOSSARY["accessibility"],
            outside=OutsideLink(_("Lees de verklaring"), statement, formatting.host(statement)),
        )
        if statement
        else Fact(label, _("geen verklaring bekend") if is_digital else "", GLOSSARY["accessibility"], is_known=False)
    )
    return _stated(
        _text(_("Platforms"), formatting.joined(product.platforms), is_asked=is_digital),
        _text(_("Apparaten"), formatting.joined(product.devices)),
        _text(_("Browsers"), formatting.joined(product.browsers)),
        accessibility,
    )


def _open_text(product: Product) -> str:
    """Whether it is open, and under which licence; a licence alone says that it is."""
    license_name = open_license_name(product.open_license)
    if license_name and product.is_open is not False:
        return _("ja, met licentie %(license)s") % {"license": license_name}
    return "" if product.is_open is None else yes_or_no(product.is_open)


def _availability(product: Product) -> str:
    """Nothing where it is not known."""
    is_known = product.withdrawn_at is not None or product.state != ProductState.UNKNOWN
    return availability_in_words(product) if is_known else ""


def _term_text(days: int) -> str:
    """ "1 jaar (365 dagen)" where it is so many whole years or months, as publishers count them; else the days."""
    text = ngettext("%(count)s dag", "%(count)s dagen", days) % {"count": formatting.number(days)}
    longer = period_in_words(days)
    return text if longer == text else f"{longer} ({text})"


def _availability_text(product: Product) -> str:
    """The text of the source; what ECK has a word for, in Dutch."""
    kind = license_kind_of(product.license_availability)
    return str(kind.label) if kind is not None else product.license_availability


def _activation_text(product: Product) -> str:
    within = _term_text(product.activation_days) if product.activation_days else ""
    until = formatting.day(product.activation_until) if product.activation_until else ""
    if within and until:
        return _("binnen %(term)s en uiterlijk op %(day)s") % {"term": within, "day": until}
    if within:
        return _("binnen %(term)s") % {"term": within}
    return _("uiterlijk op %(day)s") % {"day": until} if until else ""


def _scope_text(level: str) -> str:
    known = {"course": _("een hele cursus"), "lesson": _("een les")}
    return known.get(level.strip().lower(), level)


def _unit(size: int) -> str:
    return ngettext("per stuk", "per %(size)s stuks", size) % {"size": formatting.number(size)}


def _text(label: str, value: str, tip: str = "", *, is_asked: bool = False) -> Fact:
    """is_asked: that nobody said it is told."""
    term = GLOSSARY[tip] if tip else None
    if not value and is_asked:
        return Fact(label, _("onbekend"), term, is_known=False)
    return Fact(label, value, term)


def _choice(label: str, value: str, tip: str = "", *, is_known: bool) -> Fact:
    return Fact(label, value if is_known else _("onbekend"), GLOSSARY.get(tip), is_known)


def _stated(*facts: Fact) -> list[Fact]:
    """Those that say something."""
    return [fact for fact in facts if fact.value or fact.lines or fact.outside]


def _flags(*flags: tuple[str, bool | None, str]) -> list[Fact]:
    """(label, value, tip); those that are stated."""
    return [_text(label, yes_or_no(value), tip) for label, value, tip in flags if value is not None]


def _days(*days: tuple[str, date | None]) -> list[Fact]:
    return [Fact(label, formatting.day(value)) for label, value in days if value]
