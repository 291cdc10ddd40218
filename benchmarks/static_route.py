"""The application as it is served, and beside its routes one that answers bytes from memory.

`granian --interface asgi --factory benchmarks.static_route:create`; the bytes are files named by
numbers in the folder that BENCH_ANSWERS names.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from litestar import Litestar, MediaType, Response, get

from nexus_api import rooms
from nexus_api.app import create_app
from nexus_hub.platform.config import settings

FOLDER = "BENCH_ANSWERS"


@get("/bench/static/{number:int}", sync_to_thread=False, include_in_schema=False)
def static_get(number: int) -> Response[bytes]:
    """The bytes of a file, read once and kept."""
    return Response(_answer(number), media_type=MediaType.JSON)


@cache
def _answer(number: int) -> bytes:
    return (Path(os.environ[FOLDER]) / str(number)).read_bytes()


def create() -> Litestar:
    """The application with the settings of the environment and one route more."""
    return create_app(settings(), [*rooms.route_handlers(), static_get])
