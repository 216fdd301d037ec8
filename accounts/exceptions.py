"""The errors about people that this room raises on purpose; their texts are for who reads them.

* FederationRefused       what a federation sent cannot be believed or used; nobody is signed in
* InvitationRefused       the invitation is used, too old, withdrawn or for another
* SchoolRefused           the school is not known, has ended, or the person has no address there
* SectionRefused          the section cannot be changed so
* PublisherMemberRefused  who speaks for a publisher cannot be changed so
* TokenRefused            a personal token is unknown, expired, revoked or of an account that is off; or cannot be made
* DeletionRefused         the account cannot be deleted as things are; says why and what to do first
* AddressFileRefused      an address file of schools cannot be read; nothing was stored
* SchoolsStopped          somebody asked to stop while schools were stored or ended; what was done stays
* DemonstrationRefused    invented people cannot be stored here
"""

from allauth.socialaccount.providers.oauth2.client import OAuth2Error

from catalogus.exceptions import CatalogusError


class FederationRefused(CatalogusError, OAuth2Error):
    pass


class InvitationRefused(CatalogusError):
    pass


class SchoolRefused(CatalogusError):
    pass


class SectionRefused(CatalogusError):
    pass


class PublisherMemberRefused(CatalogusError):
    pass


class TokenRefused(CatalogusError):
    pass


class DeletionRefused(CatalogusError):
    pass


class AddressFileRefused(CatalogusError):
    pass


class SchoolsStopped(CatalogusError):
    pass


class DemonstrationRefused(CatalogusError):
    pass
