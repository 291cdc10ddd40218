"""What OpenAPI says of an answer, made from one example of it.

Bodies leave as bytes, so no annotation tells their shape; the example does, and the schema is made
from it, so that the two cannot disagree.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

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
    ),
]
Mailto = Annotated[str | None, QueryParameter(description="How to reach who asks.", required=False)]
MinIndex = Annotated[
    int | None,
    HeaderParameter(
        name="X-Nexus-Min-Index",
        description="Answer only from what is at least as new as this index; waits up to 10 s.",
        required=False,
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
        return Schema(type=OpenAPIType.OBJECT, properties=properties)
    if isinstance(example, list):
        items = schema_of(example[0], nullable) if example else Schema()
        return Schema(type=OpenAPIType.ARRAY, items=items)
    kind = next((name for held, name in _TYPES if isinstance(example, held)), None)
    return Schema(type=kind) if kind else Schema()


def described(
    contents: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Collection[str] = ("X-Nexus-Index",),
    nullable: Collection[str] = (),
    body: Any = None,
    bodies: Mapping[str, Any] | None = None,
    others: Mapping[int, str] | None = None,
) -> type[Operation]:
    """The class of an operation whose success has these contents, an example by media type.

    `body` is an example of what is sent, `bodies` have those of other types it may be sent as, and
    `others` the meanings of further statuses; both success and they have the headers named.
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
                str(code): OpenAPIResponse(description=meaning)
                for code, meaning in (others or {}).items()
            }
            self.responses = {str(status): success, **further, **responses}
            self.summary = (self.description or "").partition("\n")[0] or self.summary
            if body is not None:
                self.request_body = RequestBody(
                    {
                        name: _media(example, ())
                        for name, example in {JSON: body, **(bodies or {})}.items()
                    },
                    required=True,
                )

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


def _media(example: Any, nullable: Collection[str]) -> OpenAPIMediaType:
    return OpenAPIMediaType(
        schema=schema_of(example, nullable), examples={"example": Example(value=example)}
    )
