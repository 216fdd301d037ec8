"""The table that a measurement prints."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

Row = tuple[str, str, str]


def show(title: str, rows: Iterable[Row]) -> None:
    """Rows of (what, figure, remark)."""
    table = Table(title=title, title_justify="left")
    table.add_column("what")
    table.add_column("figure", justify="right")
    table.add_column("remark")
    for row in rows:
        table.add_row(*row)
    Console(width=120).print(table)


def ratio(ours: float, bare: float, aim: float) -> tuple[str, str]:
    """(figure, remark): how many times as long as the bare peer we take, beside what we aim at."""
    found = ours / bare
    return f"{found:.2f}", f"aim ≤ {aim:.1f}" + ("" if found <= aim else ", not met")


def share(ours: float, bare: float, aim: float) -> tuple[str, str]:
    """(figure, remark): how much of the bare peer's speed ours has, beside what we aim at."""
    found = ours / bare
    return f"{found:.2f}", f"aim ≥ {aim:.1f}" + ("" if found >= aim else ", not met")
