"""What was found wrong with a record, as a record stores it, in words with the remedy."""

from collections.abc import Mapping

from ingest.issues import Issue, IssueCode


def issue_text(stored: Mapping[str, str]) -> str:
    """A code that this version does not know is told as it stands, with its field and value."""
    code, field, value = stored.get("code", ""), stored.get("field", ""), stored.get("value", "")
    try:
        return str(Issue(IssueCode(code), field, value))
    except ValueError:
        return " ".join(part for part in (f"{code}:", field, value) if part)
