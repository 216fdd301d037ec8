"""Prices, licences and availability of a product in words that a teacher uses.

Only columns are read, never the title. What no column says is called unknown: a book of which nobody says whether it
is used up is bought once, but may have to be bought again next year.
"""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.models import Form, Product, ProductState, Role
from catalogus.web import formatting

_DAYS_OF_A_YEAR = 365
_DAYS_OF_A_MONTH = 30
_SLACK_PER_YEAR = 5
"""Publishers count years of 360 to 366 days."""

_HALF_YEAR = range(180, 187)


def price_in_words(product: Product) -> str:
    """ "€ 29,30 per jaar", "€ 24,50 eenmalig", "€ 80,00 voor 4 jaar, per 25 stuks, richtprijs"; "prijs onbekend"."""
    if product.price_cents is None:
        return formatting.price(None)
    amount = formatting.price(product.price_cents, product.currency)
    notes = [_per_period(product, amount)]
    if product.sale_unit_size is not None and product.sale_unit_size > 1:
        notes.append(_("per %(count)s stuks") % {"count": formatting.number(product.sale_unit_size)})
    if product.license_count is not None and product.license_count > 1:
        notes.append(_("voor %(count)s gebruikers") % {"count": formatting.number(product.license_count)})
    if product.is_price_indicative:
        notes.append(_("richtprijs"))
    return ", ".join(notes)


def terms_in_words(product: Product) -> str:
    """What one gets and for how long: "licentie 1 jaar, boek blijft van de leerling", "boek, verbruiksmateriaal".

    "gebruiksduur onbekend" where there is a licence of which no length is stated.
    """
    match product.form:
        case Form.LIFO:
            kept = _("boek blijft van de leerling") if product.role == Role.LEARNER else _("boek om te houden")
            return _listed(_license(product), kept)
        case Form.COMBI:
            return _listed(_("boek"), _use(product), _license(product))
        case Form.FOLIO:
            return _listed(_("boek of ander folio"), _use(product), _license(product) if _has_term(product) else "")
        case Form.DIGITAL:
            return _license(product)
    return _license(product) if _has_term(product) else _("voorwaarden onbekend")


def availability_in_words(product: Product) -> str:
    """The state, with the day that belongs to it: "Leverbaar tot en met 31 juli 2027", "Teruggetrokken op 3 mei 2026".

    Withdrawn (no source delivers the record any more) is another thing than a publisher that says "Niet meer
    leverbaar", and wins, for it is newer.
    """
    if product.withdrawn_at is not None:
        return _("Teruggetrokken op %(day)s") % {"day": formatting.day(timezone.localtime(product.withdrawn_at).date())}
    state = product.get_state_display()
    end = product.end_of_life_on
    if end is not None and product.state in {ProductState.AVAILABLE, ProductState.LIMITED}:
        return _("%(state)s tot en met %(day)s") % {"state": state, "day": formatting.day(end)}
    return state


def period_in_words(days: int) -> str:
    """ "1 jaar", "half jaar", "3 maanden", else "42 dagen". Years of 360 to 366 days are years."""
    years = round(days / _DAYS_OF_A_YEAR)
    # Every fourth year has a day more.
    if years and -_SLACK_PER_YEAR * years <= days - years * _DAYS_OF_A_YEAR <= (years + 3) // 4:
        return ngettext("%(count)s jaar", "%(count)s jaar", years) % {"count": formatting.number(years)}
    if days in _HALF_YEAR:
        return _("half jaar")
    months, rest = divmod(days, _DAYS_OF_A_MONTH)
    if months and not rest:
        return ngettext("%(count)s maand", "%(count)s maanden", months) % {"count": formatting.number(months)}
    return ngettext("%(count)s dag", "%(count)s dagen", days) % {"count": formatting.number(days)}


def _per_period(product: Product, amount: str) -> str:
    if product.license_days:
        period = period_in_words(product.license_days)
        if period == period_in_words(_DAYS_OF_A_YEAR):
            return _("%(price)s per jaar") % {"price": amount}
        return _("%(price)s voor %(period)s") % {"price": amount, "period": period}
    if product.form == Form.FOLIO and not _has_term(product):
        return _("%(price)s eenmalig") % {"price": amount}
    return amount


def _license(product: Product) -> str:
    """The licence with its length, or that this is not known; without one only where the publisher says so."""
    if product.license_days:
        return _("licentie %(period)s") % {"period": period_in_words(product.license_days)}
    if product.license_ends_on is not None:
        return _("licentie tot en met %(day)s") % {"day": formatting.day(product.license_ends_on)}
    if product.is_open:
        return _("open leermateriaal")
    if product.is_licensed is False:
        return _("volgens de uitgever zonder licentie")
    return _("licentie, gebruiksduur onbekend")


def _has_term(product: Product) -> bool:
    return bool(product.license_days) or product.license_ends_on is not None


def _use(product: Product) -> str:
    if product.is_consumable is None:
        return ""
    return _("verbruiksmateriaal") if product.is_consumable else _("herbruikbaar")


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
