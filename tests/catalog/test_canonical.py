"""What passes the border means the same to everyone; what does not is named with its place."""

import json
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nexus_hub.catalog.canonical import (
    MAX_DEPTH,
    Problem,
    RefusedRecordError,
    decode,
    encode,
    pointer_to,
)

CLEAN_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
NUMBERS = (
    st.integers(-(2**53), 2**53)
    | st.integers(-(2**10), 2**10).map(lambda n: n * 2**52)
    | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | CLEAN_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(CLEAN_TEXT, inner, max_size=4),
    max_leaves=15,
)


def refusal(raw: bytes) -> Problem:
    with pytest.raises(RefusedRecordError) as caught:
        decode(raw)
    return caught.value.problem


@given(VALUES)
def test_what_is_decoded_is_encoded_and_decoded_to_the_same(value):
    canonical = decode(json.dumps(value).encode())
    assert canonical == value
    assert decode(encode(canonical)) == canonical
    assert encode(decode(encode(canonical))) == encode(canonical)


@given(VALUES, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_the_same_value_has_the_same_bytes_however_it_was_written(value, is_ascii, indent):
    written = json.dumps(value, ensure_ascii=is_ascii, indent=indent, sort_keys=is_ascii)
    assert encode(decode(written.encode())) == encode(decode(json.dumps(value).encode()))


@given(VALUES)
def test_no_integral_number_stays_a_float(value):
    def floats(item):
        if isinstance(item, float):
            yield item
        for inner in (
            item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        ):
            yield from floats(inner)

    for number in floats(decode(json.dumps(value).encode())):
        assert not number.is_integer() or abs(number) >= 2**63


@given(
    st.binary(max_size=40) | st.text(alphabet='[]{}",:\\u0dD8123456789.eE- nalt').map(str.encode)
)
@example(b'"\\ud800\\udc00"')
@example(b"\xef\xbb\xbf1")
def test_bytes_that_are_refused_are_refused_with_a_problem(raw):
    found = decode_or_problem(raw)
    if isinstance(found, Problem):
        assert found.severity == "error"
        assert "\0" not in f"{found.pointer}{found.detail}".encode().decode()
    else:
        assert decode(encode(found)) == found
        assert found == json.loads(raw)


def decode_or_problem(raw: bytes):
    try:
        return decode(raw)
    except RefusedRecordError as refused:
        return refused.problem


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"1.0", 1),
        (b"-0.0", 0),
        (b"-0", 0),
        (b"1e3", 1000),
        (b"1E18", 10**18),
        (b"1152921504606846976", 2**60),
        (b"-9223372036854775808", -(2**63)),
        (b"9223372036854775808", 2.0**63),
        (b"10000000000000000000000", 1e22),
        (b"18446744073709552000", 2.0**64),
        (b"1e300", 1e300),
        (b"1" + b"0" * 300, 1e300),
        (b"1e-400", 0),
    ],
)
def test_a_number_has_one_form(raw, value):
    for found in (decode(raw), decode(b'{"a": [' + raw + b"]}")["a"][0]):
        assert found == value
        assert type(found) is type(value)
        assert math.copysign(1, found) == math.copysign(1, value)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (b"9007199254740993", "inexact-integer"),
        (b"-9007199254740993", "inexact-integer"),
        (b"9223372036854775807", "inexact-integer"),
        (b"12345678901234567890123", "inexact-integer"),
        (b"1" * 400, "number-out-of-range"),
        (b"1" * 5000, "number-out-of-range"),
        (b"1e400", "number-out-of-range"),
        (b"-1e400", "number-out-of-range"),
        (b"NaN", "malformed-json"),
        (b"-Infinity", "malformed-json"),
    ],
)
def test_a_number_that_not_everyone_can_hold_is_refused(number, code):
    assert refusal(number).code == code
    for between in (b"", b" ", b"\n\t"):
        raw = b'{"a/b": [1, {"~": ' + between + number + between + b"}]}"
        problem = refusal(raw)
        assert (problem.code, problem.pointer) == (code, "/a~1b/1/~0")
        assert problem.detail == number[:40].decode()


