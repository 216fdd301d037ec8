"""Moderators, flags and decisions, for tests of moderation."""

import itertools

from allauth.account.models import EmailAddress

from accounts.models import PublisherMember, PublisherRole, User
from catalogus.models import Publisher
from reviews.models import PublisherReply, Review

WHY = "Er staan gegevens van een persoon in de tekst."

_numbers = itertools.count(1)


def make_moderator() -> User:
    """Somebody who moderates, as a page sees them in a visit that began with a second factor."""
    user = User.objects.create_user(display_name=f"Moderator {next(_numbers)}", is_moderator=True)
    user.has_second_factor = True
    return user


def make_publishers_person(publisher: Publisher, role: PublisherRole = PublisherRole.EDITOR) -> User:
    user = User.objects.create_user(display_name="Van de uitgever")
    PublisherMember.objects.create(user=user, publisher=publisher, role=role)
    user.has_second_factor = True
    return user


def make_reply(review: Review, text: str = "Dank u wel.") -> PublisherReply:
    publisher = review.shown_method.publisher
    return PublisherReply.objects.create(
        review=review,
        publisher=publisher,
        author=make_publishers_person(publisher),
        text=text,
        answered_version=review.version,
    )


def give_address(user: User) -> str:
    """An address that letters go to."""
    address = f"persoon{user.pk}@school.example"
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return address
