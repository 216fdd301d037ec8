"""Whatever bytes a file holds, it is read or refused; no row is lost on the way."""

from hypothesis import given
from hypothesis import strategies as st

from accounts.duo.tables import parse_table
from accounts.exceptions import AddressFileRefused

_SIGNS = st.sampled_from(['"', ";", ",", "\t", "\n", "\r\n", "a", "é", "\ufeff", "\u2028", " ", "99AA"])


@given(st.one_of(st.binary(), st.lists(_SIGNS).map(lambda signs: "".join(signs).encode())))
def test_any_bytes_are_read_or_refused(data):
    try:
        table = parse_table(data)
    except AddressFileRefused as refused:
        assert str(refused)  # noqa: PT017  Most bytes are no table; the reason is told.
        return
    assert all(len(row.values) == len(table.columns) for row in table.rows)
    numbers = [row.number for row in table.rows] + [refusal.row for refusal in table.refusals]
    assert len(numbers) == len(set(numbers))


_FIELD = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.tuples(_FIELD, _FIELD), min_size=1), st.sampled_from(";,\t"))
def test_what_is_written_is_read(rows: list[tuple[str, str]], separator: str) -> None:
    def line(values: tuple[str, str]) -> str:
        return separator.join('"' + value.replace('"', '""') + '"' for value in values)

    table = parse_table("\n".join(map(line, [("kop", "kop 2"), *rows, ("einde", "x")])).encode())
    kept = [row for row in rows if any(value.strip() for value in row)]
    assert [row.values for row in table.rows] == [*kept, ("einde", "x")]
    assert table.refusals == ()
