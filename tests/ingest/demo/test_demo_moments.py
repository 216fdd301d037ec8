"""Moments as an index compares them."""

import pytest

from ingest.demo.moments import utc_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-02T00:00:00.000Z", "2024-01-02T00:00:00Z"),
        ("2020-02-12T09:06:37+01:00", "2020-02-12T08:06:37Z"),
        ("2020-01-01T00:30:00+02:00", "2019-12-31T22:30:00Z"),
        ("2021-07-31", "2021-07-31T00:00:00Z"),
        ("2021-07-31T09:06:37", "2021-07-31T09:06:37Z"),
        (" 2021-07-31\n", "2021-07-31T00:00:00Z"),
        ("2021", "2021"),
        ("2021-07", "2021-07"),
        ("", None),
        ("gisteren", None),
        ("0001-01-01T00:00:00+02:00", None),
    ],
)
def test_moments_are_compared_in_utc(text: str, expected: str | None) -> None:
    assert utc_text(text) == expected
