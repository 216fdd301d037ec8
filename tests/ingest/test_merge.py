"""Merging records into one product, and telling which record each field came from."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from catalogus.product_data import Classification, ProductData
from ingest.services.merge import Statement, is_stated, merge, merge_traced

GROUP = Classification(sectors=("vo",))

DATA = st.builds(
    ProductData,
    title=st.sampled_from(["Een", "Twee"]),
    publisher_name=st.just("Noord"),
    description=st.sampled_from(["", "Over de zee"]),
    medium=st.sampled_from(["unknown", "book", "web"]),
    form=st.sampled_from(["unknown", "folio"]),
    form_confidence=st.sampled_from([0, 95]),
    is_licensed=st.sampled_from([None, True, False]),
    price_cents=st.sampled_from([None, 1995, 1250]),
    vat_rate=st.sampled_from([None, Decimal("9.0")]),
    currency=st.sampled_from(["", "EUR"]),
    classification=st.sampled_from([(), (GROUP,)]),
)
STATEMENTS = st.lists(
    st.builds(Statement, st.integers(1, 3), st.sampled_from("abcd"), DATA),
    min_size=1,
    max_size=4,
    unique_by=lambda statement: (statement.precedence, statement.identifier),
)


@given(STATEMENTS)
def test_the_trace_leads_to_what_merging_gives(statements):
    merged, origins = merge_traced(statements)
    assert merged == merge(statements)
    for name in ProductData.__dataclass_fields__:
        value = getattr(merged, name)
        assert (name in origins) == is_stated(value), name
        if name in origins:
            assert any(origins[name] is statement for statement in statements)
            assert getattr(origins[name].data, name) == value


@given(STATEMENTS)
def test_the_most_believed_record_that_states_a_field_is_the_one(statements):
    origins = merge_traced(statements)[1]
    for name in ("title", "description", "medium", "is_licensed", "price_cents", "classification"):
        stating = [statement for statement in statements if is_stated(getattr(statement.data, name))]
        if stating:
            assert origins[name] is min(stating, key=lambda one: (one.precedence, one.identifier)), name
