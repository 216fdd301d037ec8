"""What there is to be allowed: the rows of docs/rights.md. Every later page, endpoint or action adds its own."""

from accounts import access
from catalogus.web.addresses import product_url
from ingest import access as ingest_access
from ingest.models import Harvest
from tests.rights.attempts import Action, Attempt, at, sends, visits
from tests.rights.roles import Person, Role
from tests.rights.world import World

EVERYBODY = frozenset(Role)
SIGNED_IN = EVERYBODY - {Role.ANONYMOUS}
STAFF = frozenset({Role.STAFF})
PUBLISHER = frozenset({Role.READER, Role.EDITOR, Role.OWNER})
WORKS_HERE = frozenset({Role.TEACHER, Role.MEMBER, Role.LEAD})

PUBLIC = {
    "admin:login": "leads to the sign-in page",
    "federation_callback": "answers a federation; state, nonce and signature decide",
    "ingest:harvest-changes-csv": "the same as the page of changes",
    "ingest:remap-changes-csv": "the same as the page of changes",
}
"""Addresses that are in no row, each with why."""


def asks(question: str) -> Attempt:
    """A rule that has no page yet: ask the function itself, about the world's section, school and publisher."""
    questions = {
        "review": lambda user, _world: access.may_review(user),
        "moderate": lambda user, _world: access.may_moderate(user),
        "interest": lambda user, world: access.has_interest_in(user, world.publisher.pk),
        "other interest": lambda user, world: access.has_interest_in(user, world.other_publisher.pk),
    }

    def attempt(world: World, person: Person) -> bool:
        # The visitor as a page would see it, with what its visit has proven.
        request = person.client.get("/zoeken/", follow=True).wsgi_request
        return bool(questions[question](request.user, world))

    return attempt


CATALOGUE = [
    Action(
        "The catalogue",
        "search, read methods and products",
        # Whoever has yet to show a second factor is led there first.
        EVERYBODY - {Role.UNPROVEN},
        visits(
            at("catalogus:search"),
            lambda world: product_url(world.product.public_id, world.product.title),
        ),
        "nobody: it is open",
        (
            "catalogus:search",
            "catalogus:product",
            "catalogus:product-by-id",
            "catalogus:method",
            "catalogus:method-by-id",
        ),
    ),
    Action(
        "The catalogue",
        "home, language, health",
        EVERYBODY,
        visits(at("portal:home"), at("portal:healthz")),
        "nobody: it is open",
        ("portal:home", "portal:healthz", "portal:set-language"),
    ),
    Action(
        "The catalogue",
        "the API",
        EVERYBODY,
        visits(
            at("api:index"),
            at("api:products"),
            at("api:product", lambda world: world.product.public_id),
            at("api:product-by-ean", lambda world: world.product.ean),
            at("api:methods"),
            at("api:method", lambda world: world.product.method.public_id),
            at("openapi"),
        ),
        "nobody: it is open",
        ("api:index", "api:products", "api:product", "api:product-by-ean", "api:methods", "api:method", "openapi"),
    ),
]

