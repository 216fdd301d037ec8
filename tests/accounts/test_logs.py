"""What is logged of people: numbers and kinds of errors, and never a name, an address or a password.

The whole life of an account is walked with every logger open, but those that the settings shut whatever LOG_LEVEL is.
Where mail cannot be sent the server is gone, for an error is what tells most.
"""

import logging
import re
from collections.abc import Iterator
from typing import cast

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import User

ADDRESS, OTHER_ADDRESS = "kwikstaart@school.example", "zonnebloem@elders.example"
UNKNOWN = "niemand@school.example"
NAME = "Zonnebloem Kwikstaart"
PASSWORD, NEW_PASSWORD, WRONG = "een-lang-wachtwoord-27", "nog-een-wachtwoord-28", "dit-is-het-niet-29"
SECRETS = (ADDRESS, OTHER_ADDRESS, UNKNOWN, "kwikstaart", "zonnebloem", PASSWORD, NEW_PASSWORD, WRONG)


class _Kept(logging.Handler):
    """Every line as a log file would have it, tracebacks and what was passed along with it too."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        extra = {key: value for key, value in vars(record).items() if key not in {"msg", "args", "request"}}
        self.lines.append(f"{record.name} {self.format(record)} {extra!r}")

    def tell(self, *texts: str) -> list[str]:
        return [line for line in self.lines if any(text.lower() in line.lower() for text in texts)]


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def log() -> Iterator[_Kept]:
    """All loggers at DEBUG that may be, and what they say kept."""
    kept = _Kept()
    root = logging.getLogger()
    known = [each for each in logging.Logger.manager.loggerDict.values() if isinstance(each, logging.Logger)]
    shut = cast("dict[str, object]", settings.LOGGING["loggers"])
    loggers = [root, *(each for each in known if each.name not in shut)]
    before = [(each, each.level, each.propagate, each.disabled) for each in loggers]
    for each in loggers:
        each.setLevel(logging.DEBUG)
        each.propagate, each.disabled = True, False
    root.addHandler(kept)
    yield kept
    root.removeHandler(kept)
    for each, level, propagate, disabled in before:
        each.setLevel(level)
        each.propagate, each.disabled = propagate, disabled


def code_of(letter: mail.EmailMessage) -> str:
    found = re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", str(letter.body), re.MULTILINE)
    assert found, letter.body
    return found[1]


def post(client: Client, path: str, **fields: str) -> str:
    """Post a form that must be accepted, also by limits on how often; where it leads."""
    cache.clear()
    response = client.post(path, fields)
    assert response.status_code == 302, (path, response.status_code, response.content.decode()[:3000])
    return response["Location"]


@pytest.mark.django_db
def test_the_life_of_an_account_leaves_no_name_address_or_password_in_the_logs(log, client):
    post(client, "/account/nieuw/", email=ADDRESS, password1=PASSWORD)
    post(client, "/account/bevestigen/", code=code_of(mail.outbox[-1]))
    post(client, "/account/profiel/", display_name=NAME, language="nl")
    client.post("/account/profiel/", {"display_name": f"{NAME} {ADDRESS}"})
    post(client, "/account/afmelden/")
    post(Client(), "/account/nieuw/", email=ADDRESS, password1=PASSWORD)  # The address is taken.

    for login, password in ((ADDRESS, WRONG), (UNKNOWN, PASSWORD)):
        assert client.post("/account/aanmelden/", {"login": login, "password": password}).status_code == 200
    post(client, "/account/aanmelden/", login=ADDRESS, password=PASSWORD)

    post(client, "/account/opnieuw/", password=PASSWORD, next="/account/e-mailadres/")
    post(client, "/account/e-mailadres/", email=OTHER_ADDRESS, action_add="1")
    post(client, "/account/bevestigen/", code=code_of(mail.outbox[-1]))
    post(client, "/account/wachtwoord/", oldpassword=PASSWORD, password1=WRONG, password2=WRONG)
    post(client, "/account/afmelden/")

    visitor = Client()
    for address in (OTHER_ADDRESS, UNKNOWN):
        post(visitor, "/account/wachtwoord/vergeten/", email=address)
    letters = "\n".join(str(letter.body) for letter in mail.outbox)
    link = re.search(r"http://testserver(\S+/vergeten/\w+-\S+)", letters)
    assert link
    onward = visitor.get(link[1])["Location"]
    post(visitor, onward, password1=NEW_PASSWORD, password2=NEW_PASSWORD)

    post(client, "/account/aanmelden/", login=OTHER_ADDRESS, password=NEW_PASSWORD)
    post(client, "/account/opnieuw/", password=NEW_PASSWORD, next="/account/verwijderen/")
    client.get("/account/gegevens/bestand/")
    post(client, "/account/verwijderen/", confirm="on")

    assert not User.objects.exists()
    assert log.tell("account ", "deleted")  # What should be told, is: the log was listened to.
    assert log.tell(*SECRETS) == []


@pytest.mark.django_db
def test_mail_that_cannot_be_sent_tells_no_address(log, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    client.post("/account/nieuw/", {"email": ADDRESS, "password1": PASSWORD})
    assert log.tell("was not sent")
    assert log.tell(*SECRETS) == []


@pytest.mark.django_db
def test_a_form_from_elsewhere_and_a_page_that_fails_tell_nothing(log):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    assert strict.post("/account/nieuw/", {"email": ADDRESS, "password1": PASSWORD}).status_code == 403
    assert strict.get(f"/account/bestaat-niet/?naam={NAME}").status_code == 404
    assert log.tell("/account/nieuw/")
    assert log.tell(*SECRETS) == []
