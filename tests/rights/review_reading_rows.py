"""The rows of the table about what everybody reads of reviews."""

from tests.rights.attempts import Action

AREA = "Reviews"

REVIEW_READING: list[Action] = []
