"""The rows of the table about what people keep: each their own, and nobody another's."""

from accounts.models import MailChoice
from selection.models import SavedSearch
from selection.services.digest import DIGEST
from selection.services.stopping import Stop
from tests.rights.attempts import Action, at, sends, visits
from tests.rights.roles import EVERYBODY, SIGNED_IN
from tests.rights.world import World

_OWN = "selection.access.own_search, selection.access.own_letter"


def _chose(_world: World) -> bool:
    return MailChoice.objects.filter(kind=DIGEST, is_wanted=True).exists()


KEPT = [
    Action(
        "What people keep",
        "keep a search, see one's own",
        SIGNED_IN,
        visits(at("selection:searches"), at("selection:save")),
        "who it is: each keeps their own",
        ("selection:searches", "selection:save"),
    ),
    Action(
        "What people keep",
        "take the weekly letter again",
        SIGNED_IN,
        # It leads back to the list; the row of the choice is its own and new.
        sends(at("selection:digest"), lambda _world: {"gewenst": "ja"}, _chose),
        "who it is: each chooses for themselves",
        ("selection:digest",),
    ),
    Action(
        "What people keep",
        "see another's search, or what another was told",
        frozenset(),
        visits(
            at("selection:search", lambda world: world.others_search.pk),
            at("selection:delete", lambda world: world.others_search.pk),
            at("selection:letter", lambda world: world.others_letter.pk),
        ),
        _OWN,
        ("selection:letter",),
    ),
    Action(
        "What people keep",
        "change another's search",
        frozenset(),
        sends(
            at("selection:search", lambda world: world.others_search.pk),
            lambda _world: {"name": "Gekaapt"},
            lambda _world: SavedSearch.objects.filter(name="Gekaapt").exists(),
        ),
        _OWN,
        ("selection:search",),
    ),
    Action(
        "What people keep",
        "delete another's search",
        frozenset(),
        sends(
            at("selection:delete", lambda world: world.others_search.pk),
            lambda _world: {},
            lambda world: not SavedSearch.objects.filter(pk=world.others_search.pk).exists(),
        ),
        _OWN,
        ("selection:delete",),
    ),
    Action(
        "What people keep",
        "stop a letter, for whoever holds it",
        EVERYBODY,
        visits(at("selection:stop", lambda world: Stop(world.others_search.user_id).token)),
        "the signature of the letter",
        ("selection:stop",),
    ),
]
