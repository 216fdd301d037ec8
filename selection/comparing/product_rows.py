"""The rows of products side by side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.models import Product, Scheme
from catalogus.selectors import classified_codes
from catalogus.web import formatting
from catalogus.web.field_words import language_name
from catalogus.web.hits import form_label
from catalogus.web.open_licenses import open_license_name
from catalogus.web.plain_terms import availability_in_words, period_in_words, price_in_words, terms_in_words
from selection.comparing import classes
from selection.comparing.choice import Choice
from selection.comparing.cost import cost_of_group, cost_per_pupil, times_bought
from selection.comparing.cost_words import cost_cell, license_days, offer_of, said_cost, times_text, years_text
from selection.comparing.reading import Surroundings
from selection.comparing.review_rows import review_rows
from selection.comparing.table import Cell, Group, Line, Row, cell, group, row, said, where_known, yes_no

MOST_NAMED = 8
"""Parts or packages in one cell; the page of the product has all."""


@dataclass(frozen=True)
class _Rows:
    products: Sequence[Product]

    def of(self, label: str, read: Callable[[Product], Cell]) -> Row:
        return row(label, [read(product) for product in self.products])

    def text(self, label: str, read: Callable[[Product], str]) -> Row:
        return self.of(label, lambda product: said(read(product)))


def product_groups(products: Sequence[Product], choice: Choice, around: Surroundings) -> list[Group]:
    rows = _Rows(products)
    return [
        group("wat", _("Wat het is"), _what(rows)),
        group("past", _("Voor wie"), _fit(rows)),
        group("vorm", _("Vorm en licentie"), _form(rows)),
        group("prijs", _("Prijs"), _price(rows, choice)),
        group("leverbaar", _("Leverbaarheid"), _availability(rows)),
        group("onderdelen", _("Onderdelen"), _parts(rows, around)),
        group("toegankelijk", _("Toegankelijkheid en apparaten"), _access(rows)),
        group("beoordeling", _("Beoordelingen van de methode"), review_rows([product.method for product in products])),
        group("bron", _("Waar het vandaan komt"), _source(rows)),
    ]


def _what(rows: _Rows) -> list[Row | None]:
    return [
        rows.of(_("Methode"), lambda product: cell([Line(product.method.name, product.method.get_absolute_url())])),
        rows.text(_("Uitgever"), lambda product: product.publisher.name),
        rows.text(_("Uitgave"), lambda product: "" if product.edition.is_unknown else product.edition.label),
        rows.text(_("EAN"), lambda product: product.ean or ""),
        rows.text(_("Vakken"), lambda product: formatting.joined(_names(product, Scheme.SUBJECT))),
        where_known(rows.text(_("Auteurs"), lambda product: formatting.joined(product.authors, MOST_NAMED))),
        where_known(rows.text(_("Taal"), lambda product: language_name(product.language))),
    ]


def _names(product: Product, scheme: Scheme) -> list[str]:
    return formatting.names(scheme, classified_codes(product.classification)[scheme])


def _fit(rows: _Rows) -> list[Row | None]:
    def school_classes(product: Product) -> Cell:
        found: dict[str, set[str]] = {}
        for level, year in classes.in_order(classes.classes_of([product])):
            found.setdefault(level, set()).add(year)
        return said(*(_level_line(level, years - {""}) for level, years in found.items()))

    return [
        rows.text(_("Sector"), lambda product: formatting.joined(_names(product, Scheme.SECTOR))),
        rows.of(_("Niveau en leerjaar"), school_classes),
        rows.text(_("Gebruiker"), lambda product: "" if product.role == "unknown" else product.get_role_display()),
    ]


def _level_line(level: str, years: Iterable[str]) -> str:
    names = [formatting.joined(formatting.names(Scheme.LEVEL, [level])) if level else ""]
    return ": ".join(filter(None, [*names, formatting.joined(formatting.names(Scheme.YEAR, years))]))


def _form(rows: _Rows) -> list[Row | None]:
    def is_open(product: Product) -> Cell:
        name = open_license_name(product.open_license)
        if name and product.is_open is not False:
            return said(_("ja, met licentie %(license)s") % {"license": name})
        return yes_no(product.is_open)

    return [
        rows.text(_("Vorm"), lambda product: form_label(product.form, product.medium)),
        rows.text(_("Wat u krijgt"), terms_in_words),
        rows.text(_("Duur van de licentie"), _term),
        rows.of(_("Verbruiksmateriaal"), lambda product: yes_no(product.is_consumable)),
        where_known(rows.text(_("Ook verkrijgbaar als"), lambda product: formatting.joined(product.license_options))),
        where_known(rows.of(_("Los verkrijgbaar"), lambda product: yes_no(product.is_separately_available))),
        rows.of(_("Open leermateriaal"), is_open),
    ]


def _term(product: Product) -> str:
    if days := license_days(product):
        return period_in_words(days)
    if product.license_ends_on is not None:
        return _("tot en met %(day)s") % {"day": formatting.day(product.license_ends_on)}
    # What has no licence has no length of one, which is known.
    return _("geen licentie") if product.is_licensed is False else ""


def _price(rows: _Rows, choice: Choice) -> list[Row | None]:
    def price(product: Product) -> str:
        return price_in_words(product) if product.price_cents is not None else ""

    def times(product: Product) -> str:
        return times_text(times_bought(offer_of(product), choice.years))

    years = choice.years
    found: list[Row | None] = [
        rows.text(_("Prijs met btw"), price),
        rows.of(
            _("Per leerling per jaar"),
            lambda product: cost_cell(cost_per_pupil(offer_of(product), years).per_year(years)),
        ),
        rows.of(
            _("Per leerling over %(years)s") % {"years": years_text(years)},
            lambda product: said_cost(cost_per_pupil(offer_of(product), years)),
        ),
        rows.text(_("Zo vaak kopen in %(years)s") % {"years": years_text(years)}, times),
    ]
    if choice.pupils is not None:
        pupils = choice.pupils
        label = ngettext(
            "Voor %(pupils)s leerling over %(years)s", "Voor %(pupils)s leerlingen over %(years)s", pupils
        ) % {"pupils": formatting.number(pupils), "years": years_text(years)}
        found.append(rows.of(label, lambda product: said_cost(cost_of_group(offer_of(product), years, pupils))))
    return found


def _availability(rows: _Rows) -> list[Row | None]:
    def is_current(product: Product) -> Cell:
        current, own = product.method.current_ordinal, product.edition.ordinal
        if current is None or own is None:
            return said()
        return said(_("ja") if own >= current else _("nee, er is een nieuwere"))

    def successor(product: Product) -> Cell:
        if product.successor is not None:
            return cell([Line(product.successor.title, product.successor.get_absolute_url())])
        if product.successor_identifier:
            return said(_("%(code)s (niet in de catalogus)") % {"code": product.successor_identifier})
        return said(_("niet opgegeven"))

    return [
        rows.text(_("Leverbaarheid"), lambda product: "" if _says_nothing(product) else availability_in_words(product)),
        rows.of(_("Huidige uitgave"), is_current),
        rows.of(_("Opvolger"), successor),
        where_known(rows.text(_("Einde levering"), lambda product: _day(product.end_of_life_on))),
    ]


def _says_nothing(product: Product) -> bool:
    return product.state == "unknown" and product.withdrawn_at is None


def _parts(rows: _Rows, around: Surroundings) -> list[Row | None]:
    def parts(product: Product) -> Cell:
        found = around.parts[product.pk]
        lines = [Line(code) if part is None else Line(part.title, part.get_absolute_url()) for code, part in found]
        return _some(lines) if lines else said(_("geen delen opgegeven"))

    def packages(product: Product) -> Cell:
        lines = [Line(one.title, one.get_absolute_url()) for one in around.packages[product.pk]]
        return _some(lines) if lines else said(_("geen pakket bekend"))

    return [rows.of(_("Bestaat uit"), parts), rows.of(_("Onderdeel van"), packages)]


def _some(lines: Sequence[Line]) -> Cell:
    rest = len(lines) - MOST_NAMED
    more = ngettext("en nog %(n)s", "en nog %(n)s", rest) % {"n": rest} if rest > 0 else ""
    return cell([*lines[:MOST_NAMED], Line(more, is_quiet=True)])


def _access(rows: _Rows) -> list[Row | None]:
    def statement(product: Product) -> Cell:
        url = formatting.outside_link(product.accessibility_url)
        return cell([Line(_("Verklaring op %(host)s") % {"host": formatting.host(url)}, url)] if url else [])

    return [
        rows.of(_("Toegankelijkheidsverklaring"), statement),
        rows.text(_("Platforms"), lambda product: formatting.joined(product.platforms)),
        rows.text(_("Apparaten"), lambda product: formatting.joined(product.devices)),
        where_known(rows.text(_("Browsers"), lambda product: formatting.joined(product.browsers))),
    ]


def _source(rows: _Rows) -> list[Row | None]:
    def modified(product: Product) -> str:
        moment = product.source_modified_at
        return "" if moment is None else formatting.day(localtime(moment).date())

    return [
        rows.text(_("Laatst gewijzigd bij de bron"), modified),
        rows.text(
            _("Laatst bijgewerkt in de catalogus"),
            lambda product: formatting.day(localtime(product.updated_at).date()),
        ),
        rows.text(_("Voor het eerst gezien"), lambda product: formatting.day(localtime(product.first_seen_at).date())),
        where_known(rows.text(_("Verschenen op"), lambda product: _day(product.first_published_on))),
    ]


def _day(value: date | None) -> str:
    return "" if value is None else formatting.day(value)
