"""What a new version of a review changed, word by word, for who reads both."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from catalogus.models import Scheme
from catalogus.web import formatting
from reviews.content import ReviewContent
from reviews.models import Review
from reviews.rubric import Rubric
from reviews.school_years import school_year_label

_WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """kind: "" for what stayed, "ins" for what came, "del" for what went."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one field; label: what the form calls it."""

    label: str
    parts: Sequence[Part]


def marked(before: str, after: str) -> list[Part]:
    """Both texts as one: joined without what went it is `after`, without what came it is `before`."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    parts: list[Part] = []
    # Words that come back all the time are left out of account in a long text, so that no text takes long.
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            parts.append(Part("".join(new[c:d])))
            continue
        if b > a:
            parts.append(Part("".join(old[a:b]), "del"))
        if d > c:
            parts.append(Part("".join(new[c:d]), "ins"))
    return parts


def changes(before: ReviewContent, after: ReviewContent, rubric: Rubric) -> list[Change]:
    """The fields that differ, in the order of a review."""
    old, new = dict(shown_fields(before, rubric)), dict(shown_fields(after, rubric))
    return [
        Change(label, marked(old.get(label, ""), new.get(label, "")))
        for label in {**new, **old}
        if old.get(label, "") != new.get(label, "")
    ]


def shown_fields(content: ReviewContent, rubric: Rubric) -> Iterator[tuple[str, str]]:
    """All that was said: label and text, in the order of a review, empty ones left out."""
    for label, text in _all_fields(content, rubric):
        if text:
            yield label, text


def _all_fields(content: ReviewContent, rubric: Rubric) -> Iterator[tuple[str, str]]:
    yield _label("school_year"), school_year_label(content.school_year)
    yield _label("sector"), formatting.joined(formatting.names(Scheme.SECTOR, [content.sector]))
    yield _label("levels"), formatting.joined(formatting.names(Scheme.LEVEL, content.levels))
    yield _label("years"), formatting.joined(formatting.names(Scheme.YEAR, content.years))
    if content.subject:
        yield _label("subject"), formatting.joined(formatting.names(Scheme.SUBJECT, [content.subject]))
    for name in ("use", "duration", "role", "pupils"):
        yield _label(name), _choice(name, getattr(content, name))
    for code, answer in content.answers.items():
        word = rubric.scale.get(answer.code, answer.code)
        yield rubric.label(code), f"{word}\n{answer.reason}".strip()
    yield _label("strong_point"), content.strong_point
    yield _label("weak_point"), content.weak_point
    yield _label("would_choose_again"), _choice("would_choose_again", content.would_choose_again)
    yield _label("body"), content.body
    yield _label("interests"), _choice("interests", content.interests)
    yield _label("interests_text"), content.interests_text
    yield _label("shown_as"), _choice("shown_as", content.shown_as)
    yield _label("names_school"), _("ja") if content.names_school else _("nee")


def _label(name: str) -> str:
    return formatting.capitalized(str(Review._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _choice(name: str, value: str) -> str:
    choices: Mapping[object, object] = dict(Review._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, value))
