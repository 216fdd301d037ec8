"""What a result list shows of methods and products."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogus.method_supply import MethodSupply, supply_of_methods
from catalogus.models import UNKNOWN_EDITION, Form, Medium, ProductState, Scheme
from catalogus.search import MethodHit, ProductHit
from catalogus.search.related import RelatedMethod
from catalogus.web import formatting
from catalogus.web.addresses import method_url, product_url
from catalogus.web.covers import Cover, covers_of_methods, covers_of_products
from catalogus.web.explaining import Explained, explained
from catalogus.web.review_words import ReviewWords, review_words, sort_value_words

_SHORT_FORMS = {Form.COMBI: gettext_lazy("Combi"), Form.LIFO: gettext_lazy("LIFO")}
"""What a list calls them, where the whole name takes a line."""

MOST_NAMES = 5
"""More levels or subjects than these fill a line of a result without telling more."""


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product in a list, as texts that are empty where there is nothing to say.

    The method is not named where its name is the title. sort_value: by which it has its place, if that needs telling.
    """

    public_id: str
    title: str
    url: str
    cover: Cover
    method_name: str
    method_url: str
    publisher: str
    subjects: str
    levels: str
    years: str
    edition: str
    form: str
    price: str
    is_priced: bool
    state: str
    is_gone: bool
    ean: str
    reviews: ReviewWords
    sort_value: str
    explained: Explained | None = None

    @property
    def audience(self) -> str:
        return _line(self.levels, self.years)

    @property
    def facts(self) -> str:
        return _line(self.form, self.edition, self.ean and f"EAN\u00a0{self.ean}")


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A product below its method; title is empty where it is the method's name, gone where it can be ordered."""

    title: str
    url: str
    offer: str
    gone: str
    explained: Explained | None = None


@dataclass(frozen=True, slots=True)
class MethodCard:
    """A method in a list, as texts that are empty where there is nothing to say.

    price and forms are of what can be ordered, whether or not it fits the search. price_note: of how many of these
    nobody knows the price. sort_value: by which it has its place, if that needs telling.
    """

    public_id: str
    name: str
    url: str
    cover: Cover
    publisher: str
    subjects: str
    levels: str
    years: str
    edition: str
    forms: str
    price: str
    is_priced: bool
    price_note: str
    reviews: ReviewWords
    sort_value: str
    products: tuple[MatchLine, ...]
    more_products: int

    @property
    def audience(self) -> str:
        return _line(self.levels, self.years)

    @property
    def facts(self) -> str:
        return _line(self.forms, self.edition)


@dataclass(frozen=True, slots=True)
class RelatedCard:
    """A method beside another one."""

    name: str
    url: str
    about: str
    audience: str


def product_cards(hits: Sequence[ProductHit], query: str = "", *, shows_sort_value: bool = False) -> list[ProductCard]:
    """query: the search, carried along so that a hit's page can lead back to it. A query where covers are on."""
    covers = covers_of_products([(hit.public_id, hit.title, hit.publisher_name) for hit in hits])
    return [_product_card(hit, covers[hit.public_id], query, shows_sort_value=shows_sort_value) for hit in hits]


def method_cards(hits: Sequence[MethodHit], query: str = "", *, shows_sort_value: bool = False) -> list[MethodCard]:
    """query: the search, carried along so that a hit's page can lead back to it. One query, none for no hits, and one
    more where covers are on."""
    supply = supply_of_methods([hit.public_id for hit in hits])
    covers = covers_of_methods([(hit.public_id, hit.name, hit.publisher_name) for hit in hits])
    return [
        _method_card(hit, covers[hit.public_id], supply.get(hit.public_id), query, shows_sort_value=shows_sort_value)
        for hit in hits
    ]


def related_card(found: RelatedMethod) -> RelatedCard:
    return RelatedCard(
        name=found.name,
        url=method_url(found.public_id, found.name),
        about=_line(found.publisher_name, subjects(found.subjects)),
        audience=audience(found.levels, found.years),
    )


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


