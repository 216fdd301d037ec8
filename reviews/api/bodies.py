"""What a request's body must be, before any rule about reviews looks at it."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from catalogus.models import Edition, Method
from catalogus.selectors import method_with_relations, surviving_method
from reviews.api.problems import VersionDiffers, VersionMissing
from reviews.models import Review

CONTENT = (
    "edition", "product", "school", "school_year", "sector", "levels", "years", "subject", "use", "duration", "role",
    "pupils", "scores", "strong_point", "weak_point", "would_choose_again", "body", "interests", "interests_text",
    "shown_as", "names_school", "after_deletion",
)  # fmt: skip
"""The names of reviews.content.ReviewContent, with `scores` for its answers."""

_MOST_UNKNOWN = 10
_LONGEST_NAME = 80


def read_body(request: Request, names: Collection[str]) -> Mapping[str, Any]:
    """The object that was sent. Raises ParseError for anything else, and ValidationError for a name nobody knows."""
    body = request.data
    if not isinstance(body, Mapping):
        raise ParseError(_("Stuur één JSON-object, geen lijst of los getal."))
    unknown = [name for name in body if name not in names][:_MOST_UNKNOWN]
    if unknown:
        raise ValidationError({name[:_LONGEST_NAME]: _unknown(name, names) for name in unknown})
    return body


def truth(body: Mapping[str, Any], field: str) -> bool:
    """Raises ValidationError for anything but true, false, null or nothing."""
    value = body.get(field)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise ValidationError({field: _("Hier hoort true of false te staan.")})


def text(body: Mapping[str, Any], field: str) -> str:
    """Raises ValidationError for anything but a text, null or nothing."""
    value = body.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValidationError({field: _("Hier hoort tekst te staan.")})
    return value


def version(body: Mapping[str, Any]) -> int | None:
    """Raises ValidationError for anything but a number from 1, null or nothing."""
    value = body.get("version")
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value < 2**15:
        raise ValidationError({"version": _("Hier hoort het nummer van een versie te staan, vanaf 1.")})
    return value


def version_to_change(request: Request, body: Mapping[str, Any], review: Review) -> int:
    """The version that the sender saw: what If-Match or the body names.

    Raises VersionMissing (428) where neither does, and VersionDiffers (412) where If-Match names no such version.
    """
    named = version(body)
    match = request.headers.get("If-Match")
    if match is None:
        if named is None:
            raise VersionMissing
        return named
    tags = {tag.strip() for tag in match.split(",")}
    if "*" not in tags and f'"{review.version}"' not in tags:
        raise VersionDiffers
    return review.version if named is None else named


def method_to_review(body: Mapping[str, Any]) -> Method:
    """The method that stands for the id that was sent. Raises ValidationError, by field."""
    public_id = text(body, "method")
    if not public_id:
        raise ValidationError({"method": _("Noem de methode, met haar kenmerk (public_id).")})
    try:
        return surviving_method(method_with_relations(public_id))
    except Method.DoesNotExist:
        told = _("Er is geen methode met kenmerk “%(id)s”.") % {"id": public_id[:_LONGEST_NAME]}
        raise ValidationError({"method": told}) from None


def edition_method_id(edition_id: int) -> int:
    return Edition.objects.values_list("method_id", flat=True).get(pk=edition_id)


def _unknown(name: str, names: Collection[str]) -> str:
    near = get_close_matches(name.lower()[:_LONGEST_NAME], names, n=1, cutoff=0.5)
    if near:
        return _("Het veld “%(name)s” bestaat niet; bedoelt u “%(near)s”?") % {
            "name": name[:_LONGEST_NAME],
            "near": near[0],
        }
    return _("Het veld “%(name)s” bestaat niet; kies uit %(known)s.") % {
        "name": name[:_LONGEST_NAME],
        "known": ", ".join(names),
    }
