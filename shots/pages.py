"""Every kind of page, once: its name, its address, and the status that it should have. A new kind gets a row."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from shots.samples import Samples

Address = Callable[[Samples], str]


@dataclass(frozen=True, slots=True)
class PageKind:
    """is_signed_in: shown as to a teacher. is_varied: also in dark and in English. address raises NoReverseMatch."""

    name: str
    address: Address
    status: HTTPStatus = HTTPStatus.OK
    is_signed_in: bool = False
    is_varied: bool = False


def at(name: str, query: dict[str, Any] | None = None, **arguments: str) -> Address:
    """An address by its name. query: parameters, several values as a list."""
    ending = f"?{urlencode(query, doseq=True)}" if query else ""
    return lambda _samples: reverse(name, kwargs=arguments or None) + ending


def _of_product(name: str) -> Address:
    return lambda samples: reverse(name, kwargs={"public_id": samples.product_id, "slug": samples.product_slug})


def _compared(samples: Samples) -> str:
    return f"{reverse('selection:compare')}?{urlencode({'method': samples.compared}, doseq=True)}"


def _compared_products(samples: Samples) -> str:
    return f"{reverse('selection:compare')}?{urlencode({'product': samples.compared_products}, doseq=True)}"


def _report(samples: Samples) -> str:
    return f"{reverse('ingest:report')}?{urlencode({'product': samples.product_id})}"


def _review_form(samples: Samples) -> str:
    return reverse("reviews:write", kwargs={"public_id": samples.compared[0]})


SEARCH = "catalogus:search"
WORD = "wiskunde"

PAGES = (
    PageKind("home", at("portal:home"), is_varied=True),
    PageKind("results", at(SEARCH, {"q": WORD}), is_varied=True),
    PageKind("results-all", at(SEARCH)),
    PageKind("results-filtered", at(SEARCH, {"q": WORD, "sector": "vo", "level": ["havo", "vwo"]})),
    PageKind("results-products", at(SEARCH, {"q": WORD, "view": "products"})),
    PageKind("results-table", at(SEARCH, {"q": WORD, "layout": "table"})),
    PageKind("results-products-table", at(SEARCH, {"q": WORD, "view": "products", "layout": "table"})),
    PageKind("results-none", at(SEARCH, {"q": "zxzxzx", "sector": "vo"})),
    PageKind("results-mistyped", at(SEARCH, {"q": "wiskudne havo 3 onder 30 euro"})),
    PageKind("facet", at("catalogus:facet", {"q": WORD}, parameter="publisher")),
    PageKind("method-large", lambda samples: samples.large_method, is_varied=True),
    PageKind("method-small", lambda samples: samples.small_method),
    PageKind("reviews", lambda samples: reverse("reviews:method-reviews", args=[samples.compared[-1]]), is_varied=True),
    PageKind("product", lambda samples: samples.product, is_varied=True),
    PageKind("product-gone", lambda samples: samples.gone_product),
    PageKind("product-history", _of_product("catalogus:product-history")),
    PageKind("compare", _compared, is_varied=True),
    PageKind("compare-products", _compared_products),
    PageKind("compare-empty", at("selection:compare")),
    PageKind("compare-one", lambda samples: f"{reverse('selection:compare')}?method={samples.compared[0]}"),
    PageKind("list-local", at("selection:local-list"), is_varied=True),
    PageKind("help", at("portal:help")),
    PageKind("help-search", at("portal:help-search")),
    PageKind("help-reviews", at("portal:help-reviews")),
    PageKind("help-data", at("portal:help-data")),
    PageKind("help-api", at("portal:help-api")),
    PageKind("accessibility", at("portal:accessibility")),
    PageKind("about", at("portal:about")),
    PageKind("status", at("portal:status")),
    PageKind("contact", at("portal:contact")),
    PageKind("privacy", at("portal:privacy")),
    PageKind("report", _report),
    PageKind("report-thanks", at("ingest:report-thanks")),
    PageKind("sign-in", at("account_login")),
    PageKind("sign-up", at("account_signup")),
    PageKind("password-forgotten", at("account_reset_password")),
    PageKind("account", at("accounts:overview"), is_signed_in=True, is_varied=True),
    PageKind("tokens", at("accounts:tokens"), is_signed_in=True),
    PageKind("account-results", at(SEARCH, {"q": WORD}), is_signed_in=True),
    PageKind("account-method", lambda samples: samples.large_method, is_signed_in=True),
    PageKind("searches", at("selection:searches"), is_signed_in=True),
    PageKind("search-save", at("selection:save", {"q": WORD}), is_signed_in=True),
    PageKind("lists", at("selection:lists"), is_signed_in=True),
    PageKind("list-new", at("selection:list-new"), is_signed_in=True),
    PageKind("review-write", _review_form, is_signed_in=True, is_varied=True),
    PageKind("review-refused", _review_form, HTTPStatus.FORBIDDEN),
    PageKind("reviews-own", at("reviews:own"), is_signed_in=True),
    PageKind("error-400", at(SEARCH, {"page": "x", "medium": "steen"}), HTTPStatus.BAD_REQUEST),
    PageKind("error-403", at("ingest:quality"), HTTPStatus.FORBIDDEN, is_signed_in=True),
    PageKind("error-404", lambda _samples: "/nergens/", HTTPStatus.NOT_FOUND, is_varied=True),
    PageKind("error-404-page", at(SEARCH, {"q": WORD, "page": "400"}), HTTPStatus.NOT_FOUND),
)
