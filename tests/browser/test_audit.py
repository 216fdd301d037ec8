"""The audit itself finds what it is for: a fault of the page, one of the dark colours alone, and a page too wide."""

import pytest

from tests.browser.audit import NARROW, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

SOUND = """<!doctype html><html lang="nl"><head><title>Blad</title><style>
    :root {{ color-scheme: light dark; background: light-dark(#fff, #111); color: light-dark(#111, #eee) }}
    </style></head><body><main><h1>Blad</h1>{}</main></body></html>"""


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("<p>Tekst.</p>", None),
        ("<img src='data:,'>", "in light: Found 1 accessibility violations"),
        ("<p style='color: light-dark(#ddd, #eee)'>Tekst.</p>", "in light: Found 1 accessibility violations"),
        ("<p style='color: light-dark(#111, #333)'>Tekst.</p>", "in dark: Found 1 accessibility violations"),
        ("<p style='width: 400px'>Tekst.</p>", "pixels wider than the screen"),
    ],
)
def test_a_fault_is_found_in_the_scheme_that_has_it(browser, part, fault):
    context = browser.new_context(viewport=NARROW, locale="nl-NL")
    page = context.new_page()
    page.set_content(SOUND.format(part))
    found = faults_of(page)
    context.close()
    if fault is None:
        assert not found
    else:
        assert fault in found
        assert found.count("Found") == ("Found" in fault)


def test_what_lies_outside_the_part_is_not_judged(browser):
    context = browser.new_context(viewport=NARROW, locale="nl-NL")
    page = context.new_page()
    page.set_content(SOUND.format("<img src='data:,'><section id='deel'><p>Tekst.</p></section>"))
    assert not faults_of(page, within="#deel")
    context.close()
