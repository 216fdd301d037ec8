"""What a method's products say taken together: what they cost, under which terms, and what nobody stated of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.models import Form, Product, ProductState
from catalogus.web import formatting
from catalogus.web.charts import Chart
from catalogus.web.charts.prices import price_chart
from catalogus.web.plain_terms import terms_in_words

_EURO = "EUR"
_FEWEST_PRICES = 5
"""Of fewer prices the range says it all."""

_MOST_TERMS = 8


@dataclass(frozen=True, slots=True)
class TermsLine:
    """terms: in plain words; count: of products, in words; prices: their range, with how many are unknown."""

    terms: str
    count: str
    prices: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not stated ("prijs") of how many of all products."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class StateLine:
    """A number of products, in words, and what it means for who wants to order them."""

    count: str
    label: str
    meaning: str


def price_range(products: Sequence[Product]) -> str:
    """ "€ 12,50 tot € 89,00", one price where all are alike; how many are unknown, or not in euro, is said."""
    known = _euro_prices(products)
    unknown = len(products) - len(known)
    if not known:
        return _("prijs onbekend")
    low, high = formatting.price(min(known)), formatting.price(max(known))
    text = low if low == high else _("%(low)s tot %(high)s") % {"low": low, "high": high}
    if not unknown:
        return text
    return _("%(range)s (van %(n)s van de %(total)s onbekend)") % {
        "range": text,
        "n": formatting.number(unknown),
        "total": formatting.number(len(products)),
    }


def price_picture(products: Sequence[Product]) -> Chart | None:
    """How prices are spread; None where there are too few to draw."""
    known = _euro_prices(products)
    return price_chart(known, unknown=len(products) - len(known)) if len(known) >= _FEWEST_PRICES else None


def terms_lines(products: Iterable[Product]) -> list[TermsLine]:
    """What one gets under which terms, the commonest first; what is rare is taken together at the end."""
    by_terms: dict[str, list[Product]] = {}
    for product in products:
        by_terms.setdefault(terms_in_words(product), []).append(product)
    ordered = sorted(by_terms.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    shown = ordered if len(ordered) <= _MOST_TERMS else ordered[: _MOST_TERMS - 1]
    lines = [TermsLine(terms, product_count(len(group)), price_range(group)) for terms, group in shown]
    rest = [product for _terms, group in ordered[len(shown) :] for product in group]
    if rest:
        lines.append(TermsLine(_("andere voorwaarden"), product_count(len(rest)), price_range(rest)))
    return lines


def state_lines(products: Sequence[Product]) -> list[StateLine]:
    """How many can be ordered, and why the others cannot: withdrawn is another thing than no longer available."""
    meanings = {
        ProductState.AVAILABLE: _("nu te bestellen"),
        ProductState.LIMITED: _("te bestellen zolang de voorraad strekt"),
        ProductState.NOT_YET: _("aangekondigd; nog niet te krijgen"),
        ProductState.TEMPORARILY_NOT: _("komt volgens de uitgever terug"),
        ProductState.UNKNOWN: _("de uitgever geeft het niet op; vraag het na"),
        ProductState.NO_LONGER: _("de uitgever levert het niet meer"),
        ProductState.NEVER: _("aangekondigd, maar het komt er niet"),
        ProductState.NOT_USABLE: _("volgens de uitgever niet te krijgen of niet te gebruiken"),
    }
    counts = Counter(product.state for product in products if product.withdrawn_at is None)
    lines = [
        StateLine(product_count(counts[state]), str(state.label), meaning)
        for state, meaning in meanings.items()
        if counts[state]
    ]
    withdrawn = sum(product.withdrawn_at is not None for product in products)
    if withdrawn:
        meaning = _("de bron geeft het niet meer door; wat het was, blijft hier staan")
        lines.append(StateLine(product_count(withdrawn), _("Teruggetrokken"), meaning))
    return lines


def gaps(products: Sequence[Product], unknown_editions: Iterable[int]) -> list[Gap]:
    """What is not stated of some products, in the order in which it hampers choosing; nothing where all is stated."""
    unknown = set(unknown_editions)
    checks: list[tuple[str, Callable[[Product], bool], Callable[[Product], bool]]] = [
        (_("prijs"), _any, lambda one: one.price_cents is None),
        (_("niveau"), _any, lambda one: not _states(one, "levels")),
        (_("leerjaar of groep"), _any, lambda one: not _states(one, "years")),
        (_("vak"), _any, lambda one: not _states(one, "subjects")),
        (_("leverbaarheid"), _any, lambda one: one.state == ProductState.UNKNOWN),
        (_("gebruiksduur van de licentie"), _has_license, lambda one: not one.license_days and not one.license_ends_on),
        (_("vorm (folio of digitaal)"), _any, lambda one: one.form == Form.UNKNOWN),
        (_("uitgave of druk"), _any, lambda one: one.edition_id in unknown),
        (_("EAN"), _any, lambda one: not one.ean),
        (_("toegankelijkheidsverklaring"), _is_digital, lambda one: not one.accessibility_url),
    ]
    found = []
    for name, concerns, is_missing in checks:
        concerned = [one for one in products if concerns(one)]
        missing = sum(map(is_missing, concerned))
        if missing:
            text = ngettext("bij %(n)s van %(total)s product", "bij %(n)s van %(total)s producten", len(concerned))
            numbers = {"n": formatting.number(missing), "total": formatting.number(len(concerned))}
            found.append(Gap(name, text % numbers))
    return found


def product_count(count: int) -> str:
    return ngettext("%(n)s product", "%(n)s producten", count) % {"n": formatting.number(count)}


def _euro_prices(products: Iterable[Product]) -> list[int]:
    return [one.price_cents for one in products if one.price_cents is not None and one.currency == _EURO]


def _any(_product: Product) -> bool:
    return True


def _is_digital(product: Product) -> bool:
    return product.form in {Form.DIGITAL, Form.COMBI, Form.LIFO}


def _has_license(product: Product) -> bool:
    return _is_digital(product) and product.is_licensed is not False and not product.is_open


def _states(product: Product, part: str) -> bool:
    return any(group.get(part) for group in product.classification)
