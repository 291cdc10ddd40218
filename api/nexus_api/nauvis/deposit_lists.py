"""`GET /deposits`: the deposits of whoever asks, newest first, searched by what is in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, get
from litestar.params import QueryParameter
from psycopg import AsyncConnection

from nexus_api import parameters as forms
from nexus_api.auth import agent_of, keyed
from nexus_api.catalog.editors import PRIVATE
from nexus_api.database import Database
from nexus_api.describing import JSON, Cursor, Mailto, MinIndex, Rows, check_parameters, described
from nexus_api.freshness import Freshness
from nexus_api.listing import head_only, page_answer, wants_head
from nexus_api.nauvis import examples
from nexus_api.nauvis.status import MEDIA_TYPES, RESULTS
from nexus_api.paging import DEFAULT_ROWS, Page, Paging, parameters_of
from nexus_api.problems import invalid
from nexus_api.time_travel import read_time
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise_doi
from nexus_hub.nauvis.queries import deposit_list as q

STATES = ("received", "processing", "completed", "completed-with-errors", "failed")
FILTERS = ("state", "result", "doi", "prefix", "from", "until", "test")
PARAMETERS = frozenset({*FILTERS, "rows", "cursor", "mailto"})
Row = q.DepositListByEditorRow | q.DepositListByEditorOfDoiRow
_NEWEST = UUID(int=2**128 - 1)
_PREFIX = re.compile(r"10\.[1-9][0-9]{3,8}(\.[0-9]+)*", re.ASCII)
_TIMES = "a date such as 2026-01-31 or a time such as 2026-01-31T09:30:00Z"


@dataclass(frozen=True, slots=True)
class Sought:
    """Which deposits are asked for; None stands for any."""

    state: str | None = None
    result: str | None = None
    doi: str | None = None
    prefix: str | None = None
    from_time: datetime | None = None
    until_time: datetime | None = None
    is_test: bool | None = None


def read_sought(given: dict[str, str]) -> Sought:
    """The filters among query parameters; one that is empty filters nothing. Raises `Refused`.

    >>> read_sought({"doi": "https://doi.org/10.5555/A", "test": ""}).doi
    '10.5555/a'
    >>> read_sought({"until": "2026-01-31"}).until_time.isoformat()
    '2026-01-31T23:59:59.999999+00:00'
    """
    told = {name: given[name].strip() for name in FILTERS if given.get(name, "").strip()}
    prefix = told.get("prefix")
    if prefix is not None and not _PREFIX.fullmatch(prefix):
        raise invalid("prefix", prefix[:40], "a DOI prefix such as 10.5555")
    test = _one_of(told, "test", ("true", "false"))
    return Sought(
        state=_one_of(told, "state", STATES),
        result=_one_of(told, "result", RESULTS),
        doi=_doi(told),
        prefix=prefix,
        from_time=_moment(told, "from", time.min),
        until_time=_moment(told, "until", time.max),
        is_test=None if test is None else test == "true",
    )


async def find(
    connection: AsyncConnection[Any], editor_id: UUID, sought: Sought, page: Page
) -> list[Row]:
    """The deposits that are asked for, one more than the page holds where there are more."""
    which: dict[str, Any] = {
        "editor_id": editor_id,
        "before_deposit_id": UUID(page.after[0]) if page.after else _NEWEST,
        "is_test": sought.is_test,
        "from_time": sought.from_time,
        "until_time": sought.until_time,
        "state": sought.state,
        "result": sought.result,
        "prefix": sought.prefix,
        "limit_count": page.probe,
    }
    if sought.doi is None:
        return [*await q.deposit_list_by_editor_async(connection, **which)]
    return [*await q.deposit_list_by_editor_of_doi_async(connection, doi=sought.doi, **which)]


_State = Annotated[
    str | None,
    QueryParameter(
        name="state",
        description=", ".join(STATES) + ".",
        required=False,
        schema_extra={"enum": [*STATES, ""]},
    ),
]
_Result = Annotated[
    str | None,
    QueryParameter(
        description="With a record that got this verdict: " + ", ".join(RESULTS) + ".",
        required=False,
        schema_extra={"enum": [*RESULTS, ""]},
    ),
]
_Doi = Annotated[
    str | None,
    QueryParameter(
        description="With a record of this DOI.",
        required=False,
        schema_extra=forms.or_empty(forms.DOI),
    ),
]
_Prefix = Annotated[
    str | None,
    QueryParameter(
        description="With a record under this DOI prefix.",
        required=False,
        schema_extra=forms.or_empty(forms.PREFIX),
    ),
]
_From = Annotated[
    str | None,
    QueryParameter(
        name="from",
        description=f"Received then or later: {_TIMES}.",
        required=False,
        schema_extra=forms.or_empty(forms.DAY_OR_TIME),
    ),
]
_Until = Annotated[
    str | None,
    QueryParameter(
        description=f"Received until then: {_TIMES}.",
        required=False,
        schema_extra=forms.or_empty(forms.DAY_OR_TIME),
    ),
]
_Test = Annotated[
    str | None,
    QueryParameter(
        description="`true`: tests alone; `false`: no tests.",
        required=False,
        schema_extra={"enum": ["true", "false", ""]},
    ),
]


@get(
    "/deposits",
    operation_id="deposit_list",
    tags=["deposits"],
    **keyed(),
    middleware=[Freshness()],
    operation_class=described(
        {JSON: examples.DEPOSIT_LIST},
        headers=("X-Nexus-Index", "Link", "Cache-Control"),
        nullable=examples.NULLABLE,
    ),
)
async def deposit_list(
    request: Request[Any, Any, Any],
    db: Database,
    pager: Paging,
    state_: _State = None,
    result: _Result = None,
    doi: _Doi = None,
    prefix: _Prefix = None,
    from_: _From = None,
    until: _Until = None,
    test: _Test = None,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
) -> Any:
    """The deposits of the member, or of the editor, whose key is shown; newest first.

    A filter of `doi` and `result` is of one record; the others are each of any.
    """
    check_parameters(request, PARAMETERS)
    sought = read_sought(dict(request.query_params.multi_items()))
    parameters = parameters_of(request)
    page = pager.page(parameters)
    if wants_head(request):
        return head_only(JSON, PRIVATE)
    found = await find(db, agent_of(request).editor_id, sought, page)
    shown, following = pager.cut(found, page, parameters, "deposit_id")
    content = {"items": [_item(row) for row in shown], "next-cursor": following}
    return page_answer(request, msgspec.json.encode(content), cursor=following, headers=PRIVATE)


def _item(row: Row) -> dict[str, Any]:
    return {
        "id": row.deposit_id,
        "state": row.state,
        "test": row.is_test,
        "atomic": row.is_atomic,
        "media": MEDIA_TYPES[row.media],
        "origin": row.origin,
        "size-bytes": row.size_bytes,
        "received-at": row.received_at,
        "settled-at": row.settled_at,
        "counts": {
            "records": row.record_count,
            "settled": row.settled_count,
            "rejected": row.rejected_count,
        },
    }


def _one_of(told: dict[str, str], name: str, known: tuple[str, ...]) -> str | None:
    value = told.get(name)
    if value is not None and value not in known:
        raise invalid(name, value[:40], "one of " + ", ".join(known))
    return value


def _doi(told: dict[str, str]) -> str | None:
    if "doi" not in told:
        return None
    try:
        return normalise_doi(told["doi"])
    except MalformedIdentifier:
        raise invalid("doi", told["doi"][:100], "a DOI such as 10.5555/12345678") from None


def _moment(told: dict[str, str], name: str, of_day: time) -> datetime | None:
    text = told.get(name)
    if text is None:
        return None
    if (moment := read_time(text)) is not None:
        return moment
    try:
        if len(text) != len("2026-01-31"):
            raise ValueError(text)
        return datetime.combine(date.fromisoformat(text), of_day, UTC)
    except ValueError:
        raise invalid(name, text[:40], _TIMES) from None
