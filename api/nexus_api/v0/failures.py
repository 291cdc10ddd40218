"""Failures as fatcat's clients read them under `/v0`, DataCite's at `/dois`, else problems.

Who looks in a browser, which says so by preferring HTML, is shown the same facts as a page.
"""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response

from nexus_api import jsonapi, problems
from nexus_api.pages.page import HTML, page

PREFIX = "/v0/"
JSON_API = frozenset({"dois"})
"""First segments of the paths that fail as JSON:API says."""


def answer(request: Request[Any, Any, Any], exc: Exception) -> Response[bytes]:
    """What an exception becomes: the same status and headers, in the form of the path's clients."""
    answered = problems.answer(request, exc)
    if request.scope["path"].split("/")[1] in JSON_API:
        return jsonapi.refused(answered)
    if not request.scope["path"].startswith(PREFIX):
        return _shown(answered) if _is_looked_at(request) else answered
    problem = msgspec.json.decode(answered.content)
    told = {
        "success": False,
        "error": problem["type"].rpartition("/")[2],
        "message": problem["detail"],
    }
    answered.content = msgspec.json.encode(told)
    answered.media_type = "application/json"
    return answered


def _is_looked_at(request: Request[Any, Any, Any]) -> bool:
    """Whether a page is wanted rather than a problem; who wants anything is given a problem."""
    if request.scope["method"] != "GET":
        return False
    offers = [problems.MEDIA_TYPE, "application/json", HTML]
    return request.accept.best_match(offers) == HTML


def _shown(answered: Response[bytes]) -> Response[bytes]:
    """A problem as a page, with the headers it has."""
    problem = msgspec.json.decode(answered.content)
    messages = [one["message"] for one in problem["message"] if one["message"] != problem["detail"]]
    values = {
        "title": problem["title"],
        "detail": problem["detail"],
        "hint": problem["hint"],
        "messages": messages,
        "about": problem["type"],
        "status": problem["status"],
    }
    headers = {**answered.headers, "Vary": "Accept"}
    return page("failure.html", values, status=problem["status"], headers=headers)
