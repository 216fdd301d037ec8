"""Synonyms and compounds through the pages of the admin."""

import pytest
from django.contrib.admin.models import LogEntry

from catalogus.models import CompoundWord, RebuildRequest, Synonym
from tests.catalogus.admin.test_actions import ROOT, act, text_of

pytestmark = pytest.mark.django_db


def test_a_synonym_is_added_and_removed(editor):
    assert f"{ROOT}/synonym/new/" in editor.get(f"{ROOT}/synonym/").content.decode()
    preview = text_of(editor.get(f"{ROOT}/synonym/new/?text=kiezel&other=steen"))
    assert "en andersom" in preview
    message = act(editor, "synonym/new/?text=kiezel&other=steen")
    synonym = Synonym.objects.get(key="kiezel")
    assert (synonym.other_key, synonym.is_two_way) == ("steen", True)
    assert "kiezel ↔ steen" in message
    assert LogEntry.objects.get().object_id == str(synonym.pk)
    assert f"{synonym.pk}/remove/" in editor.get(f"{ROOT}/synonym/{synonym.pk}/change/").content.decode()
    act(editor, f"synonym/{synonym.pk}/remove/")
    assert not Synonym.objects.filter(key="kiezel").exists()
    act(editor, "synonym/new/?text=kiezel&other=steen&is_one_way=on")
    assert not Synonym.objects.get(key="kiezel").is_two_way


def test_a_compound_is_set_and_removed(editor):
    assert f"{ROOT}/compoundword/new/" in editor.get(f"{ROOT}/compoundword/").content.decode()
    assert "kiezel + bord" in text_of(editor.get(f"{ROOT}/compoundword/new/?word=kiezelbord&parts=kiezel+bord"))
    act(editor, "compoundword/new/?word=kiezelbord&parts=kiezel+bord")
    compound = CompoundWord.objects.get(word="kiezelbord")
    assert compound.parts == ["kiezel", "bord"]
    assert "nooit" in text_of(editor.get(f"{ROOT}/compoundword/new/?word=kiezelbord&parts="))
    act(editor, f"compoundword/{compound.pk}/remove/")
    assert not CompoundWord.objects.filter(word="kiezelbord").exists()
    assert RebuildRequest.objects.count() == 2


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("synonym/new/?text=werkboek&other=werkschrift", "is er al"),
        ("synonym/new/?text=kiezel&other=KIEZEL", "dezelfde tekst"),
        ("synonym/new/?text=…&other=steen", "letters of cijfers"),
        ("compoundword/new/?word=twee+woorden&parts=", "niet één woord"),
        ("compoundword/new/?word=kiezelbord&parts=kiezel", "twee delen of meer"),
    ],
)
def test_what_cannot_be_says_why(editor, path, reason):
    answer = editor.post(f"{ROOT}/{path}", {"reason": "Omdat."})
    assert answer.status_code == 200
    assert reason in text_of(answer)
    assert not RebuildRequest.objects.exists()


def test_shipped_rows_have_no_tool(editor):
    synonym, compound = Synonym.objects.filter(provenance="seed")[0], CompoundWord.objects.get(word="minister")
    for path in (f"synonym/{synonym.pk}", f"compoundword/{compound.pk}"):
        assert "/remove/" not in editor.get(f"{ROOT}/{path}/change/").content.decode()
        answer = editor.post(f"{ROOT}/{path}/remove/", {"reason": "Omdat."})
        assert "meegeleverd" in text_of(answer)


@pytest.mark.parametrize(
    "path", ["synonym/new/", "synonym/new/?text=", "compoundword/new/", "compoundword/new/?word=%00"]
)
def test_what_is_missing_is_asked_for(editor, path):
    page = editor.get(f"{ROOT}/{path}")
    assert page.status_code == 200
    assert 'name="reason"' not in page.content.decode()


def test_words_can_be_looked_up(editor):
    for query in ("", "?q=kiezel", "?q=%27%22%3C", "?o=1"):
        for kind in ("synonym", "compoundword", "searchword"):
            assert editor.get(f"{ROOT}/{kind}/{query}").status_code == 200
