"""What a new version of a review changed, word by word, for who reads both."""

import re
from collections import Counter
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

MOST_STEPS = 1_000_000
"""About 35 ms, for each of a dozen texts at most. A text of 400 words that is written anew stays below it."""


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
    """Both texts as one: joined without what went it is `after`, without what came it is `before`.

    By words; where that would take long by lines, and else as one stretch that went and one that came. What a writer
    sends must never keep a moderator's page from being shown.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    start, end = _alike_at_both_ends(old, new)
    if _steps(old[start : len(old) - end], new[start : len(new) - end]) > MOST_STEPS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
        start, end = _alike_at_both_ends(old, new)
    head, tail = "".join(old[:start]), "".join(old[len(old) - end :])
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if _steps(old, new) > MOST_STEPS:
        old, new = ["".join(old)], ["".join(new)]
    return [part for part in (Part(head), *_compared(old, new), Part(tail)) if part.text]


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Part("".join(new[c:d]))
        else:
            yield Part("".join(old[a:b]), "del")
            yield Part("".join(new[c:d]), "ins")


def _alike_at_both_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many pieces at the start and, of what remains, at the end; most changes leave nearly all of a text."""
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    end = next((n for n in range(most - start) if old[-1 - n] != new[-1 - n]), most - start)
    return start, end


def _steps(old: Sequence[str], new: Sequence[str]) -> int:
    """No fewer than SequenceMatcher takes: for each stretch that it finds, all pieces and all pairs of equal ones."""
    there = Counter(new)
    pairs = sum(n * there[piece] for piece, n in Counter(old).items())
    return (len(old) + pairs) * min(len(old), len(new))


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
    for code, answer in rubric.in_order(content.answers):
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
