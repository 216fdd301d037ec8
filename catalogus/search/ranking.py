"""In what order a question's products come: constants by kind of match, added up. docs/search.md says it in prose.

Nothing here decides which products are found: a product that matches no line of this has the score 0 and is found all
the same. With names, each line carries what it is about, so that the engine tells what a hit got its score for.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, Match, MatchPhrase, Query, Range, Term, Terms

from catalogus.search import matching, weights
from catalogus.search.question import Asked, Question
from catalogus.search.understanding import Recognised

_FACTS = {"publishers": weights.PUBLISHER, "subjects": weights.SUBJECT}


class Ranking:
    """The lines of a question's score. path: where a product's fields stand; with_names: for who wants to know why."""

    def __init__(self, question: Question, path: str = "", *, with_names: bool = False) -> None:
        self._question = question
        self._path = path
        self._with_names = with_names

    def query(self, found: Query) -> Query:
        """The products that `found` finds, scored."""
        lines = [*self._numbers(), *self._wholes(), *self._words(), *self._named(), *self._order(), *self._equals()]
        return Bool(filter=[found], should=lines)

    def _line(self, query: Query, weight: float, name: str) -> Query:
        options: dict[str, Any] = {"_name": f"{name}|{weight:g}"} if self._with_names else {}
        return ConstantScore(filter=query, boost=weight, **options)

    def _best(self, lines: Sequence[Query]) -> Query:
        return lines[0] if len(lines) == 1 else DisMax(queries=list(lines))

    def _numbers(self) -> list[Query]:
        kinds = ((weights.EAN, "ean"), (weights.EAN_WITHIN, "ean_within"))
        found = matching.number_queries(self._question, self._path)
        if len(found) == 1:
            return [self._line(found[0], weights.EAN_WITHIN, "identifier")]
        return [self._line(query, weight, name) for query, (weight, name) in zip(found, kinds, strict=False)]

    def _wholes(self) -> list[Query]:
        question, path = self._question, self._path
        lines = []
        if question.whole:
            # Who looks for methods wants the one of that name, who looks for products the one of that title.
            of_title, of_method = (weights.WHOLE_OTHER, weights.WHOLE) if path else (weights.WHOLE, weights.WHOLE_OTHER)
            lines += [
                self._line(self._is(f"{path}title.exact", question.whole), of_title, "whole_title"),
                self._line(self._is(f"{path}method_name.exact", question.whole), of_method, "whole_method"),
            ]
        if question.is_loosened:
            every = matching.products_found(question.strict(), path)
            lines.append(self._line(every, weights.ALL_WORDS, "all_words"))
        return lines

    def _words(self) -> list[Query]:
        lines = [self._word(asked) for asked in self._question.words]
        lines += [
            self._line(matching.phrase_found(phrase, self._path), weights.IN_METHOD, f"phrase:{phrase}")
            for phrase in self._question.understanding.phrases
        ]
        if self._question.stop_words:
            text = " ".join(self._question.stop_words)
            lines.append(self._line(matching.words_in(f"{self._path}text", text), weights.STOP_WORD, "stop_words"))
        return lines

    def _word(self, asked: Asked) -> Query:
        word, path = asked.word, self._path
        kinds: list[tuple[Query, float, str]] = [
            (matching.words_in(f"{path}method_name", word.text), weights.IN_METHOD, "method_name"),
            (matching.words_in(f"{path}title", word.text), weights.IN_TITLE, "title"),
            (matching.words_in(f"{path}text", word.text), weights.ANYWHERE, "text"),
            (matching.words_in(f"{path}parts", word.text), weights.PART, "part"),
            (matching.words_in(f"{path}description", word.text), weights.DESCRIPTION, "description"),
        ]
        kinds += [(query, weights.JOINED, "joined") for query in matching.joined_found(asked, path)]
        kinds += [
            (matching.words_in(f"{path}text", other), weights.SYNONYM, f"synonym:{other}") for other in word.others
        ]
        if word.parts:
            kinds.append((matching.parts_found(asked, self._question, path), weights.PARTS, "parts"))
        if word.text == self._question.unfinished:
            found = matching.beginnings_found(word.text, path)
            kinds += [(query, weights.BEGINNING, "beginning") for query in found]
        kinds += [
            (matching.words_in(f"{path}text", near), weight, f"near:{near}")
            for near, weight in zip(word.near, weights.NEAR, strict=False)
        ]
        return self._best([self._line(query, weight, f"{name}:{word.text}") for query, weight, name in kinds])

    def _named(self) -> list[Query]:
        return [self._group(group) for group in matching.named_groups(self._question)]

    def _group(self, group: list[Recognised]) -> Query:
        text = " ".join(found.text for found in group)
        weight = _FACTS.get(group[0].facet, weights.CONCEPT)
        kinds: list[tuple[Iterable[Query], float, str]] = [
            (matching.facts_found(group, self._path), weight, "fact"),
            (matching.not_stated(group, self._path), weights.CLASS_NOT_STATED, "not_stated"),
            (matching.names_found(group, self._path), weights.NAMED_ONLY, "named"),
        ]
        return self._best(
            [self._line(query, weight, f"{name}:{text}") for queries, weight, name in kinds for query in queries]
        )

    def _order(self) -> list[Query]:
        question, path = self._question, self._path
        lines = []
        if question.names:
            name = Terms(f"{path}method_name.exact", list(question.names))
            lines.append(self._line(name, weights.NAME_WITHIN, "name_within"))
        if " " in question.whole:
            in_order = [MatchPhrase(f"{path}{field}", {"query": question.whole}) for field in ("method_name", "title")]
            lines.append(self._line(Bool(should=in_order), weights.IN_ORDER, "in_order"))
        return lines

    def _equals(self) -> list[Query]:
        path = self._path
        reviewed = f"{path}review_count"
        lines = [
            self._line(self._is(f"{path}is_orderable", value=True), weights.ORDERABLE, "orderable"),
            self._line(self._is(f"{path}is_current", value=True), weights.CURRENT, "current"),
            self._line(Range(reviewed, {"gte": 1}), weights.REVIEWED, "reviewed"),
            self._line(Range(reviewed, {"gte": 5}), weights.WELL_REVIEWED, "well_reviewed"),
        ]
        if self._question.whole:
            share = weights.SHORTNESS / max(1, self._question.whole.count(" ") + 1)
            lines += [
                Match(f"{path}{field}", {"query": self._question.whole, "boost": share})
                for field in ("title.brief", "method_name.brief")
            ]
        return lines

    @staticmethod
    def _is(name: str, value: str | bool) -> Query:
        return Term(name, {"value": value})
