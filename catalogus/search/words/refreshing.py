"""The words of the catalogue, brought up to date while the indexes stand."""

from django.db import transaction

from catalogus.models import SearchWord
from catalogus.search.words.lists import splitter_now
from catalogus.services.rebuilds import request_rebuild
from catalogus.services.search_words import refresh_search_words


@transaction.atomic
def refresh_words() -> bool:
    """Refresh them, and ask for a rebuild where a word of the catalogue now falls apart otherwise; whether so.

    Documents hold the parts: without it those that were indexed before would differ from those after.
    """
    before = splitter_now()
    refresh_search_words()
    after = splitter_now()
    if before == after:
        return False
    words = SearchWord.objects.order_by("word").values_list("word", flat=True)
    changed = next((word for word in words.iterator() if before.split(word) != after.split(word)), None)
    if changed is None:
        return False
    request_rebuild(reason=f"Woorden vallen anders uiteen, zoals “{changed}”")
    return True
