"""The rows of the table about people: schools, sections, publishers' members, one's own account."""

from django.utils import timezone

from accounts.models import (
    Affiliation,
    AffiliationState,
    Invitation,
    PersonalToken,
    PublisherMember,
    PublisherRole,
    Section,
    SectionMember,
    SectionRole,
)
from accounts.services.invitation_tokens import invitation_token
from catalogus.models import Concept, Scheme
from tests.rights.attempts import Action, at, sends, visits
from tests.rights.roles import EVERYBODY, PUBLISHER, SIGNED_IN, STAFF, WORKS_HERE, Role

LEADS = STAFF | {Role.LEAD}
NEW = "nieuw@esdoorn.example"

SCHOOLS = [
    Action(
        "Schools",
        "find a school, see one's own",
        SIGNED_IN,
        visits(at("accounts:school")),
        "who it is: each sees their own alone",
        ("accounts:school", "accounts:school-ask"),
    ),
    Action(
        "Schools",
        "leave a school in another's place",
        frozenset(),
        sends(
            at("accounts:school-leave", lambda world: world.asks_here.pk),
            lambda _world: {},
            lambda world: Affiliation.objects.filter(pk=world.asks_here.pk, state=AffiliationState.ENDED).exists(),
        ),
        "who it is: each leaves for themselves alone",
        ("accounts:school-leave",),
    ),
    Action(
        "Schools",
        "see who waits to be confirmed",
        LEADS,
        visits(at("accounts:waiting")),
        "accounts.access.may_decide",
        ("accounts:waiting",),
    ),
    Action(
        "Schools",
        "confirm that somebody works at the school",
        LEADS,
        sends(
            at("accounts:waiting-decide", lambda world: world.asks_here.pk),
            lambda _world: {"besluit": "ja"},
            lambda world: Affiliation.objects.filter(pk=world.asks_here.pk, state=AffiliationState.APPROVED).exists(),
        ),
        "accounts.access.may_decide",
        ("accounts:waiting-decide",),
    ),
    Action(
        "Schools",
        "say that somebody whom people confirmed left the school",
        LEADS,
        sends(
            at("accounts:waiting-end", lambda world: world.known_by_mail.pk),
            lambda _world: {"reason": "Werkt hier niet meer."},
            lambda world: Affiliation.objects.filter(pk=world.known_by_mail.pk, state=AffiliationState.ENDED).exists(),
        ),
        "accounts.access.may_decide",
        ("accounts:waiting-end",),
    ),
    Action(
        "Schools",
        "confirm it at another school",
        STAFF,
        sends(
            at("accounts:waiting-decide", lambda world: world.asks_elsewhere.pk),
            lambda _world: {"besluit": "ja"},
            lambda world: Affiliation.objects.filter(
                pk=world.asks_elsewhere.pk, state=AffiliationState.APPROVED
            ).exists(),
        ),
        "accounts.access.may_decide",
    ),
]


def _has_invited(**fields: object) -> bool:
    return Invitation.objects.filter(email=NEW, **fields).exists()


def _is_withdrawn(invitation: Invitation) -> bool:
    return Invitation.objects.filter(pk=invitation.pk, withdrawn_at__isnull=False).exists()


