"""The whole application for one hub after another, its routes made once a process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from litestar.testing import TestClient

from nexus_api.app import NexusApp, create_app
from nexus_hub.platform.config import Settings

_idle: list[NexusApp] = []


@contextmanager
def serving(settings: Settings) -> Iterator[TestClient[Any]]:
    """A client of the application, which knows nothing yet but these settings."""
    app = _idle.pop() if _idle else create_app(settings)
    app.begin(settings)
    with TestClient(app) as client:
        yield client
    _idle.append(app)
