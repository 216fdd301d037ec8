"""docs/data.md names every column that is known."""

import pytest

from accounts.duo.columns import ADDRESS_FIELDS, MERGER_FIELDS
from tests.conftest import REPOSITORY


@pytest.mark.parametrize("field", [*ADDRESS_FIELDS, *MERGER_FIELDS], ids=lambda field: field.name)
def test_every_column_is_in_the_documentation(field):
    text = (REPOSITORY / "docs" / "data.md").read_text(encoding="utf-8")
    about_schools = text[text.index("## Schools") :]
    assert f"`{field.name}`" in about_schools
    for column in field.columns:
        assert column in about_schools
