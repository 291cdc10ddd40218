"""The header `Idempotency-Key`: any text of a client's, sent again where no answer arrived.

Rule: draft-ietf-httpapi-idempotency-key-header. What was done under a key is stored with it, so
that it is found, not done again.
"""

from __future__ import annotations

from typing import Annotated

from litestar.params import HeaderParameter

from nexus_api.problems import invalid

LONGEST_KEY = 255

IdempotencyKey = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        description="Any text of yours; sent again with the same request, nothing is done twice.",
        required=False,
    ),
]


def read_key(text: str | None) -> str | None:
    """The key as it is compared, without white space around it. Raises `Refused`.

    >>> read_key(" a1 "), read_key(None)
    ('a1', None)
    """
    if text is None:
        return None
    key = text.strip()
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise invalid("Idempotency-Key", key[:40], f"1 to {LONGEST_KEY} ASCII characters")
    return key