SECTIONS = [
    Action(
        "Sections",
        "see one's own sections",
        SIGNED_IN,
        visits(at("accounts:sections")),
        "who it is: each sees their own alone",
        ("accounts:sections",),
    ),
    Action(
        "Sections",
        "found a section at the school",
        WORKS_HERE,
        sends(
            at("accounts:sections"),
            lambda world: {"school": str(world.school.pk), "subject": str(_new_subject().pk)},
            lambda world: Section.objects.filter(school=world.school, subject=_new_subject()).exists(),
        ),
        "accounts.access.may_found_section",
    ),
    Action(
        "Sections",
        "see who is in the section",
        LEADS | {Role.MEMBER},
        visits(at("accounts:section", lambda world: world.section.pk)),
        "accounts.access.may_see_section",
        ("accounts:section",),
    ),
    Action(
        "Sections",
        "see who is in another's",
        STAFF,
        visits(at("accounts:section", lambda world: world.other_section.pk)),
        "accounts.access.may_see_section",
    ),
    Action(
        "Sections",
        "invite to the section",
        LEADS,
        sends(
            at("accounts:section-invite", lambda world: world.section.pk),
            lambda _world: {"email": NEW, "role": SectionRole.MEMBER},
            lambda world: _has_invited(section=world.section),
        ),
        "accounts.access.may_lead",
        ("accounts:section-invite",),
    ),
    Action(
        "Sections",
        "invite to another's",
        STAFF,
        sends(
            at("accounts:section-invite", lambda world: world.other_section.pk),
            lambda _world: {"email": NEW, "role": SectionRole.MEMBER},
            lambda world: _has_invited(section=world.other_section),
        ),
        "accounts.access.may_lead",
    ),
    Action(
        "Sections",
        "take an invitation back",
        LEADS,
        sends(
            at(
                "accounts:section-invitation",
                lambda world: world.section.pk,
                lambda world: world.section_invitation.pk,
                lambda _world: "intrekken",
            ),
            lambda _world: {},
            lambda world: _is_withdrawn(world.section_invitation),
        ),
        "accounts.access.may_lead",
        ("accounts:section-invitation",),
    ),
    Action(
        "Sections",
        "send a member off, or make them lead",
        LEADS,
        sends(
            at(
                "accounts:section-member",
                lambda world: world.section.pk,
                lambda world: world.colleague.pk,
                lambda _world: "weg",
            ),
            lambda _world: {},
            lambda world: SectionMember.objects.filter(pk=world.colleague.pk, left_at__isnull=False).exists(),
        ),
        "accounts.access.may_lead",
        ("accounts:section-member",),
    ),
    Action(
        "Sections",
        "leave the section",
        frozenset({Role.MEMBER, Role.LEAD}),
        sends(
            at("accounts:section-leave", lambda world: world.section.pk),
            lambda _world: {},
            lambda world: SectionMember.objects.filter(section=world.section, left_at__isnull=False).exists(),
        ),
        "accounts.access.section_role",
        ("accounts:section-leave",),
    ),
    Action(
        "Sections",
        "take the lead of an empty section of the school",
        WORKS_HERE,
        sends(
            at("accounts:section-take-lead", lambda world: world.leaderless.pk),
            lambda _world: {},
            lambda world: SectionMember.objects.filter(section=world.leaderless, role=SectionRole.LEAD).exists(),
        ),
        "accounts.access.may_take_lead",
        ("accounts:section-take-lead",),
    ),
    Action(
        "Sections",
        "end the section",
        LEADS,
        sends(
            at("accounts:section-end", lambda world: world.section.pk),
            lambda _world: {},
            lambda world: Section.objects.filter(pk=world.section.pk, ended_at__isnull=False).exists(),
        ),
        "accounts.access.may_lead",
        ("accounts:section-end",),
    ),
    Action(
        "Sections",
        "read an invitation, for whoever holds its letter",
        EVERYBODY,
        visits(
            at("accounts:invitation", lambda world: invitation_token(world.section_invitation)),
            at("accounts:invitation", lambda world: invitation_token(world.publisher_invitation)),
        ),
        "the signature of the letter",
        ("accounts:invitation",),
    ),
    Action(
        "Sections",
        "accept one that was sent to another's address",
        frozenset(),
        sends(
            at("accounts:invitation", lambda world: invitation_token(world.section_invitation)),
            lambda _world: {},
            lambda world: Invitation.objects.filter(pk=world.section_invitation.pk, accepted_at__isnull=False).exists(),
        ),
        "accounts.services.invitations.accept_invitation",
    ),
]


def _new_subject() -> Concept:
    return Concept.objects.get(scheme=Scheme.SUBJECT, code="nederlands")


