"""The rows of methods side by side."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus import labels
from catalogus.models import Method, Product, ProductState, Role, Scheme
from catalogus.selectors import classified_codes
from catalogus.web import formatting
from catalogus.web.hits import form_label
from catalogus.web.plain_terms import period_in_words
from selection.comparing import classes
from selection.comparing.choice import Choice
from selection.comparing.cost import Cost, Offer, cost_of_group, cost_per_pupil, one_of, together
from selection.comparing.cost_words import cost_cell, license_days, offer_of, said_cost, years_text
from selection.comparing.reading import offered
from selection.comparing.review_rows import review_rows
from selection.comparing.table import Cell, Group, Line, Row, cell, group, row, said, where_known


@dataclass(frozen=True)
class MethodColumn:
    """A method with its products, gone ones too. for_pupil: what a learner of the chosen class may use."""

    method: Method
    products: Sequence[Product]
    choice: Choice

    @cached_property
    def offer(self) -> list[Product]:
        """What can be ordered; everything where nothing can."""
        return offered(self.products) or list(self.products)

    @cached_property
    def classes(self) -> set[classes.SchoolClass]:
        return classes.classes_of(self.offer)

    @cached_property
    def for_pupil(self) -> list[Product]:
        return classes.products_for_pupil(self.products, self.choice.school_class or classes.ANY_CLASS)

    @cached_property
    def picked(self) -> list[Product]:
        """What the reader says a pupil needs; nothing where they leave it to the range."""
        return [product for product in self.for_pupil if product.public_id in self.choice.picks]

    @cached_property
    def counted(self) -> list[Product]:
        return self.picked or classes.complete_products(self.for_pupil)

    def cost(self, of: Callable[[Offer], Cost]) -> Cost:
        """Of what was picked together, else from the cheapest to the dearest."""
        costs = [of(offer_of(product)) for product in self.counted]
        return together(costs) if self.picked else one_of(costs)


def method_groups(columns: Sequence[MethodColumn], choice: Choice) -> list[Group]:
    return [
        group("wat", _("Wat het is"), _what(columns)),
        group("past", _("Voor wie"), _fit(columns)),
        group("vorm", _("Vorm en licentie"), _form(columns)),
        group("prijs", _("Prijs"), _price(columns, choice)),
        group("leverbaar", _("Leverbaarheid"), _availability(columns)),
        group("onderdelen", _("Onderdelen"), _parts(columns)),
        group("toegankelijk", _("Toegankelijkheid en apparaten"), _access(columns)),
        group("beoordeling", _("Beoordelingen"), review_rows([column.method for column in columns])),
        group("bron", _("Waar het vandaan komt"), _source(columns)),
    ]


def _row(label: str, columns: Iterable[MethodColumn], of: Callable[[MethodColumn], Cell]) -> Row:
    return row(label, [of(column) for column in columns])


def _what(columns: Sequence[MethodColumn]) -> list[Row | None]:
    def edition(column: MethodColumn) -> Cell:
        current = column.method.current_ordinal
        names = {one.edition.label for one in column.products if current is not None and one.edition.ordinal == current}
        return said(formatting.joined(sorted(names)))

    def editions(column: MethodColumn) -> Cell:
        known = {one.edition_id for one in column.products if not one.edition.is_unknown}
        return said(formatting.number(len(known)) if known else "")

    def subjects(column: MethodColumn) -> Cell:
        return said(formatting.joined(formatting.names(Scheme.SUBJECT, _codes(column)[Scheme.SUBJECT])))

    return [
        _row(_("Uitgever"), columns, lambda column: said(column.method.publisher.name)),
        _row(_("Vakken"), columns, subjects),
        _row(_("Huidige uitgave"), columns, edition),
        _row(_("Aantal uitgaven"), columns, editions),
    ]


def _codes(column: MethodColumn) -> dict[Scheme, set[str]]:
    return dict(classified_codes([one for product in column.offer for one in product.classification]))


def _fit(columns: Sequence[MethodColumn]) -> list[Row | None]:
    """A row for each level that any of them has something for, with the years."""

    def years(column: MethodColumn, level: str) -> Cell:
        # What is for "vmbo" is for each of its tracks; what is for one track is not for all of vmbo.
        meant = {level, *_above(level)}
        found = {year for one, year in column.classes if one in meant}
        if not found and any(level in _above(one) for one, _year in column.classes):
            return said(_("alleen voor een deel"))
        if not found:
            return said(_("geen materiaal") if column.classes else "")
        named = formatting.names(Scheme.YEAR, found - {""})
        return said(formatting.joined(named) or _("leerjaar niet opgegeven"))

    levels = dict.fromkeys(level for level, _year in classes.in_order({one for c in columns for one in c.classes}))
    rows: list[Row | None] = [
        _row(
            _("Sector"),
            columns,
            lambda column: said(formatting.joined(formatting.names(Scheme.SECTOR, _codes(column)[Scheme.SECTOR]))),
        )
    ]
    for level in levels:
        label = labels.concept_label(Scheme.LEVEL, level) if level else _("Zonder niveau")
        rows.append(row(label, [years(column, level) for column in columns]))
    if not levels:
        rows.append(row(_("Niveau en leerjaar"), [said() for _column in columns]))
    return rows


def _above(level: str) -> list[str]:
    """The levels that this one is part of."""
    broader = labels.broader_codes(Scheme.LEVEL)
    found: list[str] = []
    while (level := broader.get(level, "")) and level not in found:
        found.append(level)
    return found


def _form(columns: Sequence[MethodColumn]) -> list[Row | None]:
    def forms(column: MethodColumn) -> Cell:
        return _counted(form_label(product.form, product.medium) for product in column.offer)

    def terms(column: MethodColumn) -> Cell:
        days = {found for product in column.offer if (found := license_days(product))}
        # Publishers count years of 360 to 366 days, and each is a year.
        return said(formatting.joined(list(dict.fromkeys(period_in_words(found) for found in sorted(days)))))

    return [
        _row(_("Vormen"), columns, forms),
        _row(_("Duur van licenties"), columns, terms),
        _row(_("Open leermateriaal"), columns, _openness),
    ]


def _openness(column: MethodColumn) -> Cell:
    stated = [product.is_open for product in column.offer if product.is_open is not None]
    if not stated:
        return said()
    if any(stated):
        return said(_of_products(sum(stated), len(column.offer)))
    # What is said of some is not said of all.
    return said(_("nee")) if len(stated) == len(column.offer) else said(_("nee, voor zover opgegeven"))


def _price(columns: Sequence[MethodColumn], choice: Choice) -> list[Row | None]:
    over = _("Per leerling over %(years)s") % {"years": years_text(choice.years)}
    rows: list[Row | None] = [
        row(
            _("Per leerling per jaar"),
            [
                cost_cell(column.cost(lambda offer: cost_per_pupil(offer, choice.years)).per_year(choice.years))
                for column in columns
            ],
        ),
        row(over, [said_cost(column.cost(lambda offer: cost_per_pupil(offer, choice.years))) for column in columns]),
    ]
    if choice.pupils is not None:
        pupils = choice.pupils
        label = ngettext(
            "Voor %(pupils)s leerling over %(years)s", "Voor %(pupils)s leerlingen over %(years)s", pupils
        ) % {"pupils": formatting.number(pupils), "years": years_text(choice.years)}
        rows.append(
            row(
                label,
                [
                    said_cost(column.cost(lambda offer: cost_of_group(offer, choice.years, pupils)))
                    for column in columns
                ],
            )
        )
    return [*rows, _row(_("Zo geteld"), columns, lambda column: _counting(column, choice))]


def _counting(column: MethodColumn, choice: Choice) -> Cell:
    """Which products the cost is of, so that anybody can check it."""
    if not column.counted:
        return said(_("geen leerlingproduct voor deze klas"))
    if column.picked:
        return cell(Line(product.title, product.get_absolute_url()) for product in column.picked)
    priced = [
        (cost.low_cents, product)
        for product in column.counted
        if (cost := cost_per_pupil(offer_of(product), choice.years)).low_cents is not None
    ]
    priced.sort(key=lambda pair: (pair[0], pair[1].pk))
    total = len(column.counted)
    text = ngettext("%(n)s product", "%(n)s producten", total) % {"n": formatting.number(total)}
    if len(priced) < total:
        text = _("%(products)s, waarvan %(n)s zonder prijs") % {
            "products": text,
            "n": formatting.number(total - len(priced)),
        }
    lines = [Line(text)]
    if priced:
        ends = [(_("Goedkoopst: %(title)s"), priced[0][1]), (_("Duurst: %(title)s"), priced[-1][1])]
        lines += [
            Line(label % {"title": product.title}, product.get_absolute_url(), is_quiet=True)
            for label, product in ends[: min(2, len(priced))]
        ]
    return cell(lines)


def _availability(columns: Sequence[MethodColumn]) -> list[Row | None]:
    def orderable(column: MethodColumn) -> Cell:
        return said(_of_products(len(offered(column.products)), len(column.products)) if column.products else "")

    def states(column: MethodColumn) -> Cell:
        return _counted(
            _("Teruggetrokken") if product.withdrawn_at else str(ProductState(product.state).label)
            for product in column.products
        )

    return [_row(_("Te bestellen"), columns, orderable), _row(_("Stand"), columns, states)]


def _parts(columns: Sequence[MethodColumn]) -> list[Row | None]:
    roles = {
        Role.LEARNER: _("Voor leerling of student"),
        Role.TEACHER: _("Voor de docent"),
        Role.MANAGER: _("Voor de beheerder"),
        Role.UNKNOWN: _("Gebruiker onbekend"),
    }
    used = {product.role for column in columns for product in column.offer}

    def of_role(column: MethodColumn, role: Role) -> Cell:
        found = [form_label(one.form, one.medium) for one in column.offer if one.role == role]
        if not found:
            return said(_("geen"))
        return cell([Line(_products(len(found))), *(Line(text, is_quiet=True) for text in _counted(found).texts)])

    return [row(label, [of_role(one, role) for one in columns]) for role, label in roles.items() if role in used]


def _access(columns: Sequence[MethodColumn]) -> list[Row | None]:
    def statement(column: MethodColumn) -> Cell:
        stated = sum(bool(formatting.outside_link(product.accessibility_url)) for product in column.offer)
        return said(_of_products(stated, len(column.offer)) if stated else "")

    def values(name: str) -> Callable[[MethodColumn], Cell]:
        return lambda column: said(
            formatting.joined(sorted({value for product in column.offer for value in getattr(product, name)}))
        )

    return [
        _row(_("Toegankelijkheidsverklaring"), columns, statement),
        _row(_("Platforms"), columns, values("platforms")),
        _row(_("Apparaten"), columns, values("devices")),
    ]


def _source(columns: Sequence[MethodColumn]) -> list[Row | None]:
    def latest(name: str) -> Callable[[MethodColumn], Cell]:
        def of(column: MethodColumn) -> Cell:
            moments = [moment for product in column.products if (moment := getattr(product, name)) is not None]
            return said(formatting.day(localtime(max(moments)).date()) if moments else "")

        return of

    return [
        _row(_("Laatst gewijzigd bij de bron"), columns, latest("source_modified_at")),
        _row(_("Laatst bijgewerkt in de catalogus"), columns, latest("updated_at")),
        where_known(_row(_("Nieuwste product verschenen op"), columns, _newest)),
    ]


def _newest(column: MethodColumn) -> Cell:
    days = [product.first_published_on for product in column.offer if product.first_published_on is not None]
    return said(formatting.day(max(days)) if days else "")


def _counted(texts: Iterable[str]) -> Cell:
    """ "Digitaal (12)", "Folio (3)": the most first; what says nothing is counted as unknown."""
    counts = Counter(text or _("onbekend") for text in texts)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return said(*(f"{text} ({formatting.number(count)})" for text, count in ordered))


def _products(count: int) -> str:
    return ngettext("%(n)s product", "%(n)s producten", count) % {"n": formatting.number(count)}


def _of_products(count: int, total: int) -> str:
    return ngettext("%(count)s van %(total)s product", "%(count)s van %(total)s producten", total) % {
        "count": formatting.number(count),
        "total": formatting.number(total),
    }
