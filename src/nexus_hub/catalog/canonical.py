"""The canonicaliser at the border: what passes here means the same to everyone, for ever.

Text and numbers are made clean once. Whatever `decode` accepts, PostgreSQL's jsonb accepts, Python
and JavaScript hold without loss, and `encode` writes in exactly one way.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import msgspec
import orjson

Severity = Literal["error", "warning"]

MAX_DEPTH = 100
"""How many arrays and objects may lie within each other."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a record at the place a JSON pointer (RFC 6901) names.

    An `error` refuses the record; with a `warning` it is taken.
    """

    code: str
    pointer: str
    detail: str
    severity: Severity = "error"


class RefusedRecordError(ValueError):
    """A record that cannot be taken, and the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        place = f" at {problem.pointer}" if problem.pointer else ""
        super().__init__(f"{problem.code}{place}: {problem.detail}")
        self.problem = problem


def decode(raw: bytes) -> Any:
    r"""Read one JSON text (UTF-8) into values that are clean and canonical.

    An integral number is an `int` (`1.0` is 1, `-0.0` is 0) up to 64 bits and a `float` beyond.
    Text stays as received; of a name given twice the last counts, as in jsonb. Raises
    `RefusedRecordError` with one of `malformed-json`, `not-utf8`, `nul-character`,
    `lone-surrogate`, `number-out-of-range`, `inexact-integer`, `too-deep`.

    >>> decode(b'{"score": 1.0, "path": "C:\\\\u0000"}')
    {'score': 1, 'path': 'C:\\u0000'}
    >>> decode(b'{"a": [1e400]}')
    Traceback (most recent call last):
    nexus_hub.catalog.canonical.RefusedRecordError: number-out-of-range at /a/0: 1e400
    """
    if _is_suspicious(raw):
        return _decode_slowly(raw)
    try:
        value = _DECODER.decode(raw)
        if not _may_be_deep(raw) or not _is_too_deep(value):
            return value
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, RecursionError) as failure:
        _decode_slowly(raw)
        raise RefusedRecordError(Problem("malformed-json", "", str(failure))) from None
    return _decode_slowly(raw)


def encode(value: Any) -> bytes:
    """Write a canonical value as JSON: the same value always gives the same bytes.

    Names are sorted, there is no white space, text is UTF-8. Takes what `decode` gives.

    >>> encode({"b": [1, 0.5], "a": "é"}).decode()
    '{"a":"é","b":[1,0.5]}'
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def pointer_to(*steps: str | int) -> str:
    """Write the steps to a place as a JSON pointer (RFC 6901).

    >>> pointer_to("author", 0, "a/b")
    '/author/0/a~1b'
    """
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


# ------------------------------------------------------------------ is it worth a closer look?

_ALL_BUT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_DIGIT, _BEFORE_NUMBER = b"0", b":"
_NUMBER_SHAPES = bytes(
    _DIGIT[0] if 0x30 <= byte <= 0x39 else _BEFORE_NUMBER[0] if byte in b":[, \t\r\n-" else 0x78
    for byte in range(256)
)
# 2**53 has 16 digits: shorter integers are exact.
_LONG_NUMBER = _BEFORE_NUMBER + _DIGIT * 16
_NUMBER_END = re.compile(rb"[0-9]++(?:[,\]}.eE \t\r\n]|$)")


def _is_suspicious(raw: bytes) -> bool:
    """Find by plain scans, without parsing, what the fast decoder would let through."""
    if b"\\" in raw and b"\\u0000" in raw:
        return True
    shapes = raw.translate(_NUMBER_SHAPES)
    if shapes.startswith(_DIGIT * 16):
        return True
    at = shapes.find(_LONG_NUMBER)
    while at >= 0:
        if _NUMBER_END.match(raw, at + 1):
            return True
        at = shapes.find(_LONG_NUMBER, at + 1)
    return False


def _may_be_deep(raw: bytes) -> bool:
    """Rule out too deep nesting, as is possible for most records, by their having few brackets."""
    return len(raw.translate(None, _ALL_BUT_BRACKETS)) > 2 * MAX_DEPTH


_HOLDERS = frozenset({dict, list})


def _is_too_deep(value: Any) -> bool:
    """Measure a decoded value, one level at a time."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            item
            for holder in level
            for item in (holder.values() if type(holder) is dict else holder)
            if type(item) is not str and type(item) in _HOLDERS
        ]
        if not level:
            return False
    return True


# ------------------------------------------------------------------ numbers


