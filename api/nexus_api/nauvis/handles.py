"""What becomes of a DOI: deleted, or led to from others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.params import FromPath, FromQuery
from psycopg import AsyncConnection

from nexus_api.aquilo.works import tags
from nexus_api.auth import agent_of, keyed
from nexus_api.catalog.edit_bodies import read_body, read_json
from nexus_api.conditional import check_match
from nexus_api.database import Database
from nexus_api.describing import (
    JSON,
    Cursor,
    IfMatch,
    Mailto,
    MinIndex,
    Rows,
    check_parameters,
    described,
)
from nexus_api.freshness import HEADER
from nexus_api.listing import page_answer
from nexus_api.nauvis import handle_examples as examples
from nexus_api.paging import DEFAULT_ROWS, Paging, parameters_of
from nexus_hub.aquilo.queries.work import work_get_async
from nexus_hub.croid.identifiers import normalise_doi
from nexus_hub.nauvis.errors import NoSuchDoi
from nexus_hub.nauvis.queries import handle as q

AnyRequest = Request[Any, Any, Any]


class NewAlias(msgspec.Struct, forbid_unknown_fields=True):
    """The DOI that is to lead here."""

    alias: str


@delete(
    "/works/{doi:str}",
    operation_id="work_delete",
    tags=["works"],
    status_code=200,
    **keyed("deposit"),
    operation_class=described(
        {JSON: examples.DELETED},
        headers=("X-Nexus-Index",),
        nullable=("index",),
        others={
            403: "`not-your-prefix`: the key is not one of the member that owns the prefix.",
            404: "`no-such-doi`",
            409: "`not-settled`: a deposit on it waits for its verdict.",
            410: "`doi-deleted`: it was deleted already.",
            412: "`precondition-failed`: it was changed since.",
        },
    ),
)
async def work_delete(
    doi: FromPath[str], request: AnyRequest, db: Database, if_match: IfMatch = None
) -> Response[bytes]:
    """Delete a DOI: a draft is gone and free, whatever was registered leaves a tombstone."""
    check_parameters(request, {"id", "mailto"})
    expected = await _expected(db, doi, request)
    row = await q.handle_delete_async(
        db, editor_id=agent_of(request).editor_id, doi=doi, expected_id=expected
    )
    if row is None:
        raise NoSuchDoi(doi)
    told = {"doi": doi, "was": row.was, "index": row.index}
    headers = {} if row.index is None else {HEADER: str(row.index)}
    return Response(msgspec.json.encode(told), media_type=JSON, headers=headers)


@get(
    "/works/{doi:str}/alias",
    operation_id="alias_list",
    tags=["works"],
    operation_class=described(
        {JSON: examples.ALIASES},
        headers=("X-Nexus-Index", "Link"),
        nullable=("next-cursor",),
        others={404: "`no-such-doi`"},
    ),
)
async def alias_list(
    doi: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: Paging,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
) -> Any:
    """The DOIs that lead to this one, in order."""
    check_parameters(request, {"id", "rows", "cursor", "mailto"})
    parameters = parameters_of(request)
    page = pager.page(parameters)
    found = await find(db, doi)
    listed = await q.handle_alias_list_async(
        db,
        croid=found.croid,
        after_doi=page.after[0] if page.after else "",
        limit_count=page.probe,
    )
    shown, following = pager.cut(listed, page, parameters, "doi")
    items = [{"alias": row.doi, "since": row.updated_at} for row in shown]
    content = {"items": items, "next-cursor": following}
    return page_answer(request, msgspec.json.encode(content), cursor=following)


@post(
    "/works/{doi:str}/alias",
    operation_id="alias_create",
    tags=["works"],
    status_code=201,
    **keyed("deposit"),
    operation_class=described(
        {JSON: examples.ALIAS},
        status=201,
        headers=("Location",),
        body=examples.NEW_ALIAS,
        takes=NewAlias,
        others={
            200: "It led there already.",
            403: "`not-your-prefix`: one of the two is not the member's.",
            409: "`alias-in-use`: it names an object. `not-settled`: a deposit on it waits.",
        },
    ),
)
async def alias_create(doi: FromPath[str], request: AnyRequest, db: Database) -> Response[bytes]:
    """Let another DOI of the member's, which names nothing findable, lead to this one."""
    data = read_body(await read_json(request), NewAlias)
    check_parameters(request, {"id", "mailto"})
    alias = normalise_doi(data.alias)
    is_new = await q.handle_alias_add_async(
        db, editor_id=agent_of(request).editor_id, doi=doi, alias=alias
    )
    return Response(
        msgspec.json.encode({"alias": alias, "doi": doi}),
        status_code=201 if is_new else 200,
        media_type=JSON,
        headers={"Location": f"/works/{alias.replace('/', '%2F', 1)}"},
    )


@delete(
    "/works/{doi:str}/alias",
    operation_id="alias_delete",
    tags=["works"],
    **keyed("deposit"),
)
async def alias_delete(
    doi: FromPath[str], alias: FromQuery[str], request: AnyRequest, db: Database
) -> None:
    """Let a DOI lead here no longer: it is what it was before, and free if it was nothing."""
    check_parameters(request, {"id", "alias", "mailto"})
    await q.handle_alias_remove_async(
        db, editor_id=agent_of(request).editor_id, doi=doi, alias=normalise_doi(alias)
    )


async def find(db: AsyncConnection[Any], doi: str) -> q.HandleFindRow:
    """What is known of a DOI. Raises `NoSuchDoi`, for what is reserved alone too."""
    row = await q.handle_find_async(db, doi=doi)
    if row is None or (row.state is None and row.alias_of is None):
        raise NoSuchDoi(doi)
    return row


async def _expected(db: AsyncConnection[Any], doi: str, request: AnyRequest) -> UUID | None:
    """The revision that `If-Match` speaks of, by a tag of `GET /works/{doi}`; None for any.

    Raises `PreconditionFailed` where the work has other tags now, or is none.
    """
    if request.headers.get("if-match", "*").strip() == "*":
        return None
    row = await work_get_async(db, doi=doi, with_body=False)
    check_match(request, *(tags(row) if row is not None and row.revision_id is not None else ()))
    return row.revision_id if row else None


route_handlers = [work_delete, alias_create, alias_delete]
