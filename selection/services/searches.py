"""Keeping searches: each once per person, under a name, with or without news by mail."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalogus.search import SearchCriteria
from catalogus.search.criteria import DEFAULT_PAGE_SIZE
from catalogus.texts import one_line
from selection.models import DigestProgress, SavedSearch
from selection.models.saved_search import NAME_LENGTH
from selection.services.news import latest_seq

MOST_SEARCHES = 100
"""Of one person. Each is a question to the engine every week, and no list that a person reads is longer."""


def query_to_keep(criteria: SearchCriteria) -> str:
    """The search as it is stored: from its first page, and however many hits its pages have."""
    return replace(criteria.with_page(1), page_size=DEFAULT_PAGE_SIZE).query_string()


@transaction.atomic
def save_search(*, user: User, criteria: SearchCriteria, name: str, is_alert_on: bool) -> SavedSearch:
    """Keep a search; its news begins now.

    Raises ValidationError for a name that is none, a search that the person has already, and one too many.
    """
    now = latest_seq()
    DigestProgress.objects.get_or_create(user=user, defaults={"told_seq": now})
    # Two windows at once count one after the other.
    DigestProgress.objects.select_for_update().get(user=user)
    query = query_to_keep(criteria)
    if known := SavedSearch.objects.filter(user=user, query=query).first():
        raise ValidationError(_("U bewaarde deze zoekopdracht al, als “%(name)s”.") % {"name": known.name})
    if SavedSearch.objects.filter(user=user).count() >= MOST_SEARCHES:
        raise ValidationError(
            _("U hebt al %(count)d zoekopdrachten bewaard; meer kan niet. Verwijder er eerst een.")
            % {"count": MOST_SEARCHES}
        )
    search = SavedSearch(user=user, name=_clean(name), query=query, is_alert_on=is_alert_on, since_seq=now)
    search.full_clean(validate_constraints=False)  # The database holds them; looked at above, with better words.
    search.save()
    return search


@transaction.atomic
def change_search(*, search: SavedSearch, name: str, is_alert_on: bool) -> SavedSearch:
    """Give it another name, and turn its news on or off; turned on again it begins now. Raises ValidationError."""
    locked = SavedSearch.objects.select_for_update().get(pk=search.pk)
    locked.name = _clean(name)
    if is_alert_on and not locked.is_alert_on:
        locked.since_seq = latest_seq()
    locked.is_alert_on = is_alert_on
    locked.full_clean(validate_constraints=False)
    locked.save()
    return locked


def delete_search(*, search: SavedSearch) -> None:
    SavedSearch.objects.filter(pk=search.pk).delete()


def _clean(name: str) -> str:
    """Raises ValidationError, by field."""
    required = _("Geef de zoekopdracht een naam, waaraan u haar herkent.")
    return one_line(name, field="name", required=required, most=NAME_LENGTH)
