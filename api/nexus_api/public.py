"""How this service is called from outside, for links that leave it."""

from __future__ import annotations

from typing import Any

from litestar import Request

from nexus_hub.platform.config import Settings


def home(request: Request[Any, Any, Any]) -> str:
    """The URL under which the service is reached, without a slash at its end.

    The setting tells it; where it does not, the request was made to it.
    """
    settings: Settings = request.app.state.settings
    return (settings.public_url or str(request.base_url)).rstrip("/")
