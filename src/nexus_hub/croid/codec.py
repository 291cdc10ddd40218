"""A CROID as it is written: 26 lower-case Crockford base32 characters for the 128 bits of a uuid.

The same rules as `croid.encode` and `croid.decode` in SQL; both are held to one file of vectors.
Rule: Crockford's base32 (https://www.crockford.com/base32.html), without hyphens and check symbol.
"""

from __future__ import annotations

from uuid import UUID

from nexus_hub.croid.errors import MalformedCroid

LENGTH = 26
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PYTHON_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_SIXTY_BITS = 2**60 - 1
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]


def _digits() -> bytes:
    """What each byte is to `int(..., 32)`: what is no character of a CROID becomes an asterisk."""
    table = bytearray(b"*" * 256)
    read = dict(zip(ALPHABET, _PYTHON_DIGITS, strict=True)) | {"i": "1", "l": "1", "o": "0"}
    for character, digit in read.items():
        table[ord(character)] = table[ord(character.upper())] = ord(digit)
    return bytes(table)


_DIGITS = _digits()


def encode(croid: UUID) -> str:
    """The written form of a CROID; written forms sort as the uuids do.

    >>> encode(UUID("0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"))
    '01j2gv5gymfsfrmtvwhpf0y6hb'
    >>> encode(UUID(int=0)), encode(UUID(int=2**128 - 1))
    ('00000000000000000000000000', '7zzzzzzzzzzzzzzzzzzzzzzzzz')
    """
    # Thirteen pairs looked up; two halves of 60 bits and less are cheaper to shift than the whole.
    number = croid.int
    high, low, pairs = number >> 60, number & _SIXTY_BITS, _PAIRS
    return (
        f"{pairs[high >> 60]}{pairs[high >> 50 & 1023]}{pairs[high >> 40 & 1023]}"
        f"{pairs[high >> 30 & 1023]}{pairs[high >> 20 & 1023]}{pairs[high >> 10 & 1023]}"
        f"{pairs[high & 1023]}{pairs[low >> 50]}{pairs[low >> 40 & 1023]}"
        f"{pairs[low >> 30 & 1023]}{pairs[low >> 20 & 1023]}{pairs[low >> 10 & 1023]}"
        f"{pairs[low & 1023]}"
    )


def decode(text: str) -> UUID:
    """The uuid that a written CROID stands for.

    Upper case is read, and so are the usual confusions: i and l as 1, o as 0. Anything else raises
    `MalformedCroid`: another length, another character (u, hyphens, white space), a first character
    above 7.

    >>> decode("O1J2GV5GYMFSFRMTVWHPF0Y6HB")
    UUID('0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b')
    >>> decode("8zzzzzzzzzzzzzzzzzzzzzzzzz")
    Traceback (most recent call last):
    nexus_hub.croid.errors.MalformedCroid: '8zzzzzzzzzzzzzzzzzzzzzzzzz' is not a CROID
    """
    if len(text) == LENGTH:
        try:
            return UUID(int=int(text.encode("ascii").translate(_DIGITS), 32))
        except ValueError:
            pass
    raise MalformedCroid(f"{text[:100]!r} is not a CROID")
