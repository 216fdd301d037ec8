"""The whole of a search as a file, in a real browser that saves it."""

import csv
from pathlib import Path

import openpyxl
import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.search,
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.xdist_group("browser"),
]


@pytest.mark.parametrize("has_javascript", [True, False])
def test_the_links_of_a_search_save_all_of_it(browser, site, shelf, tmp_path, has_javascript):
    context = browser.new_context(locale="nl-NL", java_script_enabled=has_javascript, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{site}/zoeken/?q=atlas&view=products&page=2")
    found = page.locator("h2").first.inner_text()
    saved: dict[str, Path] = {}
    for label in ("CSV", "XLSX"):
        with page.expect_download() as started:
            page.get_by_role("link", name=f"{label}, 90 rijen downloaden").click()
        download = started.value
        assert download.failure() is None
        saved[label] = tmp_path / download.suggested_filename
        download.save_as(saved[label])
    # The page stands where it stood.
    assert page.locator("h2").first.inner_text() == found == "90 producten pagina 2 van 5"
    assert [path.suffix for path in saved.values()] == [".csv", ".xlsx"]
    with saved["CSV"].open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file, delimiter=";")
    sheet = openpyxl.load_workbook(saved["XLSX"]).active
    assert sheet is not None
    assert [[cell or "" for cell in row][:5] for row in sheet.iter_rows(values_only=True)] == [
        row[:5] for row in (heads, *rows)
    ]
    assert len(rows) == 90
    context.close()
