"""The judging tool: what it takes for a 3, a 2, a 1 and nothing."""

import pytest

from tests.catalogus.search.judged.facts import Facts, grade, shown_products
from tests.factories import make_edition, make_method, make_product, make_publisher

pytestmark = pytest.mark.django_db

HAVO_3 = {"sectors": ["vo"], "levels": ["havo"], "years": ["leerjaar-3"], "combined": ["havo-3"]}
WISKUNDE_HAVO_3 = Facts(subjects=("wiskunde",), levels=("havo",), years=("leerjaar-3",))


def graded(asked, **fields):
    fields.setdefault("subjects", ["wiskunde"])
    product = make_product(**(HAVO_3 | fields))
    found = [one for one in shown_products() if one.product == product]
    return grade(found[0], asked) if found else None


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({}, 3),
        ({"state": "unknown"}, 3),
        ({"subjects": ["wiskunde", "wiskunde-a"]}, 3),
        ({"state": "limited_available"}, 2),
        ({"levels": ["havo"], "years": ["leerjaar-1"], "combined": ["havo-1"]}, 1),
        ({"levels": ["vwo"], "combined": ["vwo-3"]}, 1),
        # Both, but in two groups.
        ({"levels": ["havo", "vwo"], "years": ["leerjaar-1", "leerjaar-3"], "combined": ["havo-1", "vwo-3"]}, 1),
        ({"levels": [], "years": [], "combined": []}, 1),
        ({"levels": ["vwo"], "years": ["leerjaar-1"], "combined": ["vwo-1"]}, 0),
        ({"sectors": ["mbo"], "levels": [], "years": ["leerjaar-3"], "combined": []}, 0),
        ({"subjects": ["rekenen"]}, 0),
        ({"state": "no_longer_available"}, None),
        ({"sectors": ["hbo"]}, None),
    ],
)
def test_subject_and_class(fields, value):
    assert graded(WISKUNDE_HAVO_3, **fields) == value


@pytest.mark.parametrize(
    ("asked", "fields", "value"),
    [
        # The broader subject will do for the narrower, a sibling will not; and not where only the very thing is meant.
        (Facts(subjects=("wiskunde-b",)), {"subjects": ["wiskunde"]}, 2),
        (Facts(subjects=("wiskunde-b",), is_exact=True), {"subjects": ["wiskunde"]}, 0),
        (Facts(subjects=("wiskunde-b",)), {"subjects": ["wiskunde", "wiskunde-a"]}, 0),
        (Facts(subjects=("wiskunde",), media=("book",)), {"medium": "web"}, 1),
        (Facts(words=("kompas",)), {"title": "Kompasboek"}, 3),
        (Facts(words=("kompas",)), {"title": "Anker"}, 0),
        (Facts(subjects=("wiskunde",), not_words=("werkboek",)), {"title": "Kompas werkboek"}, 0),
        (Facts(subjects=("nt2",), any_words=("NT2",)), {"title": "Kade NT2"}, 3),
        (Facts(subjects=("wiskunde",), most_cents=1000), {"price_cents": 1000, "currency": "EUR"}, 3),
        (Facts(subjects=("wiskunde",), most_cents=1000), {"price_cents": 1001, "currency": "EUR"}, 1),
        (Facts(subjects=("wiskunde",), most_cents=1000), {}, 1),
    ],
)
def test_what_else_is_asked(asked, fields, value):
    assert graded(asked, **fields) == value


def test_an_older_edition_is_less_unless_it_is_asked():
    method = make_method(publisher=make_publisher())
    old, new = (make_edition(method=method, label=f"{n}e druk", key=f"{n}e druk", ordinal=n) for n in (1, 2))
    method.current_ordinal = new.ordinal
    method.save()
    assert graded(WISKUNDE_HAVO_3, edition=new) == 3
    assert graded(WISKUNDE_HAVO_3, edition=old) == 2
    assert graded(Facts(subjects=("wiskunde",), editions=(1,)), edition=old) == 3
    assert graded(Facts(subjects=("wiskunde",), editions=(1,)), edition=new) == 1


def test_a_misspelt_fact_is_refused():
    with pytest.raises(ValueError, match="unknown facts: subject; known are"):
        Facts.read({"subject": ["wiskunde"]})