def test_long_digits_in_text_are_no_number():
    text = "1234567890123456789, 9007199254740993] -9007199254740993 :9007199254740993}"
    assert decode(json.dumps([text, {"a": text}]).encode()) == [text, {"a": text}]


@pytest.mark.parametrize(
    ("raw", "code", "pointer"),
    [
        (rb'{"a": ["x\u0000"]}', "nul-character", "/a/0"),
        (b'{"a": ["x\0"]}', "nul-character", "/a/0"),
        (rb'{"b": {"a\u0000": 1}}', "nul-character", "/b/a\ufffd"),
        (rb'{"a": "\ud800"}', "lone-surrogate", "/a"),
        (rb'{"a": "\udc00\ud800"}', "lone-surrogate", "/a"),
        (rb'{"\udfff": 0}', "lone-surrogate", "/\ufffd"),
        (b'{"a": {"b": "\xff"}}', "not-utf8", "/a/b"),
        (b'{"a": "\xed\xa0\x80"}', "not-utf8", "/a"),
        (b'{"a": "\x1f"}', "malformed-json", ""),
        (b'{"a": 1', "malformed-json", ""),
        (b"", "malformed-json", ""),
        (b'{"a": 1} {"b": 2}', "malformed-json", ""),
        (b"[01]", "malformed-json", ""),
        (b"{'a': 1}", "malformed-json", ""),
        (b"\xef\xbb\xbf{}", "malformed-json", ""),
    ],
)
def test_unclean_text_is_refused_at_its_place(raw, code, pointer):
    problem = refusal(raw)
    assert (problem.code, problem.pointer) == (code, pointer)


def test_an_escaped_backslash_before_u0000_is_text():
    assert decode(rb'{"path": "C:\\u0000", "q": "\\\\u0000"}') == {
        "path": "C:\\u0000",
        "q": "\\\\u0000",
    }
    assert refusal(rb'["\\\u0000"]').code == "nul-character"


def test_a_pair_of_surrogates_is_a_character():
    assert decode(rb'"\ud83d\ude00"') == "\U0001f600"


def test_of_a_name_given_twice_the_last_counts():
    assert decode(b'{"a": 1, "a": 2}') == {"a": 2}


def test_text_is_kept_as_received():
    assert decode('["e\u0301", "\u00e9", "\ufeff"]'.encode()) == ["e\u0301", "\u00e9", "\ufeff"]


@pytest.mark.parametrize(
    ("opening", "closing", "step"),
    [
        (b"[", b"]", "/0"),
        (b'{"a": ', b"}", "/a"),
        # Brackets in text, paired so that the true depth does not show by counting.
        (b'["]", ', b', "["]', "/1"),
        (b'{"}": 1, "a": ', b', "{": 1}', "/a"),
    ],
)
def test_nesting_is_bounded(opening, closing, step):
    assert decode(opening * MAX_DEPTH + b"1" + closing * MAX_DEPTH)
    for depth in (MAX_DEPTH + 1, MAX_DEPTH + 50, 900, 100_000):
        problem = refusal(opening * depth + b"1" + closing * depth)
        assert (problem.code, problem.pointer) == ("too-deep", step * MAX_DEPTH)


def test_width_is_not_depth():
    wide = [[{"a": [n]}] for n in range(500)]
    assert decode(json.dumps(wide).encode()) == wide


@given(st.lists(st.integers(0, 99) | st.text(alphabet="ab/~", max_size=4)))
def test_a_pointer_leads_back_to_its_steps(steps):
    read = [part.replace("~1", "/").replace("~0", "~") for part in pointer_to(*steps).split("/")]
    assert read[1:] == [str(step) for step in steps]
