"""The figures that search must keep: stored per kind and over all, to three decimals."""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.catalogus.search.judged.metrics import Figures

FILE = Path(__file__).with_name("baseline.json")

TOLERANCE = 0.005
"""What rounding and the order of equals may cost; a single query of two hundred that loses its answer costs as much."""


def read_baseline() -> dict[str, Figures]:
    """kind -> what it had."""
    stored = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return {kind: Figures(each["ndcg"], each["recall"]) for kind, each in stored.items()}


def write_baseline(figures: Mapping[str, Figures]) -> None:
    rounded = {kind: {"ndcg": round(each.ndcg, 3), "recall": round(each.recall, 3)} for kind, each in figures.items()}
    FILE.write_text(json.dumps(rounded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def fallen(now: Mapping[str, Figures], before: Mapping[str, Figures]) -> list[str]:
    """A sentence for each figure that is more than TOLERANCE below what it was."""
    return [
        f"{kind}: {name} fell from {was:.3f} to {value:.3f}"
        for kind, each in before.items()
        if kind in now
        for name, was, value in (
            ("nDCG@10", each.ndcg, now[kind].ndcg),
            ("recall@20", each.recall, now[kind].recall),
        )
        if value < was - TOLERANCE
    ]
