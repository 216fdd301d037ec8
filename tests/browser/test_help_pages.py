"""The pages that explain the site, and the form to report a fault, in a real browser: WCAG 2.2 AA, no overflow."""

import pytest
from django.urls import reverse

from ingest.models import DataReport
from portal.help_pages import GROUPS, HELP
from tests.browser.audit import SCREENS, UNFOLD, faults_of, overflow_of
from tests.browser.shelf import LONG_TITLE
from tests.factories import make_product, valid_ean
from tests.ingest.quality.objects import make_harvest, make_source

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


def test_axe_finds_nothing_and_a_report_goes_without_a_script(browser, live_server, transactional_db, settings):
    settings.ELASTICSEARCH_URL = ""
    product = make_product(title=f"{LONG_TITLE} {'veldzonderspaties' * 12}", ean=valid_ean(1))
    make_harvest(source=make_source(name="Koppelpunt"))
    make_harvest(source=make_source(name="Een bron die hapert"), state="failed")
    form = f"{reverse('ingest:report')}?product={product.public_id}"
    paths = [reverse(page.name) for page in (HELP, *(one for group in GROUPS for one in group.pages))]
    paths += [form, reverse("ingest:report"), f"{reverse('ingest:report-thanks')}?product={product.public_id}"]
    faults, said = {}, []
    # They share one layout: what axe finds in one of them on a narrow screen, it finds in all.
    narrow = {paths[0], form}
    for screen, viewport in SCREENS.items():
        context = browser.new_context(viewport=viewport, locale="nl-NL")
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        for path in paths:
            assert page.goto(f"{live_server.url}{path}").status == 200, path
            page.evaluate(UNFOLD)
            judge = faults_of if screen == "wide" or path in narrow else overflow_of
            if found := judge(page):
                faults[f"{path} {screen}"] = found
        context.close()
    assert not said, "no policy is broken and no file is missing"
    context = browser.new_context(viewport=SCREENS["narrow"], locale="nl-NL", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}{form}")
    page.get_by_role("button", name="Verstuur de melding").click()
    assert "Kies wat er niet klopt." in page.get_by_role("alert").inner_text()
    page.get_by_label("De prijs", exact=True).check()
    page.get_by_label("Wat staat er, en wat zou er moeten staan?").fill("Er staat € 12, maar het is € 21.")
    page.get_by_role("button", name="Verstuur de melding").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Uw melding is ontvangen"
    assert DataReport.objects.get().product == product
    context.close()
    assert not faults, "\n".join(f"{name}: {report}" for name, report in faults.items())
