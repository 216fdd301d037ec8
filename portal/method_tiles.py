"""Methods as the home page shows them: with a cover, for whom they are, and why they stand there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogus.models import Method
from catalogus.search.overview import NamedMethod
from catalogus.web import formatting, hits
from catalogus.web.addresses import method_url
from catalogus.web.covers import Cover, covers_of_methods
from catalogus.web.review_words import rating_text


@dataclass(frozen=True, slots=True)
class MethodTile:
    """A method with its cover. note: why it stands here."""

    name: str
    url: str
    cover: Cover
    about: str
    audience: str
    note: str


def methods_of(*lists: Iterable[NamedMethod]) -> Mapping[int, Method]:
    """Those of the lists that still stand, for what was counted may be minutes old; one query, none for empty lists."""
    ids = {named.pk for one in lists for named in one}
    if not ids:
        return {}
    return Method.objects.live().filter(pk__in=ids).select_related("publisher").in_bulk()


def new_tiles(named: Iterable[NamedMethod], methods: Mapping[int, Method]) -> list[MethodTile]:
    found = [(methods[one.pk], one) for one in named if one.pk in methods]
    covers = _covers(method for method, _named in found)
    return [_tile(method, one, covers, _published(one)) for method, one in found]


def reviewed_tiles(named: Iterable[NamedMethod], methods: Mapping[int, Method]) -> list[MethodTile]:
    """Without those whose reviews were all taken back since."""
    found = [(methods[one.pk], one) for one in named if one.pk in methods and methods[one.pk].last_reviewed_at]
    covers = _covers(method for method, _named in found)
    return [_tile(method, one, covers, _reviewed(method)) for method, one in found]


def _covers(methods: Iterable[Method]) -> Mapping[str, Cover]:
    return covers_of_methods([(one.public_id, one.name, one.publisher.name) for one in methods])


def _published(named: NamedMethod) -> str:
    return _("Verschenen op %(day)s") % {"day": formatting.day(named.published_on)} if named.published_on else ""


def _reviewed(method: Method) -> str:
    """When last, and what all reviewers say."""
    if method.last_reviewed_at is None:
        return ""
    day = formatting.day(timezone.localtime(method.last_reviewed_at))
    return _("Beoordeeld op %(day)s: %(rating)s") % {"day": day, "rating": rating_text(method)}


def _tile(method: Method, named: NamedMethod, covers: Mapping[str, Cover], note: str) -> MethodTile:
    publisher: str = method.publisher.name
    subjects = hits.subjects(named.subjects)
    return MethodTile(
        name=method.name,
        url=method_url(method.public_id, method.name),
        cover=covers[method.public_id],
        about=" · ".join(part for part in (publisher, subjects) if part),
        audience=hits.audience(named.levels, named.years),
        note=note,
    )
