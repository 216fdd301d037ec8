"""Where else an answer can be read: page numbers as far as the engine reaches, a cursor beyond."""

from dataclasses import dataclass
from math import ceil

from catalogus.search import SearchPage
from catalogus.search.criteria import MAX_REACHABLE
from catalogus.web.addresses import first_page, search_url, with_cursor
from catalogus.web.layout import Layout


@dataclass(frozen=True, slots=True)
class PageLink:
    """number is 0 for what is left out between two numbers."""

    number: int
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Pagination:
    """Addresses are empty where there is no such page. page is 0 where a cursor, not a number, says where we are."""

    page: int
    page_count: int
    first_url: str
    previous_url: str
    next_url: str
    links: tuple[PageLink, ...]


def pagination(answer: SearchPage, layout: Layout = Layout.LIST) -> Pagination | None:
    """None where one page holds it all."""
    criteria = answer.criteria
    page_count = reachable_pages(answer.total, criteria.page_size)
    following = search_url(with_cursor(criteria, answer.next_cursor), layout) if answer.next_cursor else ""
    first = search_url(first_page(criteria), layout)
    if criteria.cursor:
        return Pagination(0, page_count, first, "", following, ())
    if page_count <= 1:
        return None
    here = criteria.page
    urls = {number: search_url(criteria.with_page(number), layout) for number in range(max(1, here - 1), here + 2)}
    goes_on = answer.total > page_count * criteria.page_size
    return Pagination(
        page=here,
        page_count=page_count,
        first_url=first,
        previous_url=urls[here - 1] if here > 1 else "",
        next_url=urls[here + 1] if here < page_count else following if goes_on and here == page_count else "",
        links=tuple(
            PageLink(number, search_url(criteria.with_page(number), layout) if number else "", number == here)
            for number in _around(here, page_count)
        ),
    )


def reachable_pages(total: int, page_size: int) -> int:
    """How many pages have a number."""
    return min(ceil(total / page_size), MAX_REACHABLE // page_size)


def _around(here: int, page_count: int) -> list[int]:
    """The first, the last and the neighbours of this page, with 0 for what is left out between."""
    near = range(max(1, here - 1), min(page_count, here + 1) + 1)
    numbers: list[int] = []
    for number in sorted({1, page_count, *near}):
        gap = number - numbers[-1] if numbers else 1
        # A gap of one page takes as much room as its number.
        numbers += [number - 1] if gap == 2 else [0] if gap > 2 else []
        numbers.append(number)
    return numbers
