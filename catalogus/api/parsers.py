"""JSON as the API takes it: what REST framework's own parser lets through, or falls over, is refused with a reason."""

import json
import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import IO, Any, NoReturn

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser

MOST_BYTES = 256 * 1024
"""Room for the longest review there can be, each sign of it written as an escape of twelve."""

_LONGEST_SHOWN = 80


class BodyTooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class StrictJSONParser(BaseParser):
    """RFC 8259, in UTF-8: without NaN and Infinity, without a name that stands twice in one object, and not too deep.

    Raises ParseError (400), UnsupportedMediaType (415) for another charset, and BodyTooLarge (413).
    """

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        _refuse_charset(media_type or "", parser_context or {})
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise BodyTooLarge(
                _("Het bericht is te groot; stuur hoogstens %(most)d KB.") % {"most": MOST_BYTES // 1024}
            )
        try:
            found = json.loads(
                body.decode("utf-8"),
                object_pairs_hook=_object,
                parse_float=_number,
                parse_constant=_refuse_constant,
            )
            # Half a surrogate pair, which an escape may hold and no answer can repeat.
            json.dumps(found, ensure_ascii=False).encode("utf-8")
        except UnicodeDecodeError as error:
            raise ParseError(_("Het bericht is geen UTF-8; stuur JSON als UTF-8.")) from error
        except UnicodeEncodeError as error:
            raise ParseError(_("In het bericht staat een half teken (een los surrogaat).")) from error
        except json.JSONDecodeError as error:
            text = _("Het bericht is geen JSON: regel %(line)d, teken %(column)d kan niet worden gelezen.")
            raise ParseError(text % {"line": error.lineno, "column": error.colno}) from error
        except RecursionError as error:
            raise ParseError(_("Het bericht is te diep genest.")) from error
        except ValueError as error:
            # A number of thousands of digits; Python's own words are for developers.
            raise ParseError(_("In het bericht staat een getal dat niet kan worden gelezen.")) from error
        return found


def _refuse_charset(media_type: str, context: Mapping[str, Any]) -> None:
    request = context.get("request")
    given = getattr(getattr(request, "_request", request), "content_params", {}).get("charset", "utf-8")
    if given.lower() not in {"utf-8", "utf8"}:
        raise UnsupportedMediaType(
            media_type, _("De tekenset “%(charset)s” kan niet; stuur JSON als UTF-8.") % {"charset": given[:40]}
        )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ParseError(
                _("De naam “%(name)s” staat twee keer in één object.") % {"name": _shown(name[:_LONGEST_SHOWN])}
            )
        found[name] = value
    return found


def _shown(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _refuse_constant(text)
    return number


def _refuse_constant(text: str) -> NoReturn:
    raise ParseError(
        _("“%(value)s” is geen getal dat JSON kent; laat het weg, of gebruik null.") % {"value": text[:_LONGEST_SHOWN]}
    )
