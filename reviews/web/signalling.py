"""The page of signals: what stands out, with its numbers and what may explain it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.access import Visitor
from reviews.access import may_set_holding, reviews_to_judge
from reviews.signals import Signal, SignalKind, Window, all_signals
from reviews.web.guards import moderators_only

SPANS = (7, 30, 90, 365)
"""Days to choose from."""

MOST_LINKS = 20
"""Reviews that a signal links to; its numbers tell of all."""


@moderators_only
@require_safe
def signals_page(request: HttpRequest) -> HttpResponse:
    """What stands out among the reviews of the last 90 days, or of as many as were chosen."""
    given = request.GET.get("dagen", "90")
    if given not in {str(span) for span in SPANS}:
        raise Http404(_("Kies 7, 30, 90 of 365 dagen."))
    found = _to_judge(request.user, all_signals(Window.latest(timedelta(days=int(given)))))
    context = {
        "groups": [
            {
                "kind": kind,
                "label": KIND_WORDS[kind],
                "note": KIND_NOTES[kind],
                "signals": [
                    {
                        "text": one.text,
                        "reviews": one.reviews[:MOST_LINKS],
                        "rest": max(0, len(one.reviews) - MOST_LINKS),
                    }
                    for one in signals
                ],
            }
            for kind, signals in found.items()
        ],
        "days": given,
        "spans": [str(span) for span in SPANS],
        "may_set_holding": may_set_holding(request.user),
    }
    return render(request, "reviews/moderation/signals.html", context)


def _to_judge(user: Visitor, found: Mapping[SignalKind, list[Signal]]) -> dict[SignalKind, list[Signal]]:
    """Without the reviews that the person may not judge, and without signals of which none is left."""
    named = {one for signals in found.values() for signal in signals for one in signal.reviews}
    theirs = set(reviews_to_judge(user).filter(public_id__in=named).values_list("public_id", flat=True))
    kept = {
        kind: [replace(signal, reviews=tuple(one for one in signal.reviews if one in theirs)) for signal in signals]
        for kind, signals in found.items()
    }
    return {kind: [signal for signal in signals if signal.reviews] for kind, signals in kept.items()}


KIND_WORDS: Mapping[SignalKind, Promise] = {
    SignalKind.NEW_ACCOUNTS: gettext_lazy("Veel nieuwe accounts van één school"),
    SignalKind.SAME_TEXT: gettext_lazy("Dezelfde of bijna dezelfde tekst"),
    SignalKind.BURST: gettext_lazy("Ineens veel beoordelingen van een methode"),
    SignalKind.ONE_SIDED: gettext_lazy("Scholen die over één uitgever maar één kant op oordelen"),
}
KIND_NOTES: Mapping[SignalKind, Promise] = {
    SignalKind.NEW_ACCOUNTS: gettext_lazy(
        "Drie of meer accounts, elk jonger dan 14 dagen, in één week. Het kan een vaksectie zijn die begint."
    ),
    SignalKind.SAME_TEXT: gettext_lazy(
        "Gelijke teksten van 40 tekens of meer, en van de 50 nieuwste ook wat bij dezelfde methode of school voor 60 "
        "procent gelijk is. Collega's schrijven soms samen."
    ),
    SignalKind.BURST: gettext_lazy(
        "Vijf of meer in 48 uur, en ten minste vier keer zoveel als gewoonlijk. Een studiedag kan dat verklaren."
    ),
    SignalKind.ONE_SIDED: gettext_lazy(
        "Vijf of meer beoordelingen, alle 3,8 of meer, of alle 1,4 of minder. Een school kan gewoon tevreden zijn."
    ),
}
