"""What OpenAPI says of an answer, made from one example of it.

Bodies leave as bytes, so no annotation tells their shape; the example does, and the schema is made
from it, so that the two cannot disagree.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Request
from litestar.openapi.spec import (
    Example,
    OpenAPIHeader,
    OpenAPIMediaType,
    OpenAPIResponse,
    Operation,
    Reference,
    RequestBody,
    Schema,
)
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import HeaderParameter, QueryParameter

from nexus_api import parameters
from nexus_api.paging import MAX_OFFSET, MAX_ROWS
from nexus_api.problems import Fault, Refused
from nexus_hub.aquilo.errors import ValidationFailed

JSON = "application/json"
_TYPES: tuple[tuple[type, OpenAPIType], ...] = (
    (bool, OpenAPIType.BOOLEAN),
    (int, OpenAPIType.INTEGER),
    (float, OpenAPIType.NUMBER),
    (str, OpenAPIType.STRING),
)
HEADERS = {
    "X-Nexus-Index": "Index of the changelog that the answer is at least as new as.",
    "ETag": "Tag of this representation, for `If-None-Match`.",
    "Link": 'The next page, `rel="next"`.',
    "Location": "Where to go on.",
    "Retry-After": "Seconds after which to ask again.",
    "Cache-Control": "How long the answer may be kept.",
}

Rows = Annotated[
    int, QueryParameter(ge=0, le=MAX_ROWS, description="How many items at most.", required=False)
]
Offset = Annotated[
    int,
    QueryParameter(
        ge=0, le=MAX_OFFSET, description="How many items to leave out first.", required=False
    ),
]
Cursor = Annotated[
    str | None,
    QueryParameter(
        description="`*` for the first page, then the `next-cursor` of the page before.",
        required=False,
        schema_extra=parameters.CURSOR,
    ),
]
Mailto = Annotated[str | None, QueryParameter(description="How to reach who asks.", required=False)]
MinIndex = Annotated[
    int | None,
    HeaderParameter(
        name="X-Nexus-Min-Index",
        description="Answer only from what is at least as new as this index; waits up to 10 s.",
        required=False,
        schema_extra=parameters.INDEX,
    ),
]
IfNoneMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-None-Match", description="Tags of what is held already.", required=False
    ),
]

IfMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-Match",
        description="The tag of what is to be changed; `*` for whatever is there.",
        required=False,
    ),
]


def schema_of(example: Any, nullable: Collection[str] = ()) -> Schema:
    """The JSON Schema of what looks like the example; members named in `nullable` may be null.

    >>> schema_of({"n": 1}).to_schema()
    {'properties': {'n': {'type': 'integer'}}, 'type': 'object'}
    """
    if isinstance(example, Mapping):
        properties: dict[str, Reference | Schema] = {}
        for name, value in example.items():
            schema = properties[name] = schema_of(value, nullable)
            if name in nullable and isinstance(schema.type, OpenAPIType):
                schema.type = [schema.type, OpenAPIType.NULL]
            if name == "value" and {"op", "path"} <= example.keys():
                properties[name] = Schema()  # A JSON Patch puts anything anywhere.
        return Schema(type=OpenAPIType.OBJECT, properties=properties)
    if isinstance(example, list):
        items = schema_of(example[0], nullable) if example else Schema()
        return Schema(type=OpenAPIType.ARRAY, items=items)
    kind = next((name for held, name in _TYPES if isinstance(example, held)), None)
    return Schema(type=kind) if kind else Schema()


def type_schema(kind: Any) -> Any:
    """The JSON Schema of what msgspec reads into a type, whole: without references."""
    (schema,), components = msgspec.json.schema_components([kind], ref_template="{name}")

    def whole(value: Any) -> Any:
        if isinstance(value, dict):
            named = whole(components[value["$ref"]]) if "$ref" in value else {}
            # The title of a schema is a class of ours; a member may be called so too.
            left_out = {"$ref"} | ({"title"} if isinstance(value.get("title"), str) else set())
            return named | {name: whole(value[name]) for name in value if name not in left_out}
        return [whole(one) for one in value] if isinstance(value, list) else value

    return whole(schema)


def described(
    contents: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Collection[str] = ("X-Nexus-Index",),
    nullable: Collection[str] = (),
    body: Any = None,
    takes: Any = None,
    may_lack: bool = False,
    bodies: Mapping[str, Any] | None = None,
    others: Mapping[int, str] | None = None,
    told: Mapping[int, Mapping[str, Any]] | None = None,
) -> type[Operation]:
    """The class of an operation whose success has these contents, an example by media type.

    `body` is an example of what is sent and `bodies` those of other media types; `takes` is the
    type that it is read into, or schemas by media type. `others` are the meanings of further
    statuses, and `told` what some of them tell beside a problem, examples by media type again.
    """
    media = {name: _media(example, nullable) for name, example in contents.items()}
    heads = {
        name: OpenAPIHeader(description=HEADERS[name], schema=Schema(type=OpenAPIType.STRING))
        for name in headers
    }

    @dataclass
    class Described(Operation):
        def __post_init__(self) -> None:
            responses = dict(self.responses or {})
            first = responses.pop(next(iter(responses), ""), None)
            text = first.description if isinstance(first, OpenAPIResponse) else "As asked."
            success = OpenAPIResponse(description=text, content=dict(media), headers=dict(heads))
            further = {
                str(code): OpenAPIResponse(description=meaning, content=_contents(told, code))
                for code, meaning in (others or {}).items()
            }
            self.responses = {str(status): success, **responses, **further}
            self.summary = (self.description or "").partition("\n")[0] or self.summary
            if body is not None:
                sent = {
                    name: _media(one, nullable)
                    for name, one in {JSON: body, **(bodies or {})}.items()
                }
                told_forms = takes if isinstance(takes, Mapping) else {JSON: takes}
                for name, form in told_forms.items():
                    if form is not None:
                        sent[name].schema = form if isinstance(form, dict) else type_schema(form)
                self.request_body = RequestBody(sent, required=not may_lack)

    return Described


def check_parameters(request: Request[Any, Any, Any], known: Collection[str]) -> None:
    """Refuse parameters that mean nothing here, guessing which were meant."""
    for name, value in request.query_params.multi_items():
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), 1)
            guess = f", did you mean {near[0]}" if near else ""
            message = f"no parameter is called {name!r}{guess}; known: {', '.join(sorted(known))}"
            fault = Fault("parameter-not-known", message, str(value)[:100], parameter=name)
            raise Refused(ValidationFailed(message), [fault])


def _contents(
    told: Mapping[int, Mapping[str, Any]] | None, code: int
) -> dict[str, OpenAPIMediaType] | None:
    contents = (told or {}).get(code, {})
    return {name: _media(example, ()) for name, example in contents.items()} or None


def _media(example: Any, nullable: Collection[str]) -> OpenAPIMediaType:
    return OpenAPIMediaType(
        schema=schema_of(example, nullable), examples={"example": Example(value=example)}
    )