PUBLISHERS = [
    Action(
        "Publishers' members",
        "see who speaks for the publisher",
        STAFF | PUBLISHER,
        visits(at("accounts:publishers"), at("accounts:publisher", lambda world: world.publisher.slug)),
        "accounts.access.publisher_role",
        ("accounts:publishers", "accounts:publisher"),
    ),
    Action(
        "Publishers' members",
        "see who speaks for another",
        STAFF,
        visits(at("accounts:publisher", lambda world: world.other_publisher.slug)),
        "accounts.access.publisher_role",
    ),
    Action(
        "Publishers' members",
        "invite for the publisher",
        STAFF,
        sends(
            at("accounts:publisher-invite", lambda world: world.publisher.slug),
            lambda _world: {"email": NEW, "role": PublisherRole.READER},
            lambda world: _has_invited(publisher=world.publisher),
        ),
        "accounts.access.may_invite_for",
        ("accounts:publisher-invite",),
    ),
    Action(
        "Publishers' members",
        "take an invitation back",
        STAFF,
        sends(
            at(
                "accounts:publisher-invitation",
                lambda world: world.publisher.slug,
                lambda world: world.publisher_invitation.pk,
                lambda _world: "intrekken",
            ),
            lambda _world: {},
            lambda world: _is_withdrawn(world.publisher_invitation),
        ),
        "accounts.access.may_invite_for",
        ("accounts:publisher-invitation",),
    ),
    Action(
        "Publishers' members",
        "change a member's role, or end it",
        STAFF | {Role.OWNER},
        sends(
            at(
                "accounts:publisher-member",
                lambda world: world.publisher.slug,
                lambda world: world.others_member.pk,
                lambda _world: "rol",
            ),
            lambda _world: {"role": PublisherRole.EDITOR},
            lambda world: PublisherMember.objects.filter(pk=world.others_member.pk, role=PublisherRole.EDITOR).exists(),
        ),
        "accounts.access.may_manage_members_of",
        ("accounts:publisher-member",),
    ),
]

OWN_ACCOUNT = [
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
    Action(
        "One's own account",
        "see one's own tokens for programs",
        SIGNED_IN,
        visits(at("accounts:tokens"), at("accounts:token-new")),
        "who it is: each sees their own alone",
        ("accounts:tokens",),
    ),
    Action(
        "One's own account",
        "make a token; it acts as one without a second factor",
        SIGNED_IN,
        sends(
            at("accounts:token-new"),
            lambda _world: {"name": "Nieuw", "scopes": "review", "expires_on": str(timezone.localdate())},
            lambda _world: PersonalToken.objects.filter(name="Nieuw").exists(),
        ),
        "who it is: each makes their own",
        ("accounts:token-new",),
    ),
    Action(
        "One's own account",
        "revoke another's token",
        frozenset(),
        sends(
            at("accounts:token-revoke", lambda world: world.others_token.pk),
            lambda _world: {},
            lambda world: PersonalToken.objects.filter(pk=world.others_token.pk, revoked_at__isnull=False).exists(),
        ),
        "who it is: each revokes their own alone",
        ("accounts:token-revoke",),
    ),
    Action(
        "One's own account",
        "sign in, sign up, ask for a new password",
        EVERYBODY,
        visits(
            at("account_login"),
            at("account_signup"),
            at("account_reset_password"),
            at("account_reset_password_done"),
            at("account_reset_password_from_key_done"),
            at("account_logout"),
        ),
        "nobody: it is open",
        (
            "account_login",
            "account_signup",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
            "account_logout",
        ),
    ),
    Action(
        "One's own account",
        "address, second factor, sessions",
        SIGNED_IN,
        visits(
            at("account_email"),
            at("mfa_index"),
            at("mfa_list_webauthn"),
            at("usersessions_list"),
            at("accounts:second-factor-needed"),
        ),
        "who it is: each sees their own alone",
        ("account_email", "mfa_index", "mfa_list_webauthn", "usersessions_list", "accounts:second-factor-needed"),
    ),
]
