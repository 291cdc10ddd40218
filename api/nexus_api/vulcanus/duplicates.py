"""`/duplicates`: works and organisations that look like one, for an admin to merge or not."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import orjson
from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from nexus_api.auth import agent_of, keyed
from nexus_api.database import Database
from nexus_api.describing import JSON, Cursor, Mailto, Rows, check_parameters, described
from nexus_api.listing import page_answer
from nexus_api.paging import DEFAULT_ROWS, Paging, parameters_of
from nexus_api.problems import invalid
from nexus_hub.croid.codec import decode, encode
from nexus_hub.vulcanus.queries import merge_proposal as q

AnyRequest = Request[Any, Any, Any]
Standing = Literal["open", "accepted", "rejected"]
_FIRST = UUID(int=0)
_PROPOSAL: dict[str, Any] = {
    "croid": "01jexample0000000000000002",
    "kind": "release",
    "doi": "10.5555/again",
    "title": "On salt",
    "into": {"croid": "01jexample0000000000000001", "doi": "10.5555/first", "title": "On salt"},
    "state": "open",
    "rule": "title, authors and place",
    "confidence": 0.97,
    "evidence": {"title": "On salt", "authors": ["Ng"], "years": [2020, 2020]},
    "proposed-at": "2026-01-02T03:04:05Z",
    "decided-by": "salt-sifter",
    "decided-at": "2026-01-02T03:04:05Z",
    "index": 7,
}
_NULLABLE = ("doi", "title", "decided-by", "decided-at", "index", "next-cursor")
_DECISION = {"croid": _PROPOSAL["croid"], "into": _PROPOSAL["into"]["croid"], "index": 7}


@get(
    "/duplicates",
    operation_id="duplicate_list",
    tags=["duplicates"],
    operation_class=described(
        {JSON: {"items": [_PROPOSAL], "next-cursor": "b3BhcXVl"}},
        headers=("Link",),
        nullable=_NULLABLE,
    ),
)
async def duplicate_list(
    request: AnyRequest,
    db: Database,
    pager: Paging,
    standing: Annotated[
        Standing, QueryParameter(name="state", description="Those that stand like this.")
    ] = "open",
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
) -> Response[bytes]:
    """Pairs of works, or of organisations, that look like one; nothing is merged by itself.

    Each says what the two share. Organisations are paired by an identifier of the one in the row
    that a source has of the other; their names stand as titles.
    """
    check_parameters(request, {"state", "rows", "cursor", "mailto"})
    parameters = parameters_of(request)
    page = pager.page(parameters)
    if page.offset:
        raise invalid("offset", page.offset, "a cursor")
    after = [UUID(value) for value in page.after] if page.after else [_FIRST, _FIRST]
    found = await q.merge_proposal_list_async(
        db,
        after_croid=after[0],
        after_into_croid=after[1],
        standing=standing,
        limit_count=page.probe,
    )
    shown, following = pager.cut(found, page, parameters, "croid", "into_croid")
    content = {"items": [tell(row) for row in shown], "next-cursor": following}
    return page_answer(request, msgspec.json.encode(content), cursor=following)


def tell(row: q.MergeProposalListRow) -> dict[str, Any]:
    """A proposal as everybody sees it."""
    states = {None: "open", True: "accepted", False: "rejected"}
    into = {"croid": encode(row.into_croid), "doi": row.into_doi, "title": row.into_title}
    evidence = row.evidence if isinstance(row.evidence, dict) else orjson.loads(row.evidence)
    return {
        "croid": encode(row.croid),
        "kind": row.kind,
        "doi": row.doi,
        "title": row.title,
        "into": into,
        "state": states[row.is_accepted],
        "rule": row.rule,
        "confidence": round(row.confidence, 3),
        "evidence": evidence,
        "proposed-at": row.proposed_at,
        "decided-by": row.decided_by,
        "decided-at": row.decided_at,
        "index": row.index,
    }


def _described() -> Any:
    return described(
        {JSON: _DECISION},
        headers=("Cache-Control",),
        nullable=("index",),
        others={
            403: "An admin decides.",
            404: "`no-such-proposal`",
            409: "`proposal-decided`; nothing was done.",
        },
    )


@post(
    "/duplicates/{croid:str}/{into:str}/accept",
    operation_id="duplicate_accept",
    tags=["duplicates"],
    status_code=200,
    **keyed("accept"),
    operation_class=_described(),
)
async def duplicate_accept(
    croid: FromPath[str], into: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Merge the first of a proposed pair into the second, to which its DOI leads from then on."""
    return await _decide(request, db, croid, into, is_accepted=True)


@post(
    "/duplicates/{croid:str}/{into:str}/reject",
    operation_id="duplicate_reject",
    tags=["duplicates"],
    status_code=200,
    **keyed("accept"),
    operation_class=_described(),
)
async def duplicate_reject(
    croid: FromPath[str], into: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Keep a proposed pair apart for good; it is not proposed again."""
    return await _decide(request, db, croid, into, is_accepted=False)


async def _decide(
    request: AnyRequest, db: Any, croid: str, into: str, *, is_accepted: bool
) -> Response[bytes]:
    one, other = decode(croid), decode(into)
    index = await q.merge_proposal_decide_async(
        db,
        croid=one,
        into_croid=other,
        is_accepted=is_accepted,
        editor_id=agent_of(request).editor_id,
    )
    told = {"croid": encode(one), "into": encode(other), "index": index}
    headers = {"Cache-Control": "no-cache"}
    return Response(msgspec.json.encode(told), status_code=200, media_type=JSON, headers=headers)


route_handlers = [duplicate_list, duplicate_accept, duplicate_reject]
