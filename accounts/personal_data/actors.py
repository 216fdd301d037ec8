"""History that names who did something as text, because what it stands beside may know no users."""

from django.db.models import Model, Q

from accounts.models import User

FORMER_EDITOR = "voormalige medewerker"
"""What stands in history in the place of somebody who is gone. Stored, so it is Dutch for every reader."""


def is_named(field: str, user: User) -> Q:
    """Rows whose text names the person: by the number that `User.actor_name` ends in, whatever their name was then.

    Texts from before names carried a number match in full, and for staff alone: anybody else could take an editor's
    name as their own and have the editor's history for it.
    """
    by_number = Q(**{f"{field}__endswith": user.actor_mark})
    return by_number | Q(**{field: str(user)[:200]}) if user.is_staff else by_number


def replace_actor(model: type[Model], field: str, user: User) -> None:
    """Take the person out of the history of a table; what was done stays."""
    model._default_manager.filter(is_named(field, user)).update(**{field: FORMER_EDITOR})
