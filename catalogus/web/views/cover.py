"""The pictures of covers, each under the hash of its content."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from catalogus.covers import files
from catalogus.covers.pictures import Size

_A_YEAR_SECONDS = 365 * 24 * 3600


@require_safe
def cover_picture(_request: HttpRequest, content_hash: str, size: str) -> HttpResponse:
    """WebP that we made ourselves, the same for everybody and for ever. 404 where it is not held, or covers are off."""
    if not settings.COVERS_ENABLED:
        raise Http404
    try:
        body = files.read(content_hash, Size(size))
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(body, content_type="image/webp")
    patch_cache_control(response, public=True, max_age=_A_YEAR_SECONDS, immutable=True)
    return response
