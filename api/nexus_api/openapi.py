"""The contract: OpenAPI 3.1 from the code, with what holds for every route added once."""

from __future__ import annotations

import copy
from http import HTTPStatus
from typing import Any

from litestar import Litestar, Request, Response, get
from litestar.openapi.config import OpenAPIConfig

from nexus_api import jsonapi, parameters
from nexus_api.problems import MEDIA_TYPE
from nexus_api.raw_path import RESOLVER
from nexus_api.v0 import failures
from nexus_hub import __version__

SCHEMA_PATH = "/openapi"
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_ALWAYS = {"400": "BadRequest", "404": "NotFound", "500": "Internal", "503": "Unavailable"}
_WITH_BODY = {"413": "TooLarge", "415": "UnsupportedMediaType"}
_LIMITED = {"429": "TooManyRequests"}
_COUNTED = ("/{name}", "/api/handles/")
"""Paths of GET requests that count; those of other methods do everywhere."""

_WITH_KEY = {"401": "KeyNeeded", "403": "Forbidden"}
_DESCRIPTIONS = {
    "KeyNeeded": "`key-required`: no key was sent. `bad-key`: what was sent is none that counts.",
    "Forbidden": "The key, or its editor, may not do that; the detail says what is lacking.",
    "BadRequest": "The path, a parameter or the body is not valid.",
    "NotFound": "There is no such thing.",
    "TooLarge": "The body is larger than 50 MB.",
    "UnsupportedMediaType": "The body is of a type that is not taken here.",
    "TooManyRequests": "More was asked than the limit; ask again after `Retry-After`.",
    "Internal": "Something failed that should not; the detail has a reference for the operator.",
    "Unavailable": "The database is away, read-only or busy; try again after `Retry-After`.",
}
_KEYS = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "nx_<id>_<secret>",
        "description": "A key of an editor. The names beside it are the scopes it needs.",
    },
    "basic": {
        "type": "http",
        "scheme": "basic",
        "description": "The same key in two parts: its id as the name, its secret as the password.",
    },
}
_SENT_AS = {f"/{RESOLVER}/{{name}}": "/{name}"}
"""What a path that is routed elsewhere looks like to who sends it."""

_JSON_API = {
    "type": "object",
    "description": "JSON:API 1.1, section 11: what went wrong, each with its place.",
    "required": ["errors"],
    "properties": {
        "errors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["status", "code", "title", "detail"],
                "properties": {
                    "status": {"type": "string"},
                    "code": {"type": "string"},
                    "title": {"type": "string"},
                    "detail": {"type": "string"},
                    "source": {
                        "type": "object",
                        "properties": {
                            "pointer": {"type": "string"},
                            "parameter": {"type": "string"},
                        },
                    },
                },
            },
        }
    },
}
_FAULT = {
    "type": "object",
    "required": ["type", "value", "message", "pointer"],
    "properties": {
        "type": {"type": "string"},
        "value": {"type": "string"},
        "message": {"type": "string"},
        "pointer": {"type": "string", "description": "JSON Pointer into the body."},
        "parameter": {"type": "string", "description": "Name of the query parameter."},
    },
}
_PROBLEM_SCHEMA = {
    "type": "object",
    "description": "RFC 9457, with the members of Crossref's failure messages beside it.",
    "required": ["type", "title", "status", "detail", "instance", "message-type", "message"],
    "properties": {
        "type": {"type": "string", "description": "Path of the page about this kind of problem."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "hint": {"type": ["string", "null"]},
        "message-type": {"type": "string", "enum": ["validation-failure", "exception"]},
        "message-version": {"type": "string"},
        "message": {"type": "array", "items": _FAULT},
    },
    "examples": [
        {
            "type": "/problems/cursor-mismatch",
            "title": "The cursor belongs to another query.",
            "status": 400,
            "detail": "the cursor was made for other parameters",
            "instance": "/works?cursor=AAAA",
            "hint": "Begin again with cursor=*.",
            "message-type": "validation-failure",
            "message-version": "1.0.0",
            "message": [
                {
                    "type": "cursor-mismatch",
                    "value": "/works?cursor=AAAA",
                    "message": "the cursor was made for other parameters",
                    "pointer": "",
                }
            ],
        }
    ],
}


def config() -> OpenAPIConfig:
    """How Litestar describes the routes; operation ids are given noun first by the handlers."""
    return OpenAPIConfig(
        title="NEXUS",
        version=__version__,
        path=SCHEMA_PATH,
        description="One versioned, enriched, attributed record of every research object.",
        operation_id_creator=lambda handler, method, parts: handler.handler_name,
        use_handler_docstrings=True,
    )


def document(app: Litestar) -> dict[str, Any]:
    """The whole contract as JSON values: HEAD beside every GET, and every failure as a problem."""
    schema = copy.deepcopy(app.openapi_schema.to_schema())
    components = schema.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = _PROBLEM_SCHEMA
    components["schemas"]["Errors"] = _JSON_API
    components["responses"] = {
        name: {"description": text, "content": {MEDIA_TYPE: {"schema": _PROBLEM}}}
        for name, text in _DESCRIPTIONS.items()
    }
    components["securitySchemes"] = _KEYS
    for routed, sent in _SENT_AS.items():
        if routed in schema["paths"]:
            schema["paths"][sent] = schema["paths"].pop(routed)
    for name, path in schema["paths"].items():
        for method, operation in list(path.items()):
            for parameter in operation.get("parameters", ()):
                parameters.tell(parameter)
            _document_failures(operation, is_limited=method != "get" or name.startswith(_COUNTED))
            if name.split("/")[1] in failures.JSON_API:
                _fail_as_json_api(operation)
        if "get" in path:
            path["head"] = _head_of(path["get"])
    return schema


def _document_failures(operation: dict[str, Any], *, is_limited: bool) -> None:
    """Failures of every operation by reference; those an operation declares itself as problems."""
    responses = operation["responses"]
    for status, response in responses.items():
        if status.startswith(("4", "5")):
            response.setdefault("content", {})[MEDIA_TYPE] = {"schema": _PROBLEM}
    names = _ALWAYS | (_WITH_BODY if "requestBody" in operation else {})
    names |= _WITH_KEY if "security" in operation else {}
    names |= _LIMITED if is_limited else {}
    for status, name in names.items():
        if status not in responses or (status == "400" and _is_framework(responses[status])):
            responses[status] = {"$ref": f"#/components/responses/{name}"}


def _fail_as_json_api(operation: dict[str, Any]) -> None:
    """Failures as DataCite's clients read them, in the place of problems."""
    content = {jsonapi.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Errors"}}}
    for status, response in operation["responses"].items():
        if status.startswith(("4", "5")):
            named = response.get("$ref", "").rpartition("/")[2]
            text = _DESCRIPTIONS[named] if named else response["description"]
            operation["responses"][status] = {"description": text, "content": content}


def _is_framework(response: dict[str, Any]) -> bool:
    """Whether a 400 is the framework's own, whose shape is never sent."""
    return response["description"] == HTTPStatus.BAD_REQUEST.description


def _head_of(operation: dict[str, Any]) -> dict[str, Any]:
    head = copy.deepcopy(operation)
    head["operationId"] = f"{operation['operationId']}_head"
    head["summary"] = f"{operation.get('summary', '')} (head only)".strip()
    for response in head["responses"].values():
        response.pop("content", None)
    return head


@get("/openapi.json", operation_id="contract_get", tags=["service"], sync_to_thread=False)
def contract_get(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
    """This contract."""
    state = request.app.state
    if "contract" not in state:
        state.contract = document(request.app)
    return Response(state.contract, media_type="application/json")
