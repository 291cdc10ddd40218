"""The routes of the API, from its OpenAPI description."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nexus_tools.documentation import markdown

INTRODUCTION = (
    "The whole contract, with the shape of every body, is `api/openapi.json`; a running server "
    "shows it at `/openapi.json`. Failures are [problem documents](errors.md)."
)
METHODS = ("get", "post", "put", "patch", "delete")


def pages(root: Path) -> dict[str, str]:
    """The page of all routes; none before there is a description."""
    description = root / "api" / "openapi.json"
    if not description.exists():
        return {}
    document = json.loads(description.read_text(encoding="utf-8"))
    parts = [_route(document, *found) for found in routes(document)]
    return {"http.md": markdown.page("HTTP", INTRODUCTION, *parts)}


def routes(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every operation; HEAD goes without saying beside GET."""
    for path, operations in document.get("paths", {}).items():
        for method in METHODS:
            if method in operations:
                yield method.upper(), path, operations[method]


def _route(document: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> str:
    parameters = [_resolved(document, p) for p in operation.get("parameters", [])]
    responses = {
        status: _resolved(document, r) for status, r in operation.get("responses", {}).items()
    }
    parts = [
        f"## {method} {path}",
        operation.get("summary", ""),
        operation.get("description", ""),
        markdown.table(
            ["parameter", "in", "meaning"],
            [(markdown.code(p["name"]), p["in"], p.get("description")) for p in parameters],
        ),
        markdown.table(
            ["status", "meaning"],
            [(status, r.get("description")) for status, r in sorted(responses.items())],
        ),
    ]
    return "\n\n".join(part for part in parts if part)


def _resolved(document: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in value:
        found: Any = document
        for step in value["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        value = found
    return value
