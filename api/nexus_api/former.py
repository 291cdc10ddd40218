"""Answers for objects that were merged into others or deleted, whatever they were asked for by.

Rule: RFC 9110, sections 15.4.2 (301) and 15.5.11 (410).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response

from nexus_api.problems import Refused
from nexus_hub.aquilo.errors import Gone
from nexus_hub.croid.service import link


def moved(survivor: UUID, location: str | None = None, etag: str | None = None) -> Response[Any]:
    """The way to the survivor of a merger: 301 to this path, to its CROID's where none is given.

    The tag, where one is told, is that of the merger, for who wants to undo it.
    """
    headers = {"Location": location or link(survivor)} | ({"ETag": etag} if etag else {})
    return Response(None, status_code=301, headers=headers)


def gone(croid: UUID, detail: str) -> Refused:
    """The refusal of what was deleted: 410, with a link to what is left of the object."""
    return Refused(Gone(detail), headers={"Link": f'<{link(croid)}>; rel="describedby"'})
