"""What goes wrong on a page, told on a page: what it was, and what to do next."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.response import Redirect

from nexus_api import problems
from nexus_api.pages.page import PRIVATE, page
from nexus_api.pages.session import SignInNeeded


def answer(request: Request[Any, Any, Any], exc: Exception) -> Response[Any]:
    """The page a failure becomes; who is not signed in is led there."""
    if isinstance(exc, SignInNeeded):
        return Redirect("/self/sign-in?over=1", status_code=303, headers=dict(PRIVATE))
    answered = problems.answer(request, exc)
    problem = msgspec.json.decode(answered.content)
    values = {
        "title": problem["title"],
        "detail": problem["detail"],
        "hint": problem["hint"],
        "visitor": None,
    }
    kept = {name: value for name, value in answered.headers.items() if name == "Retry-After"}
    return page("self/failure.html", values, status=problem["status"], headers=kept | dict(PRIVATE))
