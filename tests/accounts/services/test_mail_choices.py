"""Which mail a person wants."""

import pytest
from django.core.exceptions import ValidationError

from accounts import mail_kinds
from accounts.models import MailChoice
from accounts.selectors.mail_choices import mail_choices_of
from accounts.services.mail_choices import set_mail_choices
from tests.accounts.traces import make_person

pytestmark = pytest.mark.django_db

DEFAULTS = {kind.name: kind.is_on_by_default for kind in mail_kinds.optional_kinds()}
FIRST = mail_kinds.optional_kinds()[0].name


def test_without_a_choice_the_default_holds_and_a_choice_wins():
    person, other = make_person(), make_person()
    assert mail_choices_of(person) == DEFAULTS
    for is_wanted in (False, True, False):
        set_mail_choices(user=person, wanted={FIRST: is_wanted})
        assert mail_choices_of(person) == DEFAULTS | {FIRST: is_wanted}
    assert MailChoice.objects.count() == 1
    assert mail_choices_of(other) == DEFAULTS


def test_what_cannot_be_refused_is_not_stored():
    person = make_person()
    with pytest.raises(ValidationError, match="wachtwoord"):
        set_mail_choices(user=person, wanted={FIRST: False, "wachtwoord": False})
    assert mail_choices_of(person) == DEFAULTS
