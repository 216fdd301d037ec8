"""Costs in words, and the rules by which they were counted as a reader is told them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.models import Product
from catalogus.web import formatting
from selection.comparing.cost import Cost, Doubt, Offer, Times
from selection.comparing.table import Cell, Line, cell, said


def offer_of(product: Product) -> Offer:
    """The columns that cost depends on. A licence's days: as stated, else from its first to its last day."""
    return Offer(
        price_cents=product.price_cents,
        currency=product.currency,
        is_indicative=bool(product.is_price_indicative),
        sale_unit_size=product.sale_unit_size,
        license_count=product.license_count,
        form=product.form,
        medium=product.medium,
        is_licensed=product.is_licensed,
        is_consumable=product.is_consumable,
        license_days=license_days(product),
    )


def license_days(product: Product) -> int | None:
    """None where nobody says it; an end before its beginning is a slip."""
    if product.license_days:
        return product.license_days
    if product.license_starts_on is None or product.license_ends_on is None:
        return None
    days = (product.license_ends_on - product.license_starts_on).days
    return days if days > 0 else None


def cost_text(cost: Cost) -> str:
    """ "€ 20,00", "€ 20,00 tot € 80,00", "minstens € 20,00"; "" where it is unknown."""
    if cost.low_cents is None:
        return ""
    low = formatting.price(cost.low_cents)
    if cost.high_cents is None:
        return _("minstens %(price)s") % {"price": low}
    if cost.low_cents == cost.high_cents:
        return low
    return _("%(low)s tot %(high)s") % {"low": low, "high": formatting.price(cost.high_cents)}


def cost_cell(cost: Cost) -> Cell:
    """The cost with, in quiet lines, what it depends on."""
    text = cost_text(cost)
    found = cell([Line(text)])
    notes = [Line(note, is_quiet=True) for note in doubt_texts(cost)]
    return Cell((*found.lines, *notes), is_unknown=found.is_unknown)


def said_cost(cost: Cost) -> Cell:
    """The cost alone, beside a row that tells what it depends on."""
    return said(cost_text(cost))


def doubt_texts(cost: Cost) -> list[str]:
    words = {
        Doubt.NO_PRICE: _("geen prijs opgegeven"),
        Doubt.OTHER_CURRENCY: _("prijs in andere munt, niet omgerekend"),
        Doubt.NO_TERM: _("duur van een licentie onbekend"),
        Doubt.KEPT_OR_NEW: _("hangt af van hoe lang een leerling het houdt"),
        Doubt.UNIT_OR_LICENCES: _("verkoopeenheid en aantal licenties verschillen"),
        Doubt.SOME_UNKNOWN: _("van een deel is de prijs onbekend"),
        Doubt.NOTHING_TO_COUNT: _("geen leerlingproduct voor deze klas"),
    }
    # That the price of a part is unknown says the same, and of how much.
    hidden = {Doubt.NO_PRICE} if Doubt.SOME_UNKNOWN in cost.doubts else set()
    texts = [text for doubt, text in words.items() if doubt in cost.doubts - hidden]
    return [*texts, _("richtprijs")] if cost.is_indicative and cost.low_cents is not None else texts


def times_text(times: Times) -> str:
    if times.most is None:
        return ngettext("minstens %(n)s keer", "minstens %(n)s keer", times.least) % {"n": times.least}
    if times.least == times.most:
        return ngettext("%(n)s keer", "%(n)s keer", times.least) % {"n": times.least}
    return _("%(least)s tot %(most)s keer") % {"least": times.least, "most": times.most}


def years_text(years: int) -> str:
    return ngettext("%(n)s jaar", "%(n)s jaar", years) % {"n": years}


def rules() -> list[str]:
    """The rules of selection.comparing.cost, one sentence or two each."""
    return [
        _("Prijzen zijn met btw, zoals de uitgever ze opgeeft, en zonder korting of bezorgkosten."),
        _(
            "Is een verkoopeenheid van meer stuks of geldt een aankoop voor meer licenties, dan telt per leerling een"
            " deel. Voor een groep zijn het hele verkoopeenheden. Verschillen die twee aantallen, dan staan beide"
            " uitkomsten er."
        ),
        _("Een boek gaat de hele periode mee, tenzij de uitgever zegt dat het verbruiksmateriaal is: dan elk jaar."),
        _(
            "Een licentie wordt opnieuw gekocht als zij afloopt: een licentie van 4 jaar in 6 jaar twee keer. Een"
            " licentie van minder dan een schooljaar telt zo vaak als een schooljaar van tien maanden haar nodig heeft."
        ),
        _(
            "Een licentie met boek (LIFO) wordt elk jaar gekocht, want het boek blijft van de leerling. Geldt de"
            " licentie langer, dan kan een leerling haar ook zo lang houden; dan staan beide uitkomsten er."
        ),
        _("Is van een licentie de duur onbekend, dan is zij één keer geteld en staat er “minstens”."),
        _(
            "Wat geen prijs in euro heeft, is onbekend en nooit nul: het telt niet mee in een bereik, en maakt van een"
            " optelling “minstens”."
        ),
        _("Een richtprijs telt zoals hij is; de winkel kan een andere vragen."),
        _("Per jaar is het totaal gedeeld door het aantal jaren, afgerond op hele centen."),
    ]


def method_rules() -> list[str]:
    """What comes before them where methods are compared."""
    return [
        _(
            "De catalogus weet niet wat één leerling van een methode nodig heeft. Daarom staat er een bereik: van het"
            " goedkoopste tot het duurste losse product voor leerlingen van de gekozen klas, zonder losse"
            " verbruiksboeken waar er ook iets anders is."
        ),
        _("Van meer uitgaven telt de nieuwste die iets voor deze klas heeft, en wat geen uitgave noemt."),
        _("Kies zelf de producten die een leerling nodig heeft, en ze worden opgeteld."),
    ]
