"""What a server is pointed at: `granian --interface asgi --factory nexus_api.serve:create`."""

from __future__ import annotations

from litestar import Litestar

from nexus_api.app import create_app
from nexus_hub.platform.config import settings


def create() -> Litestar:
    """The application with the settings of the environment."""
    return create_app(settings())
