"""The deposits of one work, newest first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from nexus_api.database import Database
from nexus_api.describing import JSON, Cursor, Mailto, MinIndex, Rows, check_parameters, described
from nexus_api.listing import page_answer
from nexus_api.nauvis import examples, status
from nexus_api.paging import DEFAULT_ROWS, Pager, parameters_of
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.croid.queries.identifier import identifier_find_async
from nexus_hub.nauvis.queries import deposit_record as q

PARAMETERS = frozenset({"id", "rows", "cursor", "mailto"})
_NEWEST = UUID(int=2**128 - 1)
_LAST_N = 2**31 - 1


@get(
    "/works/{doi:str}/deposits",
    operation_id="deposit_list_by_work",
    tags=["deposits"],
    operation_class=described(
        {JSON: examples.DEPOSITS},
        headers=("X-Nexus-Index", "Link"),
        nullable=examples.NULLABLE,
    ),
)
async def deposit_list_by_work(
    doi: FromPath[str],
    request: Request[Any, Any, Any],
    db: Database,
    pager: NamedDependency[SkipValidation[Pager]],
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
) -> Response[bytes]:
    """What was deposited of a work, when, and what became of it; tests are not told."""
    check_parameters(request, PARAMETERS)
    parameters = parameters_of(request)
    page = pager.page(parameters)
    found = await identifier_find_async(db, scheme="doi", values=[doi])
    if not found:
        raise NoSuchObject(f"doi:{doi}")
    before = page.after or [str(_NEWEST), _LAST_N]
    listed = await q.deposit_record_list_by_croid_async(
        db,
        croid=found[0].croid,
        before_deposit_id=UUID(before[0]),
        before_n=before[1],
        limit_count=page.probe,
    )
    shown, following = pager.cut(listed, page, parameters, "deposit_id", "n")
    content = {"items": [_item(row) for row in shown], "next-cursor": following}
    return page_answer(request, msgspec.json.encode(content), cursor=following)


def _item(row: q.DepositRecordListByCroidRow) -> dict[str, Any]:
    return {
        "deposit": row.deposit_id,
        "n": row.n,
        "received-at": row.received_at,
        "result": row.result,
        "revision": row.revision_id,
        "index": row.index,
        "problems": status.problems(row.problems, row.change_problems),
    }
