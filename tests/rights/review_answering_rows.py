"""The rows of the table about the publisher's replies and readers' votes."""

from tests.rights.attempts import Action

AREA = "Reviews"

REVIEW_ANSWERING: list[Action] = []
