"""Filters, orders and pages of a method's reviews."""

import itertools
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse

from catalogus.models import Method
from catalogus.services.current_editions import refresh_current_editions
from reviews.models import Review, ReviewState
from reviews.selectors.filtering import ReviewFilter, Sort, read_filter, review_facts, strict_filter
from reviews.selectors.listing import PlaceGone, UnknownPlace, reviews_of, reviews_of_product
from reviews.services.publishing import withdraw_review
from reviews.web.review_filter import form_fields
from tests.factories import make_edition, make_method, make_product
from tests.review_support import make_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def method() -> Method:
    """With reviews of two editions that differ in all that a filter asks."""
    method = make_method()
    old, new = (
        make_product(edition=make_edition(method=method, label=f"{n}e druk", key=str(n), ordinal=n)) for n in (3, 4)
    )
    refresh_current_editions([method.pk])
    method.refresh_from_db()
    said = itertools.product(((old, 2025), (new, 2026)), (("vo", "havo", "leerjaar-3"), ("mbo", "mbo-3", "")), (1, 4))
    for (product, year), (sector, level, grade), score in said:
        make_review(
            method, product=product, sector=sector, levels=(level,), years=(grade,) if grade else (), score=score,
            school_year=year, use="main" if score == 4 else "supplement",
        )  # fmt: skip
    for number, review in enumerate(Review.objects.order_by("pk")):
        review.helpful_count = number % 3
        review.save()
    return method


def pages_of(method: Method, chosen: ReviewFilter, size: int) -> list[list[int]]:
    """All pages by their tokens, forwards."""
    found, after = [], ""
    while True:
        page = reviews_of(method, chosen, after=after, size=size)
        found.append([review.pk for review in page.reviews])
        if not page.after:
            return found
        after = page.after


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_hold_everything_once_in_order_and_lead_back(method, sort):
    chosen = ReviewFilter(sort=sort)
    whole = [review.pk for review in reviews_of(method, chosen, size=50).reviews]
    forwards = pages_of(method, chosen, 3)
    assert [pk for page in forwards for pk in page] == whole
    assert sorted(whole) == sorted(Review.objects.values_list("pk", flat=True))
    last = reviews_of(method, chosen, after=reviews_of(method, chosen, size=6).after, size=3)
    back = reviews_of(method, chosen, before=last.before, size=3)
    assert [review.pk for review in back.reviews] == forwards[1]
    assert not reviews_of(method, chosen, before=back.before, size=3).before


@pytest.mark.parametrize(
    ("sort", "values"),
    [
        (Sort.LOWEST, [1, 1, 4, 4, 1, 1, 4, 4]),
        (Sort.HIGHEST, [4, 4, 1, 1, 4, 4, 1, 1]),
    ],
)
def test_the_current_edition_comes_first_in_every_order(method, sort, values):
    found = reviews_of(method, ReviewFilter(sort=sort)).reviews
    assert [review.total for review in found] == values
    assert [review.shown_edition.ordinal for review in found] == [4] * 4 + [3] * 4


def test_the_most_helpful_first(method):
    found = reviews_of(method, ReviewFilter(sort=Sort.HELPFUL, edition="huidig")).reviews
    assert [review.helpful_count for review in found] == sorted((r.helpful_count for r in found), reverse=True)


def test_a_review_that_went_meanwhile_moves_nothing(method):
    first = reviews_of(method, ReviewFilter(), size=3)
    before = pages_of(method, ReviewFilter(), 3)[1]
    gone = first.reviews[-1]
    assert gone.author is not None
    withdraw_review(author=gone.author, review=gone)
    after = reviews_of(method, ReviewFilter(), after=first.after, size=3)
    assert [review.pk for review in after.reviews] == before


@pytest.mark.parametrize("sort", list(Sort))
def test_a_token_tells_no_moment_and_no_number(method, sort):
    """A place in the clear would be laid beside the log of a school's network."""
    at = datetime(2026, 11, 3, 14, 15, 16, 171819, UTC)
    Review.objects.update(published_at=at)
    page = reviews_of(method, ReviewFilter(sort=sort), size=3)
    last = page.reviews[-1]
    told = {Sort.NEWEST: "0", Sort.HELPFUL: str(last.helpful_count)}.get(sort, str(int((last.total or 0) * 100)))
    assert page.after == f"0.{told}.{last.public_id}"


