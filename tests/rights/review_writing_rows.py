"""The rows of the table about writing, changing and taking back one's own review."""

from tests.rights.attempts import Action

AREA = "Reviews"

REVIEW_WRITING: list[Action] = []
