"""Who speaks for a publisher: roles changed and members sent off, by its owners or by staff."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import is_editor
from accounts.exceptions import PublisherMemberRefused
from accounts.models import PublisherMember, PublisherRole, User
from catalogus.models import Publisher
from catalogus.services.publishers import family_of, survivor


@transaction.atomic
def change_publisher_role(*, member: PublisherMember, role: PublisherRole, by: User) -> PublisherMember:
    """Give a member another role. Whether `by` may is access.may_manage_members_of, which the caller asks.

    Raises PublisherMemberRefused for one who left, and for the last owner, unless staff do it.
    """
    member = _held(member)
    if member.role == role:
        return member
    _keep_an_owner(member, by)
    member.role = role
    member.full_clean()
    member.save(update_fields=["role"])
    return member


@transaction.atomic
def end_publisher_membership(*, member: PublisherMember, by: User) -> PublisherMember:
    """End that a person speaks for a publisher; the row stays, for their interest outlasts it.

    Raises PublisherMemberRefused for one who left already, and for the last owner, unless staff do it.
    """
    member = _held(member)
    _keep_an_owner(member, by)
    member.ended_at = timezone.now()
    member.full_clean()
    member.save(update_fields=["ended_at"])
    return member


def _held(member: PublisherMember) -> PublisherMember:
    """The member, with the whole publisher held: two owners who send each other off leave one."""
    head = survivor(member.publisher)
    Publisher.objects.select_for_update(no_key=True).get(pk=head.pk)
    member = PublisherMember.objects.select_for_update(of=("self",)).select_related("publisher").get(pk=member.pk)
    if member.ended_at is not None:
        raise PublisherMemberRefused(
            _("Deze persoon werkt niet meer voor %(publisher)s. Er is niets veranderd.") % {"publisher": head}
        )
    return member


def _keep_an_owner(member: PublisherMember, by: User) -> None:
    if member.role != PublisherRole.OWNER or is_editor(by):
        return
    others = PublisherMember.objects.filter(
        publisher_id__in=family_of(member.publisher_id), role=PublisherRole.OWNER, ended_at=None
    ).exclude(pk=member.pk)
    if not others.exclude(user_id=member.user_id).exists():
        raise PublisherMemberRefused(
            _("De laatste eigenaar van %(publisher)s blijft. Maak eerst een ander eigenaar, of vraag de redactie van "
              "de catalogus.") % {"publisher": survivor(member.publisher)}
        )  # fmt: skip
