"""Keeping what somebody is writing: one draft for each method, no window over another, and for its writer alone."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from catalogus.services.editing.methods import merge_methods
from reviews.exceptions import DraftChanged
from reviews.models import ReviewDraft
from reviews.services.drafts import MOST_BYTES, discard_draft, open_draft, save_draft
from tests.factories import make_method, make_product, make_publisher
from tests.review_support import make_review, make_teacher

pytestmark = pytest.mark.django_db

NAMES = frozenset({"body", "levels"})


def test_a_method_has_one_draft_of_a_person():
    method, teacher = make_method(), make_teacher()
    draft = open_draft(author=teacher, method=method)
    assert open_draft(author=teacher, method=method) == draft
    assert open_draft(author=make_teacher(), method=method) != draft
    assert open_draft(author=teacher, method=make_method()) != draft


def test_a_change_of_a_review_is_a_draft_of_its_own():
    method, teacher = make_method(), make_teacher()
    review = make_review(method, author=teacher)
    draft = open_draft(author=teacher, method=method)
    change = open_draft(author=teacher, method=method, review=review)
    assert change != draft
    assert open_draft(author=teacher, method=method, review=review) == change
    assert open_draft(author=teacher, method=method) == draft


def test_a_draft_of_a_merged_method_goes_on_at_what_it_became():
    publisher = make_publisher()
    old, new = make_method(publisher=publisher), make_method(publisher=publisher)
    make_product(method=old)
    make_product(method=new)
    teacher = make_teacher()
    draft = open_draft(author=teacher, method=old)
    merge_methods(source=old, target=new, actor="redactie", reason="Dezelfde.")
    new.refresh_from_db()
    assert open_draft(author=teacher, method=new) == draft


def test_fields_are_kept_as_typed_and_unknown_names_are_left_out():
    draft = open_draft(author=make_teacher(), method=make_method())
    fields = {"body": [" <b>\u202e \U0001f600\r\n "], "levels": ["havo", "geen niveau"], "is_staff": ["on"]}
    kept = save_draft(draft=draft, fields=fields, saves=0, names=NAMES)
    kept.refresh_from_db()
    assert kept.fields == {"body": [" <b>\u202e \U0001f600\r\n "], "levels": ["havo", "geen niveau"]}
    assert kept.saves == 1
    assert kept.updated_at > draft.updated_at


def test_what_the_database_cannot_hold_is_left_out():
    draft = open_draft(author=make_teacher(), method=make_method())
    kept = save_draft(draft=draft, fields={"body": ["a\x00b"]}, saves=0, names=NAMES)
    kept.refresh_from_db()
    assert kept.fields == {"body": ["ab"]}


def test_an_older_window_does_not_write_over_a_newer_one():
    draft = open_draft(author=make_teacher(), method=make_method())
    save_draft(draft=draft, fields={"body": ["nieuw"]}, saves=0, names=NAMES)
    with pytest.raises(DraftChanged) as caught:
        save_draft(draft=draft, fields={"body": ["oud"]}, saves=0, names=NAMES)
    assert caught.value.draft is not None
    assert (caught.value.draft.fields, caught.value.draft.saves) == ({"body": ["nieuw"]}, 1)
    draft.refresh_from_db()
    assert draft.fields == {"body": ["nieuw"]}


def test_the_same_sent_again_after_a_lost_answer_is_kept_already():
    draft = open_draft(author=make_teacher(), method=make_method())
    for _number in range(2):
        kept = save_draft(draft=draft, fields={"body": ["nieuw"]}, saves=0, names=NAMES)
        assert kept.saves == 1


def test_what_is_gone_cannot_be_kept():
    teacher = make_teacher()
    draft = open_draft(author=teacher, method=make_method())
    assert discard_draft(author=teacher, key=draft.key)
    with pytest.raises(DraftChanged) as caught:
        save_draft(draft=draft, fields={}, saves=0, names=NAMES)
    assert caught.value.draft is None
    assert not discard_draft(author=teacher, key=draft.key)


def test_nobody_throws_anothers_away():
    draft = open_draft(author=make_teacher(), method=make_method())
    assert not discard_draft(author=make_teacher(), key=draft.key)
    assert not discard_draft(author=make_teacher(), key=uuid.uuid4())
    assert ReviewDraft.objects.filter(pk=draft.pk).exists()


def test_a_draft_has_a_largest_size():
    draft = open_draft(author=make_teacher(), method=make_method())
    with pytest.raises(ValidationError) as caught:
        save_draft(draft=draft, fields={"body": ["é" * (MOST_BYTES // 2)]}, saves=0, names=NAMES)
    assert "101 van hoogstens 100 kB" in caught.value.message_dict["draft"][0]
    assert save_draft(draft=draft, fields={"body": ["é" * (MOST_BYTES // 2 - 100)]}, saves=0, names=NAMES).saves == 1