def price_range(supply: MethodSupply | None) -> str:
    """ "€\u00a05,05 – €\u00a064,80"; one price where both bounds are the same, and never a 0 for what is unknown."""
    if supply is None:
        return _("niet te bestellen")
    if supply.lowest_cents == supply.highest_cents:
        return formatting.price(supply.lowest_cents)
    return f"{formatting.price(supply.lowest_cents)} – {formatting.price(supply.highest_cents)}"


def form_names(forms: Iterable[str]) -> str:
    """In the order of the list of forms, the unknown one left out: of a whole method it says nothing."""
    known = set(forms)
    return formatting.joined([_short(form) for form in Form if form in known and form != Form.UNKNOWN])


def _product_card(hit: ProductHit, cover: Cover, query: str, *, shows_sort_value: bool) -> ProductCard:
    return ProductCard(
        public_id=hit.public_id,
        title=hit.title,
        url=product_url(hit.public_id, hit.title, query),
        cover=cover,
        method_name=hit.method_name if hit.method_name != hit.title else "",
        method_url=method_url(hit.method_public_id, hit.method_name, query),
        publisher=hit.publisher_name,
        subjects=subjects(hit.subjects),
        levels=_names(Scheme.LEVEL, hit.levels),
        years=_names(Scheme.YEAR, hit.years),
        edition=edition_text(hit.edition),
        form=form_label(hit.form, hit.medium),
        price=formatting.price(hit.price_cents),
        is_priced=hit.price_cents is not None,
        state=str(ProductState(hit.state).label),
        is_gone=_is_gone(hit),
        ean=hit.ean,
        reviews=review_words(hit),
        sort_value=sort_value_words(hit.review_rank) if shows_sort_value else "",
        explained=explained(hit.explanation),
    )


def _method_card(
    hit: MethodHit, cover: Cover, supply: MethodSupply | None, query: str, *, shows_sort_value: bool
) -> MethodCard:
    return MethodCard(
        public_id=hit.public_id,
        name=hit.name,
        url=method_url(hit.public_id, hit.name, query),
        cover=cover,
        publisher=hit.publisher_name,
        subjects=subjects(hit.subjects),
        levels=_names(Scheme.LEVEL, hit.levels),
        years=_names(Scheme.YEAR, hit.years),
        edition=edition_text(supply.edition) if supply else "",
        forms=form_names(supply.forms) if supply else "",
        price=price_range(supply),
        is_priced=bool(supply and supply.priced),
        price_note=_price_note(supply),
        reviews=review_words(hit),
        sort_value=sort_value_words(hit.review_rank) if shows_sort_value else "",
        products=_match_lines(hit, query),
        more_products=hit.matching_products - len(hit.products),
    )


def _price_note(supply: MethodSupply | None) -> str:
    unknown = supply.orderable - supply.priced if supply and supply.priced else 0
    if not unknown:
        return ""
    return ngettext("%(n)s product zonder prijs", "%(n)s producten zonder prijs", unknown) % {
        "n": formatting.number(unknown)
    }


def _match_lines(hit: MethodHit, query: str) -> tuple[MatchLine, ...]:
    """None for a product that is a method by itself and can be ordered: its line would say what the card says."""
    lines = tuple(_match_line(product, hit.name, query) for product in hit.products)
    is_whole = hit.matching_products == 1 and not any(line.title or line.gone or line.explained for line in lines)
    return () if is_whole else lines


def _match_line(hit: ProductHit, method_name: str, query: str) -> MatchLine:
    form = form_label(hit.form, hit.medium) if hit.form == Form.UNKNOWN else _short(Form(hit.form))
    return MatchLine(
        title=hit.title if hit.title != method_name else "",
        url=product_url(hit.public_id, hit.title, query),
        offer=_line(form, formatting.price(hit.price_cents)),
        gone=str(ProductState(hit.state).label) if _is_gone(hit) else "",
        explained=explained(hit.explanation),
    )


def _short(form: Form) -> str:
    return str(_SHORT_FORMS.get(form, form.label))


def _names(scheme: Scheme, codes: Iterable[str]) -> str:
    return formatting.joined(formatting.names(scheme, codes), MOST_NAMES)


def _is_gone(hit: ProductHit) -> bool:
    return hit.is_withdrawn or hit.state not in ProductState.orderable()


def _line(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
