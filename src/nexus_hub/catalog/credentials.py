"""Keys: the text by which an editor's program says who it is.

A key is the id of a token and its secret, `nx_<id>_<secret>`: the id as CROIDs are written, the
secret, 256 random bits, in the base32 of RFC 4648, lower case. Only the SHA-256 of a secret is
kept: with that many random bits it needs neither salt nor a slow hash.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from uuid import UUID

from nexus_hub.croid.codec import ALPHABET, decode, encode

SECRET_BYTES = 32
LONGEST_HEADER = 500
_ID = rf"[0-7][{ALPHABET}]{{25}}"
# Of the last character only one bit is the secret's: a key has one form and no other.
_SECRET = r"[a-z2-7]{51}[aq]"  # noqa: S105
_KEY = re.compile(rf"nx_({_ID})_({_SECRET})")
_PAIR = re.compile(rf"({_ID}):({_SECRET})")


@dataclass(frozen=True, slots=True)
class Key:
    """A token by its id, with its secret; what is secret does not show when it is printed.

    >>> Key(UUID(int=1), bytes(32))
    Key(token_id=UUID('00000000-0000-0000-0000-000000000001'))
    """

    token_id: UUID
    secret: bytes = field(repr=False)

    def text(self) -> str:
        """The key as it is shown, once, and sent.

        >>> Key(UUID(int=1), bytes(32)).text()[:34]
        'nx_00000000000000000000000001_aaaa'
        >>> read_key(Key(UUID(int=1), bytes(32)).text()) == Key(UUID(int=1), bytes(32))
        True
        """
        written = base64.b32encode(self.secret).decode().rstrip("=").lower()
        return f"nx_{encode(self.token_id)}_{written}"

    def fits(self, secret_sha256: bytes) -> bool:
        """Whether its secret is the one of this hash; takes as long whatever the answer.

        >>> Key(UUID(int=1), b"x" * 32).fits(digest(b"x" * 32))
        True
        >>> Key(UUID(int=1), b"x" * 32).fits(digest(b"y" * 32))
        False
        """
        return hmac.compare_digest(digest(self.secret), secret_sha256)


def make_secret() -> bytes:
    """256 random bits.

    >>> len(make_secret()), make_secret() == make_secret()
    (32, False)
    """
    return secrets.token_bytes(SECRET_BYTES)


def digest(secret: bytes) -> bytes:
    """What is kept of a secret.

    >>> digest(bytes(32)).hex()[:8]
    '66687aad'
    """
    return hashlib.sha256(secret).digest()


def read_key(text: str) -> Key | None:
    """The key that is written here; None where there is none.

    >>> read_key("nx_x_y")
    """
    return _read(_KEY, text)


def read_header(value: str) -> Key | None:
    """The key in an Authorization header; None where there is none that can be read.

    `Bearer <key>`, the key alone (as fatcat's clients can send it), or `Basic` with the id as the
    name and the secret as the password (RFC 6750, RFC 7617).

    >>> key = Key(UUID(int=1), bytes(32))
    >>> read_header("bearer  " + key.text()) == read_header(key.text()) == key
    True
    >>> pair = key.text().removeprefix("nx_").replace("_", ":").encode()
    >>> read_header("Basic " + base64.b64encode(pair).decode()) == key
    True
    >>> read_header("Digest x"), read_header("Basic é"), read_header("")
    (None, None, None)
    """
    if len(value) > LONGEST_HEADER:
        return None
    scheme, _, rest = value.strip().partition(" ")
    match scheme.lower():
        case "bearer":
            return read_key(rest.strip())
        case "basic":
            return _read(_PAIR, _decode(rest.strip()))
    return read_key(value.strip())


def _decode(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return ""


def _read(pattern: re.Pattern[str], text: str) -> Key | None:
    found = pattern.fullmatch(text)
    if found is None:
        return None
    return Key(decode(found[1]), base64.b32decode(found[2].upper() + "===="))
