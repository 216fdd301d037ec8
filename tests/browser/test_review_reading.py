"""Reviews in a real browser: on a method's page, all of them with filters, and one; wide, on a phone, by keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from catalogus.models import Method
from catalogus.services.current_editions import refresh_current_editions
from reviews.content import Answer
from reviews.models import PublisherReply, Review
from reviews.rubric import rubric
from tests.browser.audit import NARROW, SCREENS, UNFOLD, faults_of
from tests.factories import make_edition, make_method, make_product, make_publisher
from tests.review_support import make_review, make_teacher

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

LONG = "meerjarenlicentieovereenkomstvoorscholengemeenschappen" * 3


@pytest.fixture
def method(transactional_db) -> Method:
    """With reviews of two editions, in two sectors, one of them with all that a review can have."""
    method = make_method(name="Kompas", publisher=make_publisher(name="Uitgeverij Noord"))
    group = {"sectors": ["vo"], "levels": ["havo"], "years": ["leerjaar-3"], "subjects": ["wiskunde"]}
    old, new = (
        make_product(
            edition=make_edition(method=method, label=f"{n}e druk", key=str(n), ordinal=n),
            title=f"Kompas {n}",
            classification=[group],
        )
        for n in (3, 4)
    )
    refresh_current_editions([method.pk])
    answers = {code: Answer(score=3) for code in rubric().codes} | {
        "didactiek": Answer(score=1, reason=f"Er is geen opbouw. {LONG}"),
        "prijs": Answer(unscored="nb"),
    }
    full = make_review(
        method, product=new, answers=answers, weak_point=LONG, body="Eerste alinea.\n\nTweede alinea.",
        interests="told", interests_text="Mijn broer werkt bij de uitgever.", would_choose_again="no",
        author=make_teacher(display_name="Jo Janssen"), shown_as="name",
    )  # fmt: skip
    PublisherReply.objects.create(review=full, publisher=method.publisher, text="Dank u wel.", answered_version=1)
    for score in (4, 3, 4):
        make_review(method, product=new, score=score, body="De leerlingen werken er graag mee.")
    for score in (2, 3, 3):
        make_review(method, product=old, score=score, sector="mbo", levels=("mbo-3",), years=())
    return method


def all_of(method: Method) -> str:
    return reverse("reviews:method-reviews", args=[method.public_id])


def test_axe_finds_nothing_wide_or_narrow_light_or_dark(browser, live_server, method):
    full = Review.objects.get(interests="told")
    assert full.product is not None
    paths = {
        "method": method.get_absolute_url(),
        "product": full.product.get_absolute_url(),
        "all": all_of(method),
        "filtered": f"{all_of(method)}?sector=mbo&uitgave=xyz",
        "nothing": f"{all_of(method)}?schooljaar=2001",
        "none": all_of(make_method(name="Kaal")),
        "one": reverse("reviews:review", args=[full.public_id]),
        "help": "/uitleg/beoordelingen/",
    }
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    faults = {}
    for screen, viewport in SCREENS.items():
        page.set_viewport_size(viewport)
        for name, path in paths.items():
            assert page.goto(f"{live_server.url}{path}").status == 200, name
            page.evaluate(UNFOLD)
            if found := faults_of(page):
                faults[f"{name}, {screen}"] = found
    context.close()
    assert not faults, "\n".join(f"{name}: {report}" for name, report in faults.items())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_filter_is_chosen_by_keyboard_on_a_phone(browser, live_server, method, script):
    context = browser.new_context(locale="nl-NL", viewport=NARROW, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{live_server.url}{method.get_absolute_url()}")
    page.get_by_role("link", name="Lees alle beoordelingen (7)").click()
    expect(page.get_by_role("status")).to_have_text("7 beoordelingen")
    page.get_by_label("Sector").focus()
    page.keyboard.type("Mid")
    page.get_by_label("Volgorde").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Toon")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("3 beoordelingen")
    assert "sector=mbo" in page.url
    expect(page.get_by_text("over een oudere uitgave")).to_have_count(3)
    page.get_by_role("link", name="Toon alles").click()
    expect(page.get_by_role("status")).to_have_text("7 beoordelingen")
    first = page.locator("article h3 a").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kompas")
    expect(page.locator("article.review")).to_have_count(1)
    context.close()
