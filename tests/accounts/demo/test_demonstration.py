"""What devstack, which knows nothing of the site, says about it is true."""

from pathlib import Path

import pytest
from django.urls import reverse
from environ import Env

from accounts.claims import CLAIM_MAPS
from accounts.demo.claims import KINDS, claims_of, sub_of, subject_of
from accounts.demo.federation.__main__ import _parser
from accounts.demo.federation.options import Options
from accounts.demo.people import PEOPLE, SCHOOLS, federated_people
from devstack.mainjob import JobOptions, Start, main_job

OPTIONS = JobOptions(port=8000, demo_port=1, federation_port=8500, records=1, state=Path("/een map/.devstack"))


def test_the_federation_takes_what_it_is_started_with_and_leads_back_to_the_site():
    daemon = next(
        entry.daemon for entry in main_job(OPTIONS) if isinstance(entry, Start) and entry.daemon.key == "federation"
    )
    given = _parser().parse_args(daemon.argv[3:])
    callback = reverse("federation_callback", kwargs={"name": "entree"})

    assert given.redirect == [f"http://127.0.0.1:8000{callback}", f"http://localhost:8000{callback}"]
    assert f"http://127.0.0.1:{given.port}" == OPTIONS.federation


def test_the_site_is_told_the_client_that_the_federation_was():
    environment = OPTIONS.environment()
    daemon = next(
        entry.daemon for entry in main_job(OPTIONS) if isinstance(entry, Start) and entry.daemon.key[0] == "f"
    )
    given = _parser().parse_args(daemon.argv[3:])

    assert environment["FEDERATION_ENTREE_CLIENT_ID"] == given.client
    assert environment["FEDERATION_ENTREE_CLIENT_SECRET"] == given.secret
    assert environment["FEDERATION_ENTREE_CLAIMS"] == given.claims
    assert environment["FEDERATION_ENTREE_CLAIMS"] in CLAIM_MAPS


def test_mail_goes_where_the_console_says():
    mail = Env.email_url_config(OPTIONS.environment()["EMAIL_URL"])

    assert mail["EMAIL_FILE_PATH"] == str(OPTIONS.mail)
    assert mail["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"


@pytest.mark.parametrize(
    ("redirect", "target"),
    [
        ("http://127.0.0.1:8000/terug", "http://127.0.0.1:*"),
        ("http://localhost:8000/terug", "http://localhost:8000"),
        ("https://catalogus.example/terug", "https://catalogus.example"),
    ],
)
def test_forms_may_lead_to_the_client_and_no_further(redirect, target):
    options = Options(port=1, state=Path(), redirects=(redirect,), client_id="", client_secret="", claims="entree")

    assert options.form_targets == (target,)


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_people_are_one_subject(kind):
    subjects = [subject_of(person, kind) for person in federated_people()]

    assert len(set(subjects)) == len(subjects)
    for person in federated_people():
        said = {"sub": sub_of(person), **claims_of(person, kind)}
        assert said[CLAIM_MAPS[kind].subject] == subject_of(person, kind)


def test_everybody_and_every_school_is_invented():
    assert all(school.code.startswith("99") and school.domain.endswith(".example") for school in SCHOOLS)
    assert all(person.email.endswith(".example") for person in PEOPLE if person.email)
    assert all(person.email or person.school for person in PEOPLE)
    assert len({person.key for person in PEOPLE}) == len(PEOPLE)
