"""The rows of the table about lists: one's own, one's section's, another's, and what has a link."""

from collections.abc import Callable

from django.urls import reverse

from selection.models import ListItem, MaterialList
from selection.share_links import share_token
from tests.rights.attempts import Action, Attempt, at, sends, visits
from tests.rights.roles import EVERYBODY, SIGNED_IN, Person, Role
from tests.rights.world import World

AREA = "Lists"
_SEES = "selection.access.list_to_see"
_CHANGES = "selection.access.list_to_change"

_IN_SECTION = frozenset({Role.MEMBER, Role.LEAD})


def _product(world: World) -> str:
    return f"?product={world.product.public_id}"


def _others(world: World) -> str:
    return world.others_list.public_id


def _sections(world: World) -> str:
    return world.sections_list.public_id


def _other_sections(world: World) -> str:
    return world.other_sections_list.public_id


def _keeps_locally(world: World, person: Person) -> bool:
    """A list that the browser held: 401 for who has no account, which is no address of a page."""
    lines = f'[{{"kind": "product", "id": "{world.product.public_id}"}}]'
    response = person.client.post(reverse("selection:local-list-keep"), {"name": "Uit de browser", "regels": lines})
    was_made = MaterialList.objects.filter(name="Uit de browser").exists()
    assert was_made == (response.status_code == 200), response.status_code
    return was_made


def _list_pages(public_id: Callable[[World], str]) -> Attempt:
    return visits(
        at("selection:list", public_id),
        at("selection:list-copy", public_id),
        at("selection:list-export", public_id, lambda _world: "csv"),
    )


def _changing_pages(public_id: Callable[[World], str]) -> Attempt:
    return visits(at("selection:list-change", public_id), at("selection:list-delete", public_id))


def _is_deleted(public_id: Callable[[World], str]) -> Callable[[World], bool]:
    return lambda world: not MaterialList.objects.filter(public_id=public_id(world)).exists()


LISTS = [
    Action(
        AREA,
        "hear of lists, and keep one in the browser",
        EVERYBODY,
        visits(at("selection:lists"), at("selection:local-list"), at("selection:local-list-rows")),
        "nobody: it is open",
        ("selection:lists", "selection:local-list", "selection:local-list-rows", "selection:local-list-export"),
    ),
    Action(
        AREA,
        "make a list of one's own",
        SIGNED_IN,
        sends(
            at("selection:list-new"),
            lambda _world: {"name": "Nieuw", "owner": "mij"},
            lambda _world: MaterialList.objects.filter(name="Nieuw").exists(),
        ),
        "who it is: each makes their own",
        ("selection:list-new",),
    ),
    Action(
        AREA,
        "keep the browser's list in the account",
        SIGNED_IN,
        _keeps_locally,
        "who it is: each keeps their own",
        ("selection:local-list-keep",),
    ),
    Action(
        AREA,
        "put a product on a new list",
        SIGNED_IN,
        sends(
            lambda world: at("selection:keep-on-list")(world) + _product(world),
            lambda _world: {"name": "Nieuw", "owner": "mij"},
            lambda _world: ListItem.objects.filter(list__name="Nieuw").exists(),
        ),
        "who it is: each makes their own",
        ("selection:keep-on-list",),
    ),
    Action(
        AREA,
        "read and copy a list of the section",
        _IN_SECTION,
        _list_pages(_sections),
        _SEES,
        ("selection:list", "selection:list-copy", "selection:list-export"),
    ),
    Action(
        AREA,
        "put a product on a list of the section",
        _IN_SECTION,
        sends(
            lambda world: at("selection:keep-on-list")(world) + _product(world),
            lambda world: {"lijst": _sections(world)},
            lambda _world: ListItem.objects.exists(),
        ),
        _CHANGES,
    ),
    Action(
        AREA,
        "rename a list of the section",
        _IN_SECTION,
        sends(
            at("selection:list-change", _sections),
            lambda _world: {"name": "Anders"},
            lambda _world: MaterialList.objects.filter(name="Anders").exists(),
        ),
        _CHANGES,
        ("selection:list-change", "selection:list-rows"),
    ),
    Action(
        AREA,
        "share a list of the section",
        _IN_SECTION,
        sends(
            at("selection:list-share", _sections),
            lambda _world: {"actie": "aan"},
            lambda world: MaterialList.objects.filter(pk=world.sections_list.pk, is_shared=True).exists(),
        ),
        _CHANGES,
        ("selection:list-share",),
    ),
    Action(
        AREA,
        "delete a list of the section",
        _IN_SECTION,
        sends(at("selection:list-delete", _sections), lambda _world: {}, _is_deleted(_sections)),
        _CHANGES,
        ("selection:list-delete",),
    ),
    Action(AREA, "read another section's list", frozenset(), _list_pages(_other_sections), _SEES),
    Action(AREA, "change another section's list", frozenset(), _changing_pages(_other_sections), _CHANGES),
    Action(AREA, "read another's list", frozenset(), _list_pages(_others), _SEES),
    Action(AREA, "change another's list", frozenset(), _changing_pages(_others), _CHANGES),
    Action(
        AREA,
        "delete another's list",
        frozenset(),
        sends(at("selection:list-delete", _others), lambda _world: {}, _is_deleted(_others)),
        _CHANGES,
    ),
    Action(
        AREA,
        "read a list by its link, for whoever has it",
        EVERYBODY,
        visits(
            at("selection:shared-list", lambda world: share_token(world.others_list)),
            at("selection:shared-list-export", lambda world: share_token(world.others_list), lambda _world: "csv"),
        ),
        "selection.access.shared_list",
        ("selection:shared-list", "selection:shared-list-export"),
    ),
]
