"""The search engine knows books and no people.

import-linter holds that catalogus, which builds the documents, imports nothing of accounts; that its own history, which
names editors, stays out of them, is tried here.
"""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from catalogus.models import Correction, OutboxKind
from catalogus.search.documents import method_fields, product_fields
from catalogus.search.loading import load_documents
from tests.accounts.traces import TRACES, make_known_person

pytestmark = pytest.mark.django_db


def test_documents_of_what_an_editor_did_hold_nothing_of_the_editor():
    make_known_person()
    product = Correction.objects.get().product
    with CaptureQueriesContext(
        connection,
    ) as asked:
        documents = [
            *load_documents(OutboxKind.PRODUCT, [product.pk]).values(),
            *load_documents(OutboxKind.METHOD, [product.method_id]).values(),
        ]
    text = json.dumps(documents)
    assert product.title in text
    assert [trace for trace in TRACES if trace in text] == []
    assert [query["sql"] for query in asked if User._meta.app_label + "_" in query["sql"]] == []


def test_no_field_of_a_document_is_for_people():
    stored = set(product_fields()) | set(method_fields())
    assert stored & {"actor", "editor", "user", "user_id", "email", "reason", "decided_by"} == set()
    assert "title" in stored
