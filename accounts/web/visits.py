"""Where a person is signed in, and ending it everywhere else: of browsers and of programs."""

from typing import Any

from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services.personal_tokens import live_tokens, revoke_tokens
from accounts.web.account import signed_in


class _Visits(ListUserSessionsView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"token_count": live_tokens(signed_in(self.request), timezone.now()).count()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Whoever fears that another is in wants them out by every way."""
        count = revoke_tokens(user=signed_in(self.request))
        response: HttpResponse = super().form_valid(form)
        if count:
            messages.info(self.request, _("Ook uw tokens voor programma's zijn ingetrokken."))
        return response


list_usersessions = _Visits.as_view()
