"""What the rules about reviews refuse, as problem documents (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework.request import Request

from catalogus.api.problems import LONGEST_VALUE, ProblemResponse
from reviews.exceptions import NeedsAttention, ReviewChanged, ReviewNotAllowed

_URN = "urn:open-keuzecatalogus:problem:"
INVALID_FIELDS = f"{_URN}invalid-fields"
NEEDS_ATTENTION = f"{_URN}review-needs-attention"
NOT_ALLOWED = f"{_URN}review-not-allowed"
CHANGED = f"{_URN}review-changed"
EXISTS = f"{_URN}review-exists"
VERSION_REQUIRED = f"{_URN}version-required"


class ReviewExists(Exception):
    """The person has a review of this edition and school year. url: its address in the API."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(url)


class VersionMissing(Exception):
    """A change that does not say which version it is of."""


class VersionDiffers(Exception):
    """If-Match names another version than there is by now."""


REFUSALS = (
    ValidationError,
    NeedsAttention,
    ReviewChanged,
    ReviewNotAllowed,
    ReviewExists,
    VersionMissing,
    VersionDiffers,
)


def refusal(refused: Exception, request: Request, body: Mapping[str, Any]) -> ProblemResponse | None:
    """The document of one of REFUSALS; None for anything else. body: what was sent, whose values errors repeat."""
    match refused:
        case ValidationError():
            return _invalid(refused, request, body)
        case NeedsAttention():
            return ProblemResponse(
                HTTPStatus.CONFLICT,
                _("Kijk eerst naar wat hieronder staat. Klopt het zo, stuur dan hetzelfde met “acknowledged”: true."),
                request.path,
                kind=NEEDS_ATTENTION,
                title=_("De tekst vraagt om een tweede blik"),
                errors=[
                    {"field": one.field, "value": one.excerpt[:LONGEST_VALUE], "message": one.message}
                    for one in refused.findings
                ],
            )
        case ReviewNotAllowed():
            return ProblemResponse(
                HTTPStatus.FORBIDDEN, str(refused), request.path, kind=NOT_ALLOWED, title=_("Dit mag niet")
            )
        case ReviewChanged():
            return ProblemResponse(
                HTTPStatus.CONFLICT, str(refused), request.path, kind=CHANGED, title=_("Het is intussen anders")
            )
        case ReviewExists():
            text = _("U hebt deze uitgave voor dit schooljaar al beoordeeld; wijzig die beoordeling.")
            return ProblemResponse(
                HTTPStatus.CONFLICT,
                text,
                request.path,
                kind=EXISTS,
                title=_("Er is al een beoordeling"),
                errors=[{"field": "review", "value": refused.url, "message": text}],
            )
        case VersionMissing():
            return ProblemResponse(
                HTTPStatus.PRECONDITION_REQUIRED,
                _('Zeg welke versie u wijzigt: in de kop If-Match (zoals "2", met aanhalingstekens) of als “version”.'),
                request.path,
                kind=VERSION_REQUIRED,
                title=_("De versie ontbreekt"),
            )
        case VersionDiffers():
            return ProblemResponse(
                HTTPStatus.PRECONDITION_FAILED,
                _("De beoordeling heeft een andere versie dan If-Match noemt. Haal haar opnieuw op en pas die aan."),
                request.path,
                kind=CHANGED,
                title=_("Het is intussen anders"),
            )
    return None


def _invalid(error: ValidationError, request: Request, body: Mapping[str, Any]) -> ProblemResponse:
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    errors = [
        {"field": field, **_value(field, body), "message": message}
        for field, messages in by_field.items()
        for message in messages
    ]
    return ProblemResponse(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        " ".join(entry["message"] for entry in errors),
        request.path,
        kind=INVALID_FIELDS,
        title=_("Een of meer velden kloppen niet"),
        errors=errors,
    )


def _value(field: str, body: Mapping[str, Any]) -> dict[str, str]:
    """What was sent for the field, shortened; nothing where nothing was. "score-didactiek" stands below `scores`."""
    value = body.get(field)
    for prefix, name in (("score-", "answer"), ("reason-", "reason")):
        if field.startswith(prefix) and isinstance(scores := body.get("scores"), Mapping):
            answer = scores.get(field.removeprefix(prefix))
            value = answer.get(name) if isinstance(answer, Mapping) else (answer if name == "answer" else None)
    return {} if value is None else {"value": str(value)[:LONGEST_VALUE]}
