"""Pages and documents packed for their way; static files are packed once, when they are collected."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_PACKED = ("text/html", "text/plain", "application/json", "application/problem+json", "application/xml", "text/xml")
"""What gets smaller. Pictures and sheets are packed already; a download is sent as it is made, line by line."""


class TextCompressionMiddleware(GZipMiddleware):
    """Django's own for text. It adds bytes of random number, so that a length tells nothing of a token (BREACH)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith(_PACKED):
            return response
        return super().process_response(request, response)
