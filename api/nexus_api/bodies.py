"""Bodies as they arrive: none that is packed, none that drips in for ever.

A compressed body is refused by name (RFC 9110, sections 8.4 and 15.5.16), so that nothing small
becomes large in here. What is sent must come in at a pace, or its request is given up (15.5.9).
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from litestar.types import HTTPScope, Receive

from nexus_api.problems import Refused
from nexus_hub.aquilo.errors import SlowBody, UnsupportedMediaType

GRACE_S = 20.0
LEAST_BYTES_PER_S = 10_000


def check_encoding(scope: HTTPScope) -> None:
    """Refuse a body in any encoding but its own. Raises `Refused`."""
    for name, value in scope["headers"]:
        if name == b"content-encoding" and value.strip().lower() not in (b"", b"identity"):
            told = value[:40].decode("latin-1")
            detail = f"a body with the Content-Encoding {told!r} is not taken; send it as it is"
            raise Refused(UnsupportedMediaType(detail), headers={"Accept-Encoding": "identity"})


def paced(receive: Receive) -> Receive:
    """The body of a request for as long as it comes in at a pace; then `SlowBody` is raised."""
    began = time.monotonic()
    taken = 0
    is_whole = False

    async def received() -> Any:
        nonlocal taken, is_whole
        if is_whole:
            # What comes after the body is that the client leaves, which may take its time.
            return await receive()
        left = began + GRACE_S + taken / LEAST_BYTES_PER_S - time.monotonic()
        try:
            message = await asyncio.wait_for(receive(), max(left, 0.001))
        except TimeoutError:
            raise SlowBody(f"{taken} bytes in {time.monotonic() - began:.0f} s") from None
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
        else:
            is_whole = True
        return message

    return received
