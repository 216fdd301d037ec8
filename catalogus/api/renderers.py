"""JSON by orjson: a list with its facets is some 60 KB, and Python's own encoder takes as long as the view."""

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder


class FastJSONRenderer(JSONRenderer):
    """The same values as REST framework's own, which still decides what a date, a UUID or a lazy text becomes."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # noqa: ARG002  The framework's signature.
        renderer_context: Mapping[str, Any] | None = None,  # noqa: ARG002  Idem.
    ) -> bytes:
        if data is None:
            return b""
        return orjson.dumps(data, default=JSONEncoder().default, option=_OPTIONS)


# Dates and UUIDs as the framework writes them, not as orjson would.
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS
