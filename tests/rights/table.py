"""What there is to be allowed: the rows of docs/rights.md. Every later page, endpoint or action adds its own."""

from django.urls import reverse

from accounts import access
from catalogus.paths import product_part_path
from catalogus.web.addresses import product_url
from ingest import access as ingest_access
from ingest.models import DataReport, Harvest, ReportState
from reviews import access as review_access
from tests.rights.attempts import Action, Attempt, at, sends, visits
from tests.rights.kept_rows import KEPT
from tests.rights.list_rows import LISTS
from tests.rights.people_rows import OWN_ACCOUNT, PUBLISHERS, SCHOOLS, SECTIONS
from tests.rights.review_answering_rows import REVIEW_ANSWERING
from tests.rights.review_api_rows import REVIEW_API
from tests.rights.review_moderation_rows import REVIEW_MODERATION
from tests.rights.review_reading_rows import REVIEW_READING
from tests.rights.review_rules_rows import REVIEW_RULES
from tests.rights.review_writing_rows import REVIEW_WRITING
from tests.rights.roles import EVERYBODY, PUBLISHER, STAFF, WORKS_HERE, Person, Role
from tests.rights.world import World

_ASKS_AGAIN = "asks once more who one is, and is about one's own second factor; tests/accounts/test_second_factor.py"

PUBLIC = {
    "socialaccount_login_error": "tells that signing in failed (401)",
    "socialaccount_login_cancelled": "tells that nothing happened",
    "account_inactive": "tells who was switched off",
    "account_email_verification_sent": "takes the code that was mailed",
    "account_reset_password_from_key": "takes the letter that was mailed",
    "account_change_password": _ASKS_AGAIN,
    "account_set_password": _ASKS_AGAIN,
    "account_reauthenticate": "asks who one is",
    "mfa_reauthenticate": "asks who one is",
    "mfa_reauthenticate_webauthn": "asks who one is",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
    "mfa_activate_totp": _ASKS_AGAIN,
    "mfa_totp_picture": _ASKS_AGAIN,
    "mfa_deactivate_totp": _ASKS_AGAIN,
    "mfa_add_webauthn": _ASKS_AGAIN,
    "mfa_edit_webauthn": _ASKS_AGAIN,
    "mfa_remove_webauthn": _ASKS_AGAIN,
    "mfa_view_recovery_codes": _ASKS_AGAIN,
    "mfa_generate_recovery_codes": _ASKS_AGAIN,
    "mfa_download_recovery_codes": _ASKS_AGAIN,
    "federation_login": "leads to a federation; tests/accounts/federation",
    "admin:login": "leads to the sign-in page",
    "federation_callback": "answers a federation; state, nonce and signature decide",
    "catalogus:suggestions": "what anybody can search for, while typing",
    "api:suggest": "the same as the suggestions of the page",
    "api:method-related": "methods that anybody can read",
    "catalogus:export-csv": "the same as the search page",
    "catalogus:export-xlsx": "the same as the search page",
    "catalogus:cover": "a picture that every page may show; 404 where covers are off",
    "selection:compare": "methods and products that anybody can read; its address holds all that it shows",
    "selection:compare-csv": "the same as the comparison's page",
    "selection:compare-xlsx": "the same as the comparison's page",
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
            at("catalogus:facet", lambda _world: "publisher"),
            lambda world: product_url(world.product.public_id, world.product.title),
            *(
                lambda world, name=name: product_part_path(name, world.product.public_id, world.product.title)
                for name in ("product-history", "product-ris", "product-bibtex")
            ),
        ),
        "nobody: it is open",
        (
            "catalogus:search",
            "catalogus:facet",
            "catalogus:product",
            "catalogus:product-by-id",
            "catalogus:product-history",
            "catalogus:product-ris",
            "catalogus:product-bibtex",
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
        "help, status, contact, accessibility",
        EVERYBODY,
        visits(
            at("portal:help"),
            at("portal:help-search"),
            at("portal:help-reviews"),
            at("portal:help-data"),
            at("portal:help-api"),
            at("portal:accessibility"),
            at("portal:about"),
            at("portal:contact"),
            at("portal:status"),
            at("portal:status-json"),
        ),
        "nobody: it is open",
        (
            "portal:help",
            "portal:help-search",
            "portal:help-reviews",
            "portal:help-data",
            "portal:help-api",
            "portal:accessibility",
            "portal:about",
            "portal:contact",
            "portal:status",
            "portal:status-json",
        ),
    ),
    Action(
        "The catalogue",
        "report that something is wrong",
        EVERYBODY - {Role.UNPROVEN},
        sends(
            lambda world: f"{reverse('ingest:report')}?product={world.product.public_id}",
            lambda _world: {"kind": "price", "text": "De prijs is verouderd."},
            lambda _world: DataReport.objects.filter(text="De prijs is verouderd.").exists(),
        ),
        "nobody: it is open",
        ("ingest:report", "ingest:report-thanks"),
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
            at("api:product-facet", lambda _world: "publisher"),
            at("api:methods"),
            at("api:method-facet", lambda _world: "publisher"),
            at("api:method", lambda world: world.product.method.public_id),
            at("openapi"),
        ),
        "nobody: it is open",
        (
            "api:index",
            "api:products",
            "api:product",
            "api:product-by-ean",
            "api:product-facet",
            "api:methods",
            "api:method",
            "api:method-facet",
            "openapi",
        ),
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
        "ingest.access.may_see_records, accounts.access.may_see_deliveries_of",
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
        "ingest.access.may_see_records, accounts.access.may_see_deliveries_of",
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
        "ingest.access.may_see_quality, accounts.access.may_see_deliveries_of",
        (
            "ingest:quality",
            "ingest:quality-publisher",
            "ingest:quality-publisher-csv",
            "ingest:quality-publisher-finding",
        ),
    ),
    Action(
        "What was delivered",
        "what visitors reported about the publisher's products",
        STAFF | PUBLISHER,
        visits(at("ingest:quality-publisher-reports", lambda world: world.publisher.slug)),
        "ingest.access.may_see_quality, accounts.access.may_see_deliveries_of",
        ("ingest:quality-publisher-reports",),
    ),
    Action(
        "What was delivered",
        "what visitors reported about another publisher's products",
        STAFF,
        visits(at("ingest:quality-publisher-reports", lambda world: world.other_publisher.slug)),
        "ingest.access.may_see_quality, accounts.access.may_see_deliveries_of",
    ),
    Action(
        "What was delivered",
        "handle a visitor's report",
        STAFF,
        sends(
            at("admin:ingest_datareport_change", lambda world: world.report.pk),
            lambda _world: {"decision": "handled"},
            lambda world: DataReport.objects.filter(pk=world.report.pk, state=ReportState.HANDLED).exists(),
        ),
        "accounts.access.is_editor",
    ),
    Action(
        "What was delivered",
        "delete a visitor's report",
        STAFF,
        sends(
            at("admin:ingest_datareport_delete", lambda world: world.report.pk),
            lambda _world: {"post": "yes"},
            lambda world: not DataReport.objects.filter(pk=world.report.pk).exists(),
        ),
        "accounts.access.is_editor",
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
        "ingest.access.may_see_quality, accounts.access.may_see_deliveries_of",
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

TABLE = [
    *CATALOGUE,
    *DELIVERIES,
    *SCHOOLS,
    *SECTIONS,
    *PUBLISHERS,
    *REVIEWS,
    *REVIEW_READING,
    *REVIEW_WRITING,
    *REVIEW_ANSWERING,
    *REVIEW_MODERATION,
    *REVIEW_RULES,
    *REVIEW_API,
    *KEPT,
    *LISTS,
    *ADMINISTRATION,
    *OWN_ACCOUNT,
]

FUNCTIONS = {
    f"{module.__name__}.{name}"
    for module in (access, ingest_access, review_access)
    for name in vars(module)
    if name.startswith(("may_", "has_interest", "is_editor")) and getattr(module, name).__module__ == module.__name__
}
"""Every function that decides; each must decide in at least one row."""
