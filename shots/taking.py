"""Visit each page on each screen, take its picture, and tell of every page that is not as it should be."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Browser, BrowserContext, Error, ViewportSize

from shots.pages import PageKind
from shots.samples import Samples


@dataclass(frozen=True, slots=True)
class Screen:
    """One way to look: its name ends the names of files. is_plain: of every page, else only of those that vary."""

    name: str
    viewport: ViewportSize
    scheme: str = "light"
    language: str = "nl-NL"
    is_plain: bool = True


WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
SCREENS = (
    Screen("wide", WIDE),
    Screen("phone", PHONE),
    Screen("wide-dark", WIDE, scheme="dark", is_plain=False),
    Screen("phone-dark", PHONE, scheme="dark", is_plain=False),
    Screen("wide-english", WIDE, language="en", is_plain=False),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs in for the pages of an account."""

    name: str
    password: str


def take(
    browser: Browser, site: str, into: Path, pages: Sequence[PageKind], samples: Samples, person: Person
) -> Iterator[str]:
    """Picture by picture; yields what is wrong, a sentence each."""
    into.mkdir(parents=True, exist_ok=True)
    for screen in SCREENS:
        for is_signed_in in (False, True):
            wanted = [one for one in pages if one.is_signed_in == is_signed_in and (screen.is_plain or one.is_varied)]
            if not wanted:
                continue
            with _context(browser, screen) as context:
                if is_signed_in and (fault := _sign_in(context, site, person)):
                    yield fault
                    continue
                for page in wanted:
                    yield from _take_one(context, site, into / f"{page.name}-{screen.name}.png", page, samples)


@contextmanager
def _context(browser: Browser, screen: Screen) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport=screen.viewport,
        locale=screen.language,
        color_scheme="dark" if screen.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    yield context
    context.close()


def _sign_in(context: BrowserContext, site: str, person: Person) -> str:
    """ "" where that went well."""
    page = context.new_page()
    page.goto(f"{site}{reverse('account_login')}")
    page.locator("input[name=login]").fill(person.name)
    page.locator("input[name=password]").fill(person.password)
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_load_state()
    is_in = any(cookie.get("name") == "sessionid" for cookie in context.cookies())
    page.close()
    return "" if is_in else f"{person.name} could not sign in"


def _take_one(context: BrowserContext, site: str, file: Path, kind: PageKind, samples: Samples) -> Iterator[str]:
    try:
        address = kind.address(samples)
    except NoReverseMatch as error:
        yield f"{file.stem}: there is no such page ({error.args[0].partition('. ')[0]})"
        return
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text))
    try:
        response = page.goto(f"{site}{address}", wait_until="networkidle")
        status = response.status if response else 0
        if status != kind.status:
            yield f"{file.stem}: {address} answers {status}, not {kind.status.value}"
        # The browser tells of the page's own status.
        said = [line for line in said if "the server responded with a status of" not in line]
        if said:
            yield f"{file.stem}: {address} says: {' / '.join(said)[:300]}"
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over:
            yield f"{file.stem}: {address} is {over} pixels wider than the screen"
        page.screenshot(path=file, full_page=True)
    except Error as error:
        yield f"{file.stem}: {address}: {error.message.splitlines()[0]}"
    finally:
        page.close()
