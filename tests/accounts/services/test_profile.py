"""Names that people give themselves, and the language they choose."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.services.profile import change_profile, choose_language, clean_display_name
from tests.accounts.traces import make_person


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", ""),
        ("   ", ""),
        ("  Fatima   El Amrani ", "Fatima El Amrani"),
        ("J.P. de Vries-Jansen", "J.P. de Vries-Jansen"),
        ("J.Jansen", "J.Jansen"),
        ("Mevr. d'Hondt (wiskunde)", "Mevr. d'Hondt (wiskunde)"),
        ("Zoë", "Zoë"),
        ("e\u0301", "é"),
        ("张伟", "张伟"),
        ("n" * 150, "n" * 150),
    ],
)
def test_names(text, name):
    assert clean_display_name(text) == name


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("n" * 151, "151"),
        ("Jan\nJansen", "onzichtbaar"),
        ("Jan\x00", "onzichtbaar"),
        ("Jan\u202enesnaJ", "onzichtbaar"),
        ("Jan\u200b", "onzichtbaar"),
        ("jan@school.example", "e-mailadres"),
        ("https://boeken.example", "link"),
        ("www.boeken", "link"),
        ("Koop op boeken.nl", "link"),
        ("drs.Jansen", "spatie"),
        ("Jan (account 12)", "geschiedenis"),
        ("123", "letter"),
        ("!?", "letter"),
    ],
)
def test_what_is_no_name_is_refused_with_the_remedy(text, word):
    with pytest.raises(ValidationError) as refused:
        clean_display_name(text)
    assert word in refused.value.message_dict["display_name"][0]


@pytest.mark.django_db
def test_a_refused_profile_changes_nothing():
    person = make_person(display_name="Jan", language="nl")
    for fields in ({"display_name": "a@b", "language": "en"}, {"display_name": "Piet", "language": "de"}):
        with pytest.raises(ValidationError):
            change_profile(user=person, **fields)
    person.refresh_from_db()
    assert (person.display_name, person.language) == ("Jan", "nl")
    change_profile(user=person, display_name="", language="")
    person.refresh_from_db()
    assert (person.display_name, person.language) == ("", "")


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "is_known"), [("en", True), ("nl", True), ("", False), ("de", False)])
def test_a_language(language, is_known):
    person = make_person()
    if is_known:
        choose_language(user=person, language=language)
    else:
        with pytest.raises(ValidationError):
            choose_language(user=person, language=language)
    assert User.objects.get().language == (language if is_known else "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"display_name": "Jan"}, "Jan (account 7)"),
        ({"sign_in_name": "jan"}, "jan (account 7)"),
        ({"issuer": "https://federatie.example", "subject": "abc"}, "(account 7)"),
        ({"display_name": "n" * 150}, f"{'n' * 150} (account 7)"),
    ],
)
def test_history_names_a_person_by_number_and_never_by_their_subject(fields, name):
    assert make_person(pk=7, **fields).actor_name == name
