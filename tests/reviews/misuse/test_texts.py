"""What is sent as a review may be anything: it is stored as what can be seen, or refused by field; it never breaks."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogus.models import Method
from reviews.content import ReviewContent, read_content
from reviews.models import Review
from reviews.rubric import rubric
from reviews.services.publishing import publish_review
from tests.factories import make_method
from tests.review_support import make_teacher, said_in_a_form

pytestmark = pytest.mark.django_db

FREE = ("strong_point", "weak_point", "body", "interests_text")
FIELDS = tuple(ReviewContent.__dataclass_fields__)
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{% load x %}'
NASTY = {
    "script": SCRIPT,
    "right to left": "goed \u202egnirevel\u202c.",
    "zero width": "ge\u200bh\u200de\ufeffim",
    "half a pair": "een \ud800 helft",
    "NUL": "nul\x00teken",
    "controls": "\x1b[31mrood\x07\x7f\x85\u2028x",
    "SQL": "'; DROP TABLE reviews_review; --",
    "percent": "%s %(x)s %d",
}


def said(method: Method, **fields: Any) -> dict[str, Any]:
    """As the API may send it: numbers and lists as they are."""
    form = said_in_a_form(method)
    scores = {code: {"answer": "3"} for code in rubric().codes}
    return {name: value for name, value in form.items() if not name.startswith("score-")} | {"scores": scores} | fields


def read(method: Method, **fields: Any) -> ReviewContent:
    return read_content(said(method, **fields), rubric=rubric(), method=method)


def refusals(method: Method, **fields: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        read(method, **fields)
    told: dict[str, list[str]] = caught.value.message_dict
    # A page and the API both write what was refused into the answer, which is UTF-8.
    json.dumps(told, ensure_ascii=False).encode()
    return told


@pytest.fixture
def method() -> Method:
    return make_method()


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_free_texts_hold_what_can_be_seen_and_nothing_else(method, nasty):
    content = read(method, interests="told", **dict.fromkeys(FREE, nasty))
    review = publish_review(author=make_teacher(), method=method, content=content, acknowledged=True)
    review = Review.objects.get(pk=review.pk)
    for name in FREE:
        text = getattr(review, name)
        assert text
        assert all(sign.isprintable() or sign == "\n" for sign in text)
    stored = review.versions.get()
    stored.content["body"].encode()
    if nasty == SCRIPT:
        assert review.body == SCRIPT, "it is text, and escaped where it is shown"


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("field", [name for name in FIELDS if name not in {*FREE, "answers", "names_school", "school"}])
def test_what_must_be_one_of_a_list_is_refused_by_its_name(method, field, nasty):
    value: Any = [nasty] if field in {"levels", "years"} else nasty
    assert field in refusals(method, **{field: value})


@pytest.mark.parametrize("wrong", [7, 7.5, True, None, [], ["x"], {}, {"a": 1}, [["x"]], 10**30, -1, "x" * 100_000])
@pytest.mark.parametrize("field", [*(name for name in FIELDS if name != "answers"), "scores"])
def test_the_wrong_kind_of_value_never_breaks(method, field, wrong):
    try:
        content = read(method, **{field: wrong})
    except ValidationError as refused:
        json.dumps(refused.message_dict, ensure_ascii=False).encode()
    else:
        json.dumps(content.as_json(), ensure_ascii=False).encode()


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_scores_with_nonsense_in_them(method, nasty):
    code = rubric().codes[0]
    assert f"score-{code}" in refusals(method, scores=said(method)["scores"] | {code: {"answer": nasty}})
    assert "scores" in refusals(method, scores=said(method)["scores"] | {nasty: {"answer": "3"}})


def test_a_thousand_criteria_that_do_not_exist_are_answered_shortly(method):
    told = refusals(method, scores=said(method)["scores"] | {f"x{number}": 3 for number in range(1000)})
    assert len(told["scores"]) == 5


@pytest.mark.parametrize("field", [*FREE, "reason"])
def test_twenty_thousand_signs_are_refused_with_both_numbers(method, field):
    text = "ë" * 20_000
    if field == "reason":
        code = rubric().codes[0]
        scores = said(method)["scores"] | {code: {"answer": "1", "reason": text}}
        (message,) = refusals(method, scores=scores)[f"reason-{code}"]
    else:
        (message,) = refusals(method, interests="told", **({"interests_text": "x"} | {field: text}))[field]
    assert "20000" in message
    assert "hoogstens" in message


@pytest.mark.parametrize("blank", ["   ", "\u200b\u200d", "\u202e", "\x00", "\n\n\t"])
def test_what_cannot_be_seen_is_no_reason_and_no_point(method, blank):
    code = rubric().codes[0]
    scores = said(method)["scores"] | {code: {"answer": "2", "reason": blank}}
    assert f"reason-{code}" in refusals(method, scores=scores)
    assert "strong_point" in refusals(method, strong_point=blank)
    assert "interests_text" in refusals(method, interests="told", interests_text=blank)


def test_all_faults_are_told_at_once(method):
    told = refusals(method, sector="x", use="", duration="", role="x", would_choose_again="", shown_as="x", scores={})
    assert {"sector", "use", "duration", "role", "would_choose_again", "shown_as"} <= told.keys()
    assert {f"score-{code}" for code in rubric().codes} <= told.keys()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from([*FIELDS, "scores"]), json_values, max_size=6))
def test_whatever_is_sent_is_read_or_refused(changes):
    method = Method.objects.first() or make_method()
    try:
        read(method, **changes)
    except ValidationError as refused:
        json.dumps(refused.message_dict, ensure_ascii=False).encode()
