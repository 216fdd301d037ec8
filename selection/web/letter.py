"""The page of a weekly letter: all that it lists, for what the mail had no room for."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.web.places import signed_in_only
from selection.access import own_letter
from selection.letters import contents_of
from selection.models import SavedSearch

PER_PAGE = 50


@signed_in_only
@require_safe
def letter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A page number that is none leads to the nearest one that is."""
    letter = own_letter(request.user, pk)
    contents = contents_of(letter, SavedSearch.objects.filter(user_id=letter.user_id))
    context = {
        "letter": letter,
        "contents": contents,
        "page": Paginator(contents.entries, PER_PAGE).get_page(request.GET.get("page")),
        "unlisted": contents.total - len(contents.entries),
    }
    return render(request, "selection/letter.html", context)
