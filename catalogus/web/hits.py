"""What a result list shows of methods and products."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import formats
from django.utils.translation import ngettext

from catalogus.models import UNKNOWN_EDITION, Form, Medium, ProductState, Scheme
from catalogus.search import MethodHit, ProductHit
from catalogus.search.related import RelatedMethod
from catalogus.web import formatting
from catalogus.web.addresses import method_url, product_url
from catalogus.web.explaining import Explained, explained

MOST_NAMES = 5
"""More levels or subjects than these fill a line of a result without telling more."""


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product in a list, as lines of text; the method is not named where its name is the title."""

    title: str
    url: str
    method_name: str
    method_url: str
    about: str
    audience: str
    offer: str
    state: str
    is_gone: bool
    ean: str
    rating: str
    explained: Explained | None = None


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A product below its method."""

    title: str
    url: str
    offer: str
    state: str
    is_gone: bool
    explained: Explained | None = None


@dataclass(frozen=True, slots=True)
class MethodCard:
    name: str
    url: str
    about: str
    audience: str
    more_products: int
    products: tuple[MatchLine, ...]
    rating: str


@dataclass(frozen=True, slots=True)
class RelatedCard:
    """A method beside another one."""

    name: str
    url: str
    about: str
    audience: str


def product_card(hit: ProductHit, query: str = "") -> ProductCard:
    """query: the search, carried along so that the page can lead back to it."""
    return ProductCard(
        title=hit.title,
        url=product_url(hit.public_id, hit.title, query),
        method_name=hit.method_name if hit.method_name != hit.title else "",
        method_url=method_url(hit.method_public_id, hit.method_name, query),
        about=_line(hit.publisher_name, subjects(hit.subjects), edition_text(hit.edition)),
        audience=audience(hit.levels, hit.years),
        offer=_offer(hit),
        state=str(ProductState(hit.state).label),
        is_gone=_is_gone(hit),
        ean=hit.ean,
        explained=explained(hit.explanation),
        rating=rating_text(hit.review_mean, hit.review_count),
    )


def method_card(hit: MethodHit, query: str = "") -> MethodCard:
    """query: the search, carried along so that the page can lead back to it."""
    return MethodCard(
        name=hit.name,
        url=method_url(hit.public_id, hit.name, query),
        about=_line(hit.publisher_name, subjects(hit.subjects)),
        audience=audience(hit.levels, hit.years),
        more_products=hit.matching_products - len(hit.products),
        products=tuple(_match_line(product, query) for product in hit.products),
        rating=rating_text(hit.review_mean, hit.review_count),
    )


def related_card(found: RelatedMethod) -> RelatedCard:
    return RelatedCard(
        name=found.name,
        url=method_url(found.public_id, found.name),
        about=_line(found.publisher_name, subjects(found.subjects)),
        audience=audience(found.levels, found.years),
    )


def rating_text(mean: Decimal | None, count: int) -> str:
    """ "3,25 van 4, 12 beoordelingen", with both decimals that are stored: rounded it could cross a filter's bound.

    Nothing where nobody has reviewed it.
    """
    if mean is None:
        return ""
    text = ngettext("%(mean)s van 4, %(n)s beoordeling", "%(mean)s van 4, %(n)s beoordelingen", count)
    return text % {"mean": formats.number_format(mean, 2), "n": formatting.number(count)}


def audience(levels: Iterable[str], years: Iterable[str]) -> str:
    """For whom: levels, then years."""
    return _line(
        formatting.joined(formatting.names(Scheme.LEVEL, levels), MOST_NAMES),
        formatting.joined(formatting.names(Scheme.YEAR, years), MOST_NAMES),
    )


def edition_text(label: str) -> str:
    """Nothing for an unknown edition: in a list of results that is no news."""
    return "" if label == UNKNOWN_EDITION else label


def subjects(codes: Iterable[str]) -> str:
    return formatting.joined(formatting.names(Scheme.SUBJECT, codes), MOST_NAMES)


def form_label(form: str, medium: str) -> str:
    """The form, or the medium where the form could not be told; nothing where neither is known."""
    if form != Form.UNKNOWN:
        return str(Form(form).label)
    return "" if medium in {Medium.UNKNOWN, Medium.OTHER} else str(Medium(medium).label)


def _line(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _match_line(hit: ProductHit, query: str) -> MatchLine:
    return MatchLine(
        title=hit.title,
        url=product_url(hit.public_id, hit.title, query),
        offer=_offer(hit),
        state=str(ProductState(hit.state).label),
        is_gone=_is_gone(hit),
        explained=explained(hit.explanation),
    )


def _offer(hit: ProductHit) -> str:
    return _line(form_label(hit.form, hit.medium), formatting.price(hit.price_cents))


def _is_gone(hit: ProductHit) -> bool:
    return hit.is_withdrawn or hit.state not in ProductState.orderable()
