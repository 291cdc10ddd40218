"""An application with small routes of the test's own, and no database unless one is asked for."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from litestar.testing import TestClient

from nexus_api.app import create_app
from nexus_hub.platform.config import Settings

NOWHERE = "postgresql://127.0.0.1:1/nothing"
"""A port that refuses connections."""


@pytest.fixture
def serve(tmp_path) -> Iterator[Callable[..., TestClient[Any]]]:
    """`serve(handler, ..., open_deposits=False)`: a client of an app with just these routes."""
    with ExitStack() as stack:

        def client(*handlers: Any, **settings: Any) -> TestClient[Any]:
            known = {"home": tmp_path, "database_url": NOWHERE}
            app = create_app(Settings(**(known | settings)), handlers or None)
            return stack.enter_context(TestClient(app))

        yield client
