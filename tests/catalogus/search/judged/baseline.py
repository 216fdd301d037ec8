"""The figures that search must keep: stored for each backend per kind and over all, to three decimals."""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.catalogus.search.judged.metrics import Figures

FOLDER = Path(__file__).parent
FILES = {"elasticsearch": "baseline.json", "postgres": "baseline_postgres.json"}
"""Backend, by its name, -> where its figures are kept."""

TOLERANCE = 0.005
"""What rounding and the order of equals may cost; a single query of two hundred that loses its answer costs as much."""


def read_baseline(backend: str) -> dict[str, Figures]:
    """kind -> what it had."""
    file = FOLDER / FILES[backend]
    stored = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {kind: Figures(each["ndcg"], each["recall"]) for kind, each in stored.items()}


def write_baseline(backend: str, figures: Mapping[str, Figures]) -> None:
    rounded = {kind: {"ndcg": round(each.ndcg, 3), "recall": round(each.recall, 3)} for kind, each in figures.items()}
    file = FOLDER / FILES[backend]
    file.write_text(json.dumps(rounded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


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
