"""fatcat's identifiers: a CROID's 128 bits as 26 characters of base32 (RFC 4648), lower-case."""

from __future__ import annotations

import re
from base64 import b32decode, b32encode
from uuid import UUID

from nexus_hub.croid.codec import decode, encode

_FORM = re.compile("[a-z2-7]{25}[aeimquy4]")  # the last character has three bits


class MalformedIdentError(ValueError):
    """What was given is no identifier of fatcat."""


def to_ident(croid: UUID) -> str:
    """The identifier of an object in fatcat's form.

    >>> to_ident(UUID("86daea5b-1b6b-432a-bb67-ea97795f80fe"))
    'q3nouwy3nnbsvo3h5klxsx4a7y'
    """
    return b32encode(croid.bytes).decode().rstrip("=").lower()


def from_ident(text: str) -> UUID:
    """The uuid that an identifier stands for; upper case is read too.

    Raises `MalformedIdentError` for another length, another character, and a last character that
    says more than 128 bits.

    >>> from_ident("Q3NOUWY3NNBSVO3H5KLXSX4A7Y")
    UUID('86daea5b-1b6b-432a-bb67-ea97795f80fe')
    >>> from_ident("q3nouwy3nnbsvo3h5klxsx4a7z")
    Traceback (most recent call last):
    nexus_hub.catalog.fatcat.idents.MalformedIdentError: 'q3nouwy3nnbsvo3h5klxsx4a7z' is no ident
    """
    if not text.isascii() or not _FORM.fullmatch(text.lower()):
        raise MalformedIdentError(f"{text[:100]!r} is no ident")
    return UUID(bytes=b32decode(text.upper() + "======"))


def ident_of(croid: str) -> str:
    """The identifier for a written CROID."""
    return to_ident(decode(croid))


def croid_of(ident: str) -> str:
    """The written CROID for an identifier."""
    return encode(from_ident(ident))
