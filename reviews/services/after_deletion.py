"""What becomes of a review when its writer's account goes: theirs to choose at any time, without a new version."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.exceptions import ReviewNotAllowed
from reviews.models import AfterDeletion, Review


def choose_after_deletion(*, author: User, review: Review, choice: str) -> None:
    """Keep the choice with one review. Raises ReviewNotAllowed for another's, and ValidationError, by field."""
    if not Review.objects.filter(pk=review.pk, author=author).update(after_deletion=_known(choice)):
        raise ReviewNotAllowed(_("Deze beoordeling is van een ander."))


def choose_for_all(*, author: User, choice: str) -> int:
    """Keep the same choice with all of a person's reviews; how many there are. Raises ValidationError, by field."""
    return Review.objects.filter(author=author).update(after_deletion=_known(choice))


def _known(choice: str) -> str:
    if choice not in AfterDeletion.values:
        text = _("“%(value)s” kan hier niet; kies uit %(choices)s.")
        told = {"value": choice[:80], "choices": ", ".join(AfterDeletion.values)}
        raise ValidationError({"after_deletion": text % told})
    return choice
