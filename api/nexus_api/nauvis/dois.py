"""`/dois`: DOIs as DataCite's REST API makes, shows, changes and deletes them."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Request, Response, delete, get, patch, post, put
from litestar.params import FromPath, QueryParameter
from psycopg import AsyncConnection

from nexus_api import jsonapi
from nexus_api.auth import Agent, agent_of, identify, keyed, known_by_key
from nexus_api.database import Database
from nexus_api.describing import JSON, IfMatch, described
from nexus_api.idempotency import IdempotencyKey
from nexus_api.nauvis import doi_records, doi_writes, forms
from nexus_api.nauvis import handle_examples as examples
from nexus_api.paging import Paging, parameters_of
from nexus_api.parameters import CURSOR
from nexus_hub.croid.identifiers import normalise_doi
from nexus_hub.nauvis.errors import NoSuchDoi, WrongDoiState
from nexus_hub.nauvis.queries import handle as q

AnyRequest = Request[Any, Any, Any]
MOST_DOIS = 100
_NULLABLE = ("doi", "url", "publisher", "publicationYear")
_OTHERS = {
    202: "There was no verdict within 15 seconds; `Location` leads to the deposit, which will have "
    "it.",
    401: "`bad-key` or `key-required`",
    403: "`not-your-prefix`",
    409: "`not-settled`: what was deposited of it before has no verdict yet.",
    412: "`precondition-failed`: it was changed since it was read.",
    422: "`doi-refused`, `bad-doi-document`: the errors name the places; `key-reused`.",
}


def _described(status: int, *, has_body: bool = True) -> Any:
    return described(
        {jsonapi.MEDIA_TYPE: examples.DOI},
        status=status,
        headers=("ETag",),
        nullable=_NULLABLE,
        body=examples.NEW_DOI if has_body else None,
        takes=dict.fromkeys((JSON, jsonapi.MEDIA_TYPE), forms.DOI_DOCUMENT),
        bodies={jsonapi.MEDIA_TYPE: examples.NEW_DOI},
        others=_OTHERS if has_body else {404: "`no-such-doi`"},
    )


@post(
    "/dois", operation_id="doi_create", tags=["dois"], status_code=201, **keyed("deposit"),
    operation_class=_described(201),
)  # fmt: skip
async def doi_create(
    request: AnyRequest, idempotency_key: IdempotencyKey = None
) -> Response[bytes]:
    """Make a DOI: a draft, unless an event or a state says otherwise; without a name, any."""
    attributes = await jsonapi.read_attributes(request)
    given = attributes.get("doi")
    doi = normalise_doi(given) if given is not None else None
    return await doi_writes.write(request, doi, attributes, is_new=True)


@put(
    "/dois/{doi:str}", operation_id="doi_replace", tags=["dois"], **keyed("deposit"),
    operation_class=_described(200),
)  # fmt: skip
async def doi_replace(
    doi: FromPath[str],
    request: AnyRequest,
    if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response[bytes]:
    """Change a DOI: its state, its URL, or the attributes that are sent; makes it if need be.

    Of several at once, each is made to what the one before it left. With `If-Match`, to what one
    has read alone.
    """
    attributes = await jsonapi.read_attributes(request)
    return await doi_writes.write(request, doi, attributes)


@patch(
    "/dois/{doi:str}", operation_id="doi_change", tags=["dois"], **keyed("deposit"),
    operation_class=_described(200),
)  # fmt: skip
async def doi_change(
    doi: FromPath[str],
    request: AnyRequest,
    if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response[bytes]:
    """Change the attributes of a DOI that are sent."""
    attributes = await jsonapi.read_attributes(request)
    return await doi_writes.write(request, doi, attributes, is_known=True)


@get(
    "/dois/{doi:str}", operation_id="doi_get", tags=["dois"], **known_by_key(),
    operation_class=_described(200, has_body=False),
)  # fmt: skip
async def doi_get(doi: FromPath[str], request: AnyRequest, db: Database) -> Response[bytes]:
    """A DOI with its metadata as deposited; what is not findable its owner alone sees."""
    row = await q.handle_find_async(db, doi=doi)
    if row is None or row.state is None or row.alias_of is not None:
        raise NoSuchDoi(doi)
    if row.state != "findable":
        own = await _own(db, await _asks(request))
        if doi.partition("/")[0] not in own:
            raise NoSuchDoi(doi)
    content = await doi_records.told(db, doi, row.state)
    return jsonapi.answer(content, headers={"ETag": doi_records.tag(content)})


@get(
    "/dois", operation_id="doi_list", tags=["dois"], **known_by_key(),
    operation_class=described(
        {jsonapi.MEDIA_TYPE: examples.DOIS}, headers=(), nullable=_NULLABLE
    ),
)  # fmt: skip
async def doi_list(
    request: AnyRequest,
    db: Database,
    pager: Paging,
    prefix: Annotated[
        str | None,
        QueryParameter(description="Of one prefix.", required=False),
    ] = None,
    size: Annotated[
        int, QueryParameter(name="page[size]", ge=0, le=MOST_DOIS, required=False)
    ] = 25,
    after: Annotated[
        str | None,
        QueryParameter(
            name="page[cursor]",
            required=False,
            schema_extra={"anyOf": [CURSOR, {"enum": ["1", ""]}]},
        ),
    ] = None,
) -> Response[bytes]:
    """DOIs in their order: with a key those of its member, else those that are findable."""
    parameters = [one for one in parameters_of(request) if one[0] != "page[cursor]"]
    cursor = [("cursor", after)] if after and after != "1" else []
    page = pager.page([*parameters, *cursor])
    agent = await _asks(request)
    own = await _own(db, agent)
    rows = await q.handle_doi_list_async(
        db, after_doi=page.after[0] if page.after else "", own=own, is_own=bool(own),
        prefix=prefix, limit_count=size + 1,
    )  # fmt: skip
    shown = rows[:size]
    items = [(await doi_records.told(db, row.doi, row.state))["data"] for row in shown]
    links = {"self": str(request.url)}
    if shown and len(rows) > len(shown):
        following = pager.write([shown[-1].doi], parameters)
        kept = [one for one in request.query_params.multi_items() if one[0] != "page[cursor]"]
        query = urlencode([*kept, ("page[cursor]", following)])
        links["next"] = f"{str(request.base_url).rstrip('/')}/dois?{query}"
    return jsonapi.answer({"data": items, "meta": {"size": len(items)}, "links": links})


@delete(
    "/dois/{doi:str}", operation_id="doi_delete", tags=["dois"], **keyed("deposit"),
    operation_class=described(
        {}, status=204, headers=(),
        others={404: "`no-such-doi`", 409: "`wrong-doi-state`: only a draft can be deleted.",
                410: "`doi-deleted`: it was registered and is gone.",
                412: "`precondition-failed`: it was changed since; read it again."},
    ),
)  # fmt: skip
async def doi_delete(
    doi: FromPath[str], request: AnyRequest, db: Database, if_match: IfMatch = None
) -> None:
    """Delete a draft; any other stays for ever, and can be hidden."""
    await doi_writes.check(request, db, doi)
    row = await q.handle_delete_async(
        db, editor_id=agent_of(request).editor_id, doi=doi, expected_id=None
    )
    if row is None:
        raise NoSuchDoi(doi)
    if row.was != "draft":
        # What was done is rolled back.
        raise WrongDoiState(f"{doi} is {row.was}; only a draft can be deleted here")


async def _asks(request: AnyRequest) -> Agent | None:
    return await identify(request)


async def _own(db: AsyncConnection[Any], agent: Agent | None) -> list[str]:
    """The prefixes of whoever asks."""
    return await q.handle_prefix_list_async(db, editor_id=agent.editor_id) if agent else []


route_handlers = [doi_create, doi_list, doi_get, doi_replace, doi_change, doi_delete]