def _float(literal: str) -> int | float:
    """Read a number written with a point or an exponent."""
    number = float(literal)
    if number.is_integer() and -_INT_END <= number < _INT_END:
        return int(number)
    if math.isinf(number):
        raise ValueError(literal)
    return number


_INT_END = 2**63
_DECODER = msgspec.json.Decoder(float_hook=_float)


class _Refused:
    """Stands in a decoded value for a number that is refused."""

    __slots__ = ("code", "literal")

    def __init__(self, code: str, literal: str) -> None:
        self.code = code
        self.literal = literal


def _float_or_refused(literal: str) -> int | float | _Refused:
    try:
        return _float(literal)
    except ValueError:
        return _Refused("number-out-of-range", literal)


def _int_or_refused(literal: str) -> int | float | _Refused:
    """Read an integer; one that no double holds is refused.

    Beyond 64 bits the shortest decimal of a double counts as that double, since this is what
    PostgreSQL makes of 1e300.
    """
    if len(literal) > 310:
        return _Refused("number-out-of-range", literal)
    number = int(literal)
    try:
        nearest = float(number)
    except OverflowError:
        return _Refused("number-out-of-range", literal)
    if -_INT_END <= number < _INT_END:
        return number if nearest == number else _Refused("inexact-integer", literal)
    if nearest == number or Decimal(repr(nearest)) == number:
        return nearest
    return _Refused("inexact-integer", literal)


# ------------------------------------------------------------------ the closer look

_LENIENT = json.JSONDecoder(
    strict=False,
    parse_float=_float_or_refused,
    parse_int=_int_or_refused,
    parse_constant=lambda name: _Refused("malformed-json", name),
)
_STRICT = json.JSONDecoder(parse_int=len)
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}:,]', re.DOTALL)
_UNCLEAN = re.compile("[\0\ud800-\udfff]")


def _decode_slowly(raw: bytes) -> Any:
    """Read a suspicious text; raises `RefusedRecordError` naming the first place that is wrong."""
    pointer = _find_too_deep(raw)
    if pointer is not None:
        raise RefusedRecordError(Problem("too-deep", pointer, f"more than {MAX_DEPTH} levels"))
    try:
        text = raw.decode()
        not_utf8 = ""
    except UnicodeDecodeError as failure:
        text = raw.decode("utf-8", "surrogateescape")
        not_utf8 = f"byte {failure.start}: {failure.reason}"
    try:
        value = _LENIENT.decode(text)
        problem = _find_unclean(value, ())
        if problem is None:
            _STRICT.decode(text)
    except ValueError as failure:
        value, problem = None, Problem("malformed-json", "", str(failure))
    if not_utf8:
        problem = Problem("not-utf8", problem.pointer if problem is not None else "", not_utf8)
    if problem is not None:
        raise RefusedRecordError(problem)
    return value


def _find_unclean(value: Any, steps: tuple[str | int, ...]) -> Problem | None:
    """Find the first text or number that may not be stored, names of members included."""
    if isinstance(value, str):
        return _find_unclean_text(value, steps)
    if isinstance(value, dict):
        for name, item in value.items():
            here = (*steps, _UNCLEAN.sub("\ufffd", name))
            problem = _find_unclean_text(name, here) or _find_unclean(item, here)
            if problem is not None:
                return problem
    elif isinstance(value, list):
        for index, item in enumerate(value):
            problem = _find_unclean(item, (*steps, index))
            if problem is not None:
                return problem
    elif isinstance(value, _Refused):
        return Problem(value.code, pointer_to(*steps), value.literal[:40])
    return None


def _find_unclean_text(text: str, steps: tuple[str | int, ...]) -> Problem | None:
    found = _UNCLEAN.search(text)
    if found is None:
        return None
    if found[0] == "\0":
        return Problem("nul-character", pointer_to(*steps), f"U+0000 at character {found.start()}")
    detail = f"U+{ord(found[0]):04X} at character {found.start()}"
    return Problem("lone-surrogate", pointer_to(*steps), detail)


def _find_too_deep(raw: bytes) -> str | None:
    """Give the pointer of the first value below `MAX_DEPTH` levels, token by token."""
    steps: list[str | int] = []
    text = b""
    for token in _TOKEN.findall(raw):
        if token in b"[{":
            if len(steps) == MAX_DEPTH:
                return pointer_to(*steps)
            steps.append(0 if token == b"[" else "")
        elif token in b"]}":
            del steps[-1:]
        elif token == b":" and steps:
            steps[-1] = text[1:-1].decode("utf-8", "replace").replace("\0", "\ufffd")
        elif token == b"," and steps and isinstance(step := steps[-1], int):
            steps[-1] = step + 1
        else:
            text = token
    return None
