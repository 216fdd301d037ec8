"""The names of the form's fields, and its ways to and from what reviews.content reads."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from catalogus.models import Product
from catalogus.survivors import survivors_of
from reviews.content import ReviewContent
from reviews.rubric import Rubric

Fields = Mapping[str, Sequence[str]]
"""What stands in a form: name -> texts, as a draft keeps it."""

LISTS = ("levels", "years")
TEXTS = ("strong_point", "weak_point", "body", "interests_text")
_SINGLE = (
    "edition",
    "product",
    "school",
    "school_year",
    "sector",
    "subject",
    "use",
    "duration",
    "role",
    "pupils",
    "would_choose_again",
    "interests",
    "shown_as",
    "names_school",
    "after_deletion",
)
VERSION = "version"
"""Of the review that is being changed, as the window saw it."""


def field_names(rubric: Rubric) -> frozenset[str]:
    """Every name that a draft keeps."""
    criteria = {f"{part}-{code}" for part in ("score", "reason") for code in rubric.codes}
    return frozenset({*_SINGLE, *TEXTS, *LISTS, VERSION, *criteria})


def sent_fields(post: QueryDict, rubric: Rubric) -> dict[str, list[str]]:
    """What a form sent, of the names that there are."""
    return {name: post.getlist(name) for name in sorted(field_names(rubric)) if name in post}


def said_of(fields: Fields, rubric: Rubric) -> dict[str, Any]:
    """As read_content takes it. Of a name that was sent twice the last counts, as a browser never does that."""
    said: dict[str, Any] = {name: _last(fields, name) for name in (*_SINGLE, *TEXTS)}
    said |= {name: list(fields.get(name, ())) for name in LISTS}
    said["scores"] = {
        code: {"answer": _last(fields, f"score-{code}"), "reason": _last(fields, f"reason-{code}")}
        for code in rubric.codes
    }
    return said


def fields_of(content: ReviewContent, *, version: int) -> dict[str, list[str]]:
    """What the form shows of a review that is changed; its product is the one that it became, where it was merged."""
    fields = {name: [str(getattr(content, name))] for name in (*_SINGLE, *TEXTS) if getattr(content, name)}
    fields["product"] = [_public_id(content.product)] if content.product else []
    fields["names_school"] = ["on"] if content.names_school else []
    fields |= {"levels": list(content.levels), "years": list(content.years), VERSION: [str(version)]}
    for code, answer in content.answers.items():
        fields |= {f"score-{code}": [answer.code], f"reason-{code}": [answer.reason]}
    return {name: texts for name, texts in fields.items() if any(texts)}


def typed_texts(fields: Fields) -> dict[str, str]:
    """What was written in words, without what was chosen; empty ones left out."""
    names = [name for name in fields if name in TEXTS or name.startswith("reason-")]
    return {name: text for name in names if (text := _last(fields, name)).strip()}


def whole_number(text: str) -> int | None:
    """As hidden fields hold it; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _last(fields: Fields, name: str) -> str:
    texts = fields.get(name) or [""]
    return texts[-1]


def _public_id(product: int) -> str:
    return Product.objects.values_list("public_id", flat=True).get(pk=survivors_of(Product, [product])[product])
