"""The figures as text: for the end of a test run, and for whoever tunes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pytest

from tests.catalogus.search.judged.asking import ALL, Answer
from tests.catalogus.search.judged.metrics import Figures, best_of_what_fits, mean

PROPERTY = "judged"
"""The property of a test's report that carries the table, from a worker to the end of the run."""

_SHOWN_HITS = 5


def table(now: Mapping[str, Figures], before: Mapping[str, Figures], answers: Iterable[Answer]) -> str:
    """A line for each kind and one over all: how many queries, the figures of now, and those of the baseline.

    "strict" is the nDCG of an answer with all that fits, in the best order, and nothing besides.
    """
    grades: defaultdict[str, list[Mapping[str, int]]] = defaultdict(list)
    for answer in answers:
        grades[answer.judged.kind].append(answer.judged.grades)
    grades[ALL] = [each for listed in grades.values() for each in listed]
    lines = [f"{'kind':<14}{'queries':>8}{'nDCG@10':>10}{'recall@20':>11}{'strict':>9}{'baseline':>16}"]
    for kind, each in now.items():
        was = before.get(kind)
        stored = f"{was.ndcg:.3f} / {was.recall:.3f}" if was else "none"
        strict = mean(map(best_of_what_fits, grades[kind])).ndcg
        lines.append(
            f"{kind:<14}{len(grades[kind]):>8}{each.ndcg:>10.3f}{each.recall:>11.3f}{strict:>9.3f}{stored:>16}"
        )
    return "\n".join(lines)


def details(answers: Iterable[Answer]) -> str:
    """Each query with its figures, its first hits with their grades, and the best that was not among the first ten."""
    return "\n\n".join(_detail(answer) for answer in answers)


def _detail(answer: Answer) -> str:
    judged = answer.judged
    now = f"nDCG {answer.figures.ndcg:.3f}  recall {answer.figures.recall:.3f}  {answer.total} hits"
    lines = [
        f"{judged.id}  [{judged.kind}, {judged.view}]  “{judged.query}”  {now}",
        f"    wanted: {judged.wanted}",
    ]
    for place, key in enumerate(answer.found[:_SHOWN_HITS], start=1):
        lines.append(f"    {place}. ({judged.grades.get(key, 0)}) {key}")
    missed = [key for key, grade in judged.grades.items() if grade == max(judged.grades.values())]
    missed = [key for key in missed if key not in answer.found[:10]][:_SHOWN_HITS]
    lines += [f"    not in the first ten: {key}" for key in missed]
    return "\n".join(lines)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table at the end of a run, whichever worker made it."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, text in getattr(report, "user_properties", ()):
                if name == PROPERTY and getattr(report, "when", "") == "call":
                    terminalreporter.section("judged queries")
                    terminalreporter.write_line(text)
