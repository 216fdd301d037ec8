"""Single values of a record."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import values

PARSERS = (
    values.parse_cents,
    values.parse_sale_unit,
    values.parse_vat,
    values.parse_day,
    values.parse_end,
    values.parse_moment,
    values.parse_flag,
    values.parse_url,
)


@pytest.mark.parametrize(
    ("text", "cents"), [("1995", 1995), ("0", None), ("nvt", None), ("", None), ("1995.00", 1995), ("007", 7)]
)
def test_parse_cents(text, cents):
    assert values.parse_cents(text) == cents


@pytest.mark.parametrize("text", ["-5", "19,95", "19.95", "gratis", "1000000000000", "٣", "1e5", "1 995"])
def test_parse_cents_refuses(text):
    with pytest.raises(ValueError):  # noqa: PT011  Any text may stand in the message.
        values.parse_cents(text)


@pytest.mark.parametrize(("text", "rate"), [("9", "9.0"), ("9.0", "9.0"), ("21,0", "21.0"), ("0.0", "0.0")])
def test_parse_vat(text, rate):
    assert values.parse_vat(text) == Decimal(rate)


@pytest.mark.parametrize("text", ["-1", "101", "NaN", "Infinity", "negen"])
def test_parse_vat_refuses(text):
    with pytest.raises(ValueError):  # noqa: PT011  Any text may stand in the message.
        values.parse_vat(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018-06-01T00:00:00+02:00", date(2018, 6, 1)),
        ("2024-01-02T00:00:00.000Z", date(2024, 1, 2)),
        ("2021-07-31", date(2021, 7, 31)),
        ("", None),
    ],
)
def test_parse_day_keeps_the_day_that_is_written(text, day):
    assert values.parse_day(text) == day


@pytest.mark.parametrize(("text", "day"), [("2051-11-11T00:00:00.000Z", None), ("2030-01-01", date(2030, 1, 1))])
def test_a_far_end_is_no_end(text, day):
    assert values.parse_end(text) == day


@pytest.mark.parametrize("text", ["2021-13-01", "2021-02-30", "0000-01-01", "morgen", "31-07-2021", "2021-07-311"])
def test_parse_day_refuses(text):
    with pytest.raises(ValueError):  # noqa: PT011  Any text may stand in the message.
        values.parse_day(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-02T00:00:00.000Z", datetime(2024, 1, 2, tzinfo=UTC)),
        ("2020-02-12T09:06:37+01:00", datetime(2020, 2, 12, 8, 6, 37, tzinfo=UTC)),
        ("2021-07-31", datetime(2021, 7, 30, 22, tzinfo=UTC)),
    ],
)
def test_parse_moment_reads_the_three_forms(text, moment):
    assert values.parse_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("\n   https://voorbeeld.example/a?b=1\n  ", "https://voorbeeld.example/a?b=1"),
        ("https://voorbeeld.example/\n  omslag.png", "https://voorbeeld.example/omslag.png"),
        ("", ""),
    ],
)
def test_parse_url(text, url):
    assert values.parse_url(text) == url


@pytest.mark.parametrize(
    "text", ["www.voorbeeld.example", "javascript:alert(1)", "ftp://voorbeeld.example", "https://"]
)
def test_parse_url_refuses(text):
    with pytest.raises(ValueError):  # noqa: PT011  Any text may stand in the message.
        values.parse_url(text)


@pytest.mark.parametrize("parser", PARSERS)
@given(text=st.one_of(st.text(), st.from_regex(r"-?\d{1,20}([-:T.+Z]\d{1,4}){0,7}")))
def test_any_text_is_read_or_refused(parser, text):
    try:
        parser(text)
    except ValueError:
        return
