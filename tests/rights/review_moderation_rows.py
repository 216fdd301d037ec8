"""The rows of the table about flags, the moderators' queue and appeals."""

from tests.rights.attempts import Action

AREA = "Reviews"

REVIEW_MODERATION: list[Action] = []
