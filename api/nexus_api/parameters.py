"""What the contract says of the values of parameters, which handlers read themselves.

No annotation tells the form of a DOI or a CROID in a path, since the handler's own refusal says
better what is wrong with one. What fits a form is refused only for what no schema can tell, such
as a check digit, a signature or a time that has not come yet.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from litestar.handlers import HTTPRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.params import QueryParameter
from litestar.types import ASGIApp, Receive, Scope, Send

from nexus_api.problems import invalid

PREFIX = {"pattern": r"^10\.[1-9][0-9]{3,8}(\.[0-9]+)*$"}
DOI = {
    "pattern": r"^10\.[1-9][0-9]{3,8}(\.[0-9]+)*/[!-~]+$",
    "examples": ["10.5555/example.1"],
}
"""The bare name; `doi:` or the address of a resolver may stand before it."""

CROID = {"pattern": "^[0-7OoIiLl][0-9A-TV-Za-tv-z]{25}$"}
ROR = {"pattern": "^0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}$", "examples": ["052gg0110"]}
CURSOR = {"pattern": r"^(\*|[A-Za-z0-9_-]{32,})$"}
MOMENT = {"anyOf": [{"pattern": "^[0-9]{1,18}$"}, {"format": "date-time"}]}
DAY_OR_TIME = {"anyOf": [{"format": "date"}, {"format": "date-time"}]}
INDEX = {"minimum": 0, "maximum": 10**18 - 1}
_IN_PATHS = {"doi": DOI, "croid": CROID, "ror": ROR}
"""What the path parameters of these names look like, wherever they stand."""


def or_empty(form: dict[str, Any]) -> dict[str, Any]:
    """The form of a filter that filters nothing where it is empty.

    >>> or_empty({"format": "date"})
    {'anyOf': [{'format': 'date'}, {'enum': ['']}]}
    """
    kinds = form.get("anyOf", [{name: form[name] for name in form if name != "examples"}])
    return {"anyOf": [*kinds, {"enum": [""]}]}


def tell(parameter: dict[str, Any]) -> None:
    """Complete a parameter of the contract in place.

    A parameter that may be left out is never null: `null` in a query is a word of four letters.

    >>> optional = {"in": "query", "schema": {"oneOf": [{"type": "string"}, {"type": "null"}]}}
    >>> tell(optional)
    >>> optional["schema"]
    {'type': 'string'}
    """
    schema = parameter["schema"]
    if "oneOf" in schema:
        kinds = [one for one in schema.pop("oneOf") if one != {"type": "null"}]
        found = kinds[0] if len(kinds) == 1 else {"oneOf": kinds}
        schema |= found | schema
    if isinstance(schema.get("type"), list):
        kinds = [kind for kind in schema["type"] if kind != "null"]
        schema["type"] = kinds[0] if len(kinds) == 1 else kinds
    if None in schema.get("enum", ()):
        schema["enum"] = [value for value in schema["enum"] if value is not None]
    for name in ("minimum", "maximum"):
        # A limit of 2^62 and more is not the same as a floating point number prints it.
        if isinstance(schema.get(name), float) and schema[name].is_integer():
            schema[name] = int(schema[name])
    if parameter["in"] == "path":
        schema |= _IN_PATHS.get(parameter["name"], {})


class NoNull(ASGIMiddleware):
    """Refuses `null` where a parameter is one of some words, a number or a truth value.

    The framework reads it as a parameter that was left out, which would filter nothing.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass the request on if nothing in its query is null. Raises `Refused`."""
        query = scope.get("query_string", b"")
        if b"null" in query.lower():
            never = _never_null(scope["route_handler"])
            for name, value in parse_qsl(query.decode("latin-1")):
                if value.lower() == "null" and name in never:
                    raise invalid(name, value, "a value, or to be left out")
        await next_app(scope, receive, send)


def _never_null(handler: Any) -> set[str]:
    """The names of a handler's parameters that may be left out and are not text."""
    if not isinstance(handler, HTTPRouteHandler):
        return set()
    return {
        told.name or name
        for name, field in handler.parsed_fn_signature.parameters.items()
        if isinstance(told := field.kwarg_definition, QueryParameter) and field.is_optional
        if not any(one.annotation is str or one.origin is list for one in field.inner_types)
    }
