"""Faults in a request, as SRU numbers them (SRU 1.2, Diagnostics List)."""

from typing import Final

MESSAGES: Final = {
    1: "General system error",
    4: "Unsupported operation",
    5: "Unsupported version",
    6: "Unsupported parameter value",
    7: "Mandatory parameter not supplied",
    8: "Unsupported Parameter",
    10: "Query syntax error",
    16: "Unsupported index",
    19: "Unsupported relation",
    20: "Unsupported relation modifier",
    28: "Masking character not supported",
    37: "Unsupported boolean operator",
    48: "Query feature unsupported",
    61: "First record position out of range",
    66: "Unknown schema for retrieval",
    71: "Unsupported record packing",
    80: "Sort not supported",
}


class Diagnostic(Exception):
    """code: info:srw/diagnostic/1/<code>. details: what in the request it is about."""

    def __init__(self, code: int, details: str) -> None:
        super().__init__(f"{MESSAGES[code]}: {details}")
        self.code = code
        self.details = details

    @property
    def message(self) -> str:
        return MESSAGES[self.code]
