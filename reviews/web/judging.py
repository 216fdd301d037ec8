"""What a moderator's buttons do, by the name that each sends, and what can be done with a thread as it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.access import may_decide_appeal
from reviews.exceptions import ReviewChanged
from reviews.models import ReviewState
from reviews.selectors.threads import Thread
from reviews.services import moderating
from reviews.services.appeals import decide_appeal
from reviews.web.judging_forms import JudgingForm

Act = Callable[[User, Thread, JudgingForm], object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """part: of which form it is a button ("review", "reply" or "appeal"); done: what is told when it was done."""

    part: str
    label: str | Promise
    done: str | Promise
    act: Act
    is_primary: bool = False


def _on_review(service: Callable[..., object], **more: object) -> Act:
    def act(actor: User, thread: Thread, form: JudgingForm) -> object:
        return service(
            actor=actor,
            review=thread.review,
            reason=form.full_reason,
            version=form.cleaned_data["version"],
            last_entry=form.cleaned_data["last_entry"],
            **more,
        )

    return act


def _on_reply(service: Callable[..., object], **more: object) -> Act:
    def act(actor: User, thread: Thread, form: JudgingForm) -> object:
        return _on_review(service, reply_text_at=form.reply_text_at, **more)(actor, thread, form)

    return act


def _on_appeal(*, is_granted: bool) -> Act:
    def act(actor: User, thread: Thread, form: JudgingForm) -> object:
        # Which appeal it is, the version says that the moderator saw; another one has another.
        version = form.cleaned_data["version"]
        appeal = next((one for one in thread.appeals if one.version == version), None)
        if appeal is None:
            raise ReviewChanged(gettext("Er is geen beroep over deze versie."))
        return decide_appeal(actor=actor, appeal=appeal, is_granted=is_granted, answer=form.full_reason)

    return act


VERDICTS: Mapping[str, Verdict] = {
    "approve": Verdict(
        "review", _("Keur goed"), _("De beoordeling is gepubliceerd."), _on_review(moderating.approve), is_primary=True
    ),
    "remove": Verdict("review", _("Haal weg"), _("De beoordeling is weggehaald."), _on_review(moderating.remove)),
    "dismiss": Verdict(
        "review",
        _("Laat staan en sluit de meldingen"),
        _("De meldingen zijn afgewezen; de beoordeling blijft staan."),
        _on_review(moderating.dismiss_flags),
    ),
    "restore": Verdict("review", _("Zet terug"), _("De beoordeling is teruggezet."), _on_review(moderating.restore)),
    "remove-reply": Verdict(
        "reply",
        _("Haal het antwoord weg"),
        _("Het antwoord van de uitgever is weggehaald."),
        _on_reply(moderating.remove_reply),
    ),
    "dismiss-reply": Verdict(
        "reply",
        _("Laat het antwoord staan en sluit de meldingen"),
        _("De meldingen zijn afgewezen; het antwoord blijft staan."),
        _on_reply(moderating.dismiss_flags, is_of_reply=True),
    ),
    "restore-reply": Verdict(
        "reply",
        _("Zet het antwoord terug"),
        _("Het antwoord van de uitgever is teruggezet."),
        _on_reply(moderating.restore_reply),
    ),
    "grant": Verdict(
        "appeal",
        _("Wijs toe en zet terug"),
        _("Het beroep is toegewezen; de beoordeling is teruggezet."),
        _on_appeal(is_granted=True),
        is_primary=True,
    ),
    "refuse": Verdict(
        "appeal", _("Wijs af"), _("Het beroep is afgewezen; de beoordeling blijft weg."), _on_appeal(is_granted=False)
    ),
}


def possible_verdicts(actor: User, thread: Thread) -> list[str]:
    """What can be done now, in the order of the buttons."""
    review, found = thread.review, []
    if review.state == ReviewState.WAITING:
        found += ["approve", "remove"]
    if review.state == ReviewState.PUBLISHED:
        found += ["dismiss", "remove"] if thread.has_open_flags(of_reply=False) else ["remove"]
    appeal = thread.open_appeal
    if review.state == ReviewState.REMOVED and appeal is not None and appeal.version == review.version:
        # Who may decide does so by the appeal, with an answer; who removed it may still take that back.
        found += ["grant", "refuse"] if may_decide_appeal(actor, review) else ["restore"]
    elif review.state == ReviewState.REMOVED:
        found.append("restore")
    if thread.reply is not None:
        is_removed = thread.reply.removed_at is not None
        if not is_removed and thread.has_open_flags(of_reply=True) and review.state in _READABLE:
            found.append("dismiss-reply")
        found.append("restore-reply" if is_removed else "remove-reply")
    return found


_READABLE = {ReviewState.PUBLISHED, ReviewState.WAITING}
