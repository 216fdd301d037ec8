import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from accounts.models import User


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kort", ["Dit wachtwoord is te kort. Neem er een van ten minste 12 tekens."]),
        ("wiskundedocent", ["Dit wachtwoord lijkt te veel op uw e-mailadres. Neem een ander."]),
        ("192837465564738291", ["Dit wachtwoord bestaat uit alleen cijfers. Neem er ook letters in op."]),
        (
            "123456789123",
            [
                "Dit wachtwoord gebruiken zo veel mensen dat het meteen wordt geraden. Neem een ander.",
                "Dit wachtwoord bestaat uit alleen cijfers. Neem er ook letters in op.",
            ],
        ),
        ("een-lang-wachtwoord-27", []),
    ],
)
def test_what_a_password_must_be(password, said):
    found = []
    with translation.override("nl"):
        try:
            validate_password(password, User(email="wiskundedocent@school.example"))
        except ValidationError as error:
            found = error.messages
    assert found == said