DELIVERIES = [
    Action(
        "What was delivered",
        "raw records of the publisher's product",
        STAFF | PUBLISHER,
        visits(
            at("ingest:product-raw", lambda world: world.product.public_id),
            at("ingest:record-raw", lambda world: world.record.pk),
            at("ingest:record-download", lambda world: world.record.pk, lambda _world: "inhoud"),
        ),
        "ingest.access.may_see_records",
        ("ingest:product-raw", "ingest:record-raw", "ingest:record-download"),
    ),
    Action(
        "What was delivered",
        "raw records of another's, or of nobody's",
        STAFF,
        visits(
            at("ingest:product-raw", lambda world: world.other_product.public_id),
            at("ingest:record-raw", lambda world: world.nobodys_record.pk),
        ),
        "ingest.access.may_see_records",
    ),
    Action(
        "What was delivered",
        "quality of the publisher's deliveries",
        STAFF | PUBLISHER,
        visits(
            at("ingest:quality"),
            at("ingest:quality-publisher", lambda world: world.publisher.slug),
            at("ingest:quality-publisher-csv", lambda world: world.publisher.slug),
            at("ingest:quality-publisher-finding", lambda world: world.publisher.slug, lambda _world: "bad_url"),
        ),
        "ingest.access.may_see_quality",
        (
            "ingest:quality",
            "ingest:quality-publisher",
            "ingest:quality-publisher-csv",
            "ingest:quality-publisher-finding",
        ),
    ),
    Action(
        "What was delivered",
        "quality of another publisher's deliveries, and of a whole source",
        STAFF,
        visits(
            at("ingest:quality-publisher", lambda world: world.other_publisher.slug),
            at("ingest:quality-source", lambda world: world.source.code),
            at("ingest:quality-source-csv", lambda world: world.source.code),
            at("ingest:quality-source-finding", lambda world: world.source.code, lambda _world: "bad_url"),
        ),
        "ingest.access.may_see_quality",
        ("ingest:quality-source", "ingest:quality-source-csv", "ingest:quality-source-finding"),
    ),
    Action(
        "What was delivered",
        "the log of harvests and remaps",
        STAFF,
        visits(
            at("ingest:harvests"),
            at("ingest:harvest", lambda world: world.one_pass.pk),
            at("ingest:harvest-refusals", lambda world: world.one_pass.pk),
            at("ingest:harvest-changes", lambda world: world.one_pass.pk),
            at("ingest:remaps"),
            at("ingest:remap", lambda world: world.remap.pk),
            at("ingest:remap-changes", lambda world: world.remap.pk),
            at("ingest:harvest-withdraw", lambda world: world.held.pk),
        ),
        "accounts.access.is_editor",
        (
            "ingest:harvests",
            "ingest:harvest",
            "ingest:harvest-refusals",
            "ingest:harvest-changes",
            "ingest:remaps",
            "ingest:remap",
            "ingest:remap-changes",
            "ingest:harvest-withdraw",
        ),
    ),
    Action(
        "What was delivered",
        "stop a pass",
        STAFF,
        sends(
            at("ingest:harvest-stop", lambda world: world.running.pk),
            lambda _world: {},
            lambda _world: Harvest.objects.exclude(stop_requested_by="").exists(),
        ),
        "accounts.access.is_editor",
        ("ingest:harvest-stop",),
    ),
]

REVIEWS = [
    Action("Reviews", "review a method", WORKS_HERE, asks("review"), "accounts.access.may_review"),
    Action(
        "Reviews",
        "judge reported reviews",
        frozenset({Role.MODERATOR, Role.STAFF}),
        asks("moderate"),
        "accounts.access.may_moderate",
    ),
    Action(
        "Reviews",
        "is held to have an interest in the publisher's methods",
        PUBLISHER | {Role.UNPROVEN},
        asks("interest"),
        "accounts.access.has_interest_in",
    ),
    Action(
        "Reviews",
        "is held to have an interest in another's methods",
        frozenset(),
        asks("other interest"),
        "accounts.access.has_interest_in",
    ),
]

ADMINISTRATION = [
    Action(
        "Administration",
        "enter it; what one may do there is up to Django's permissions",
        STAFF,
        visits(at("admin:index")),
        "accounts.access.may_administer",
        ("admin:index",),
    ),
]

OWN_DATA = [
    Action(
        "One's own account",
        "what is kept of people and why",
        EVERYBODY,
        visits(at("portal:privacy"), at("accounts:deleted")),
        "nobody: it is open",
        ("portal:privacy", "accounts:deleted"),
    ),
    Action(
        "One's own account",
        "overview, profile, mail, download and deletion",
        # A second factor guards what a role opens; what is one's own needs none.
        SIGNED_IN,
        visits(
            at("accounts:overview"),
            at("accounts:profile"),
            at("accounts:mail"),
            at("accounts:data"),
            at("accounts:data-file"),
            at("accounts:delete"),
        ),
        "who it is: each sees their own alone",
        (
            "accounts:overview",
            "accounts:profile",
            "accounts:mail",
            "accounts:data",
            "accounts:data-file",
            "accounts:delete",
        ),
    ),
]

TABLE = [*CATALOGUE, *DELIVERIES, *REVIEWS, *ADMINISTRATION, *OWN_DATA]

FUNCTIONS = {
    f"{module.__name__}.{name}"
    for module in (access, ingest_access)
    for name in vars(module)
    if name.startswith(("may_", "has_interest", "is_editor")) and getattr(module, name).__module__ == module.__name__
}
"""Every function that decides; each must decide in at least one row."""
