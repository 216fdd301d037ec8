"""Publishers that texts name; the vocabularies are our own, as everywhere."""

import pytest

from catalogus.models import PublisherAlias
from tests.factories import make_publisher


@pytest.fixture
def houses(db: None) -> None:
    linde = make_publisher(name="Uitgeverij De Linde B.V.", slug="de-linde")
    PublisherAlias.objects.create(publisher=linde, text="Lindenhof", key="lindenhof", provenance="editor")
    PublisherAlias.objects.create(publisher=linde, text="Voorgesteld", key="voorgesteld", provenance="suggestion")
    make_publisher(name="Waterval", slug="waterval")
    make_publisher(name="Oude Beuk", slug="oude-beuk", merged_into=linde)
    make_publisher(name="Uitgeverij Eik", slug="eik")
    make_publisher(name="Muziek", slug="muziek")
    make_publisher(name="Uitgeverij Leren", slug="leren")
