"""What OpenAPI tells of the parameters, the problems and the bodies of reviews."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from catalogus.api.serializers import ProblemSerializer
from reviews.api.filters import DEFAULT_PAGE_SIZE, MOST_ON_A_PAGE, NEWEST, SORTS
from reviews.content import SECTORS
from reviews.models import Use
from reviews.rubric import rubric

_PROBLEM_TYPE = "application/problem+json"
_TEXTS = {
    400: "The body is no JSON object in UTF-8, or a parameter is unknown or cannot be read.",
    401: "Nobody is known by this request, or the token is no good; WWW-Authenticate tells how to come back.",
    403: "This person may not, or the token was not made for it; the detail says why.",
    404: "There is no such thing, or not for you.",
    409: "It is otherwise by now, exists already, or the text asks for a second look (acknowledged).",
    412: "If-Match names another version than there is.",
    413: "The body is larger than 256 KB.",
    415: "The body is no application/json in UTF-8.",
    422: "Fields are wrong: each with its name, what was sent and what to do.",
    428: "The change does not say which version it is of.",
}
WRITING = (400, 401, 403, 404, 409, 413, 415, 422)


def problems(*statuses: int) -> dict[tuple[int, str], Any]:
    return {
        (status, _PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, description=_TEXTS[status]) for status in statuses
    }


def _one(name: str, description: str, schema: dict[str, Any] | None = None) -> OpenApiParameter:
    return OpenApiParameter(name, schema or {"type": "string"}, description=description)


def _several(name: str, description: str, codes: tuple[str, ...] = ()) -> OpenApiParameter:
    items: dict[str, Any] = {"type": "string"} | ({"enum": list(codes)} if codes else {})
    return OpenApiParameter(
        name, {"type": "array", "items": items}, description=description, explode=True, style="form"
    )


PUBLIC_ID = OpenApiParameter("public_id", str, OpenApiParameter.PATH, description="The review's id.")
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description='The version that you saw, in quotation marks ("2"); or send version in the body.',
)
PAGE_SIZE = _one(
    "page_size",
    "How many a page.",
    {"type": "integer", "minimum": 1, "maximum": MOST_ON_A_PAGE, "default": DEFAULT_PAGE_SIZE},
)
CURSOR = _one("cursor", "Where next goes on; taken from its address.")
SUBJECT_PARAMETERS = [
    _one("method", "Public id of a method."),
    _one("product", "Public id of a product."),
    _one("ean", "EAN or ISBN-13 of a product: 13 digits, hyphens allowed."),
    _one("edition", "Id of an edition, as review-summaries lists them.", {"type": "integer"}),
]
LIST_PARAMETERS = [
    *SUBJECT_PARAMETERS,
    _several("sector", "In which it was used.", SECTORS),
    _several("level", "Codes of levels, as search has them."),
    _several("year", "Codes of years, as search has them."),
    _several("use", "As main material or as a supplement.", tuple(Use.values)),
    _several("school_year", "In which it was used: 2025 is 2025/2026."),
    _one("sort", "The order.", {"type": "string", "enum": list(SORTS), "default": NEWEST}),
    PAGE_SIZE,
    CURSOR,
]

CONTENT_EXAMPLE: dict[str, Any] = {
    "edition": 4711,
    "school_year": 2025,
    "sector": "vo",
    "levels": ["havo"],
    "years": ["leerjaar-3"],
    "subject": "wiskunde",
    "use": "main",
    "duration": "12-36",
    "role": "teacher",
    "scores": {code: {"answer": "3"} for code in rubric().codes}
    | {rubric().codes[0]: {"answer": "2", "reason": "Er zijn weinig opgaven om te herhalen."}},
    "strong_point": "De opgaven lopen op.",
    "would_choose_again": "yes",
    "interests": "none",
    "shown_as": "description",
    "after_deletion": "stays",
}
NEW_REVIEW = OpenApiExample("A review", {"method": "0a1b2c3d4e5f6", **CONTENT_EXAMPLE}, request_only=True)
CHANGED_REVIEW = OpenApiExample("The whole of it, changed", {"version": 1, **CONTENT_EXAMPLE}, request_only=True)
FLAG = OpenApiExample(
    "A flag", {"reason": "personal-data", "text": "Er staat een naam van een leerling in."}, request_only=True
)
REPLY = OpenApiExample("A reply", {"text": "Dank u. Het antwoordenboek komt.", "version": 1}, request_only=True)
APPEAL = OpenApiExample("An appeal", {"text": "Er staat geen naam in.", "version": 1}, request_only=True)
NEEDS_ATTENTION = OpenApiExample(
    "A second look",
    {
        "type": "urn:open-keuzecatalogus:problem:review-needs-attention",
        "title": "De tekst vraagt om een tweede blik",
        "status": 409,
        "detail": "Kijk eerst naar wat hieronder staat. Klopt het zo, stuur dan hetzelfde met “acknowledged”: true.",
        "instance": "/api/v1/reviews/",
        "errors": [
            {
                "field": "body",
                "value": "a@school.example",
                "message": "“a@school.example” lijkt een e-mailadres. Haal het weg als het van een persoon is.",
            }
        ],
    },
    response_only=True,
    status_codes=["409"],
)