def test_a_token_of_a_review_that_is_gone(client, method):
    other = make_review(make_method())
    token = reviews_of(method, ReviewFilter(), size=3).after
    gone = Review.objects.get(public_id=token.split(".")[2])
    gone.delete()
    for lost in (token, f"0.0.{other.public_id}"):
        with pytest.raises(PlaceGone):
            reviews_of(method, ReviewFilter(), after=lost)
        page = client.get(reverse("reviews:method-reviews", args=[method.public_id]), {"na": lost})
        assert page.status_code == 200
        assert "is er niet meer. Dit is de eerste pagina." in page.content.decode()
        assert page.content.decode().count('class="review-author"') == 7


@pytest.mark.parametrize("token", ["x", "1", "2.3.4", "0.1.", "0.1.2.3", "0.-1.2", "٠.1.2", "0.1.2\n", "0" * 500])
def test_a_token_that_no_page_gave(method, token):
    with pytest.raises(UnknownPlace):
        reviews_of(method, ReviewFilter(), after=token)


def test_each_choice_of_the_form_gives_as_many_as_it_says(method):
    """Whatever else was chosen; and no choice gives nothing."""
    facts = review_facts(method)
    editions = {str(edition.pk): edition.label for edition in method.editions.all()}
    names = {"uitgave": "edition", "niveau": "level", "leerjaar": "year", "gebruik": "use", "schooljaar": "school_year"}
    for start in (ReviewFilter(), ReviewFilter(sector="vo"), ReviewFilter(edition="huidig", use="main")):
        fields = form_fields(facts, start, editions)
        assert {field.name for field in fields} >= {"uitgave", "sector", "gebruik"}
        for field in fields:
            for option in field.options:
                name = names.get(field.name, field.name)
                chosen = ReviewFilter(**{
                    **{key: getattr(start, key) for key in ("edition", "sector", "use")}, name: option.value,
                })  # fmt: skip
                found = reviews_of(method, chosen, facts=facts).count
                assert found > 0
                assert option.label.endswith(f"({found})")


def test_who_judged_is_teachers_alone_until_sections_do(method):
    assert reviews_of(method, ReviewFilter(by="docenten")).count == 8
    assert reviews_of(method, ReviewFilter(by="secties")).count == 0
    assert "van" not in {field.name for field in form_fields(review_facts(method), ReviewFilter(), {})}


def test_only_published_ones_are_listed(method):
    hidden = Review.objects.earliest("pk")
    hidden.state = ReviewState.WAITING
    hidden.save()
    assert hidden.pk not in [review.pk for review in reviews_of(method, ReviewFilter()).reviews]


def test_reviews_that_name_a_product_or_one_merged_into_it(method):
    review = Review.objects.earliest("pk")
    assert review.product is not None
    assert {one.product_id for one in reviews_of_product(review.product, 3)} == {review.product_id}
    survivor = make_product(edition=review.edition)
    review.product.merged_into = survivor
    review.product.save()
    assert len(reviews_of_product(survivor, 3)) == 3


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("sector=xyz", "sector"),
        ("niveau=havo%00", "niveau"),
        ("leerjaar=99", "leerjaar"),
        ("gebruik=soms", "gebruik"),
        ("schooljaar=1999", "schooljaar"),
        ("schooljaar=20x5", "schooljaar"),
        ("uitgave=nieuw", "uitgave"),
        ("uitgave=" + "9" * 19, "uitgave"),
        ("product=<script>", "product"),
        ("van=leerlingen", "van"),
        ("sorteer=willekeurig", "sorteer"),
    ],
)
def test_what_cannot_be_meant_is_told_and_asks_nothing(query, name):
    chosen, refused = read_filter(QueryDict(query).dict())
    assert (chosen, list(refused)) == (ReviewFilter(), [name])
    with pytest.raises(ValidationError) as caught:
        strict_filter(QueryDict(query).dict())
    assert list(caught.value.message_dict) == [name]


def test_an_address_leads_back_to_its_filter():
    chosen = ReviewFilter(edition="ouder", sector="vo", level="havo", use="main", school_year="2025", sort=Sort.LOWEST)
    assert read_filter(chosen.parameters()) == (chosen, {})
    assert ReviewFilter().parameters() == {}


@pytest.mark.parametrize("size", [1, 8])
def test_a_page_takes_three_queries(method, django_assert_num_queries, size):
    with django_assert_num_queries(3):
        page = reviews_of(method, ReviewFilter(), size=size)
        assert [list(review.scores.all()) for review in page.reviews]
