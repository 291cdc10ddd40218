"""One page: a template filled in, under headers that let nothing foreign in.

Templates escape whatever they are given, and fail on what they are not given. A page loads one
stylesheet and nothing else: no script, no frame, no font, no picture of somebody else's, and no
form of it leads to another site. Rules: CSP Level 3, Fetch Metadata, RFC 9110.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Request, Response, get
from litestar.params import FromPath

from nexus_hub.aquilo.errors import NoSuchRoute

HTML = "text/html"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every page says of itself."""

PRIVATE: Mapping[str, str] = {"Cache-Control": "no-store", "Vary": "Cookie"}
"""What a page says beside it that is meant for one person."""

STYLE = (files("nexus_api.pages") / "static" / "style.css").read_bytes()
STYLE_PATH = f"/style/{hashlib.sha256(STYLE).hexdigest()[:16]}.css"
"""Where the stylesheet lies. Its name tells its content, so that it is kept for ever."""


def page(
    template: str,
    values: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response[bytes]:
    """An answer with the template filled in. Its headers are those of every page and the given.

    >>> page("failure.html", {"title": "Gone", "detail": "<b>", "hint": None}).status_code
    200
    """
    content = _ENVIRONMENT.get_template(template).render(
        {"style_path": STYLE_PATH, **(values or {})}
    )
    return Response(
        content.encode(),
        status_code=status,
        media_type=HTML,
        headers={**SECURITY, **(headers or {})},
    )


def wants_html(request: Request[Any, Any, Any]) -> bool:
    """Whether a person asks, with a browser; a client that takes anything is given JSON."""
    return request.accept.best_match(["application/json", HTML]) == HTML


@get("/style/{name:str}", include_in_schema=False, sync_to_thread=False)
def style_get(name: FromPath[str]) -> Response[bytes]:
    """The stylesheet of all pages; its name changes with its content."""
    if f"/style/{name}" != STYLE_PATH:
        raise NoSuchRoute(f"there is no stylesheet '{name}'")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", **SECURITY}
    return Response(STYLE, media_type="text/css", headers=headers)


def moment(at: datetime) -> str:
    """A point in time for people, to the minute, in UTC.

    >>> moment(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    '2 January 2026, 03:04 UTC'
    """
    told = at.astimezone(UTC)
    return f"{told.day} {told:%B %Y, %H:%M} UTC"


def number(count: int) -> str:
    """A count for people.

    >>> number(1234567)
    '1,234,567'
    """
    return f"{count:,}"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("nexus_api.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(moment=moment, number=number)
    return environment


_ENVIRONMENT = _environment()
