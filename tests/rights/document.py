"""docs/rights.md, written out of the table. `make rights` puts it in place."""

from itertools import groupby

from tests.rights.roles import MEANINGS, Role
from tests.rights.table import TABLE

HEAD = """# Who may do what
Made from tests/rights/table.py by `make rights`; `make test` tries every cell, allowed and refused, and fails when this
page says something else. Each right is decided by one function, which pages, API and administration share.

| role | who |
| --- | --- |
"""


def document() -> str:
    """The page as Markdown (GFM tables)."""
    parts = [HEAD + "".join(f"| {role} | {meaning} |\n" for role, meaning in MEANINGS.items())]
    for area, actions in groupby(TABLE, key=lambda action: action.area):
        names = " | ".join(Role)
        parts.append(f"\n## {area}\n| action | {names} | decided by |\n| --- |{' :-: |' * len(Role)} --- |\n")
        for action in actions:
            cells = " | ".join("✓" if role in action.allowed else " " for role in Role)
            parts.append(f"| {action.title} | {cells} | {action.decided_by} |\n")
    return "".join(parts)
