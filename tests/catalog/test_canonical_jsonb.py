"""What the canonicaliser accepts, PostgreSQL's jsonb accepts, and gives back as the same value."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus_hub.catalog.canonical import RefusedRecordError, decode, encode

TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
NUMBER = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUE = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
with_one_database = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def through_jsonb(db, raw: bytes) -> bytes:
    (text,) = db.execute("SELECT (%s::jsonb)::text", [raw.decode()]).fetchone()
    return text.encode()


@with_one_database
@given(VALUE)
def test_a_canonical_value_comes_back_from_jsonb_unchanged(db, value):
    try:
        canonical = decode(json.dumps(value).encode())
    except RefusedRecordError:
        return
    returned = decode(through_jsonb(db, encode(canonical)))
    assert returned == canonical
    assert encode(returned) == encode(canonical)


def test_numbers_at_the_limits_come_back_unchanged(db):
    numbers = [2**53, 2**60, -(2**63), 2.0**63, 2.0**64, 1e22, 1.5e300, 5e-324, 1e-7, 0.1]
    raw = encode(numbers)
    assert decode(through_jsonb(db, raw)) == numbers
    assert encode(decode(through_jsonb(db, raw))) == raw


def test_the_deepest_value_is_taken(db):
    raw = b"[" * 100 + b"]" * 100
    assert through_jsonb(db, encode(decode(raw))) == raw
