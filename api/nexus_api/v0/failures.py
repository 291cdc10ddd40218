"""Failures as fatcat's clients read them under `/v0`, DataCite's at `/dois`, else problems."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response

from nexus_api import jsonapi, problems

PREFIX = "/v0/"
JSON_API = frozenset({"dois"})
"""First segments of the paths that fail as JSON:API says."""


def answer(request: Request[Any, Any, Any], exc: Exception) -> Response[bytes]:
    """What an exception becomes: the same status and headers, in the form of the path's clients."""
    answered = problems.answer(request, exc)
    if request.scope["path"].split("/")[1] in JSON_API:
        return jsonapi.refused(answered)
    if not request.scope["path"].startswith(PREFIX):
        return answered
    problem = msgspec.json.decode(answered.content)
    told = {
        "success": False,
        "error": problem["type"].rpartition("/")[2],
        "message": problem["detail"],
    }
    answered.content = msgspec.json.encode(told)
    answered.media_type = "application/json"
    return answered
