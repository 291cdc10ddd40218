"""Corrections: anyone proposes one, everybody sees how it stands.

The patch of a correction is one of what was deposited of the work (`?view=deposited`), and has to
fit it when it is proposed.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any
from uuid import UUID

import msgspec
import orjson
from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter
from psycopg import AsyncConnection

from nexus_api import parameters as forms
from nexus_api.aquilo.works import json_tags
from nexus_api.auth import agent_of, keyed
from nexus_api.catalog.edit_bodies import read_body, read_json
from nexus_api.database import Database
from nexus_api.describing import JSON, Cursor, Mailto, Rows, check_parameters, described
from nexus_api.ids import read_id
from nexus_api.limits import PROPOSER, take
from nexus_api.listing import page_answer
from nexus_api.nauvis import correction_examples as examples
from nexus_api.nauvis.membership import read_number
from nexus_api.nauvis.patches import checked
from nexus_api.paging import DEFAULT_ROWS, Pager, Paging, parameters_of
from nexus_api.problems import Fault, Refused, invalid
from nexus_hub.aquilo.queries.work import work_doi_get_async
from nexus_hub.catalog.canonical import encode as encode_json
from nexus_hub.catalog.records import read_deposit
from nexus_hub.croid.codec import decode, encode
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.croid.identifiers import normalise_doi
from nexus_hub.nauvis import patching
from nexus_hub.nauvis.errors import CorrectionRefused, NoSuchCorrection, NothingDeposited
from nexus_hub.nauvis.queries import correction as q
from nexus_hub.nauvis.queries.models import CorrectionState

AnyRequest = Request[Any, Any, Any]
PARAMETERS = frozenset({"rows", "cursor", "mailto"})
_NEWEST = UUID(int=2**128 - 1)
_Words = Annotated[str, msgspec.Meta(min_length=1, max_length=10_000)]


class Proposal(msgspec.Struct, forbid_unknown_fields=True):
    """What is to be changed in a work, and why that is right."""

    evidence: _Words
    patch: list[Any]
    doi: str | None = None
    croid: str | None = None
    comment: _Words | None = None


@post(
    "/corrections",
    operation_id="correction_propose",
    tags=["corrections"],
    **keyed(is_open=True),
    operation_class=described(
        {JSON: examples.CORRECTION},
        status=201,
        headers=("Location",),
        nullable=examples.NULLABLE,
        body=examples.PROPOSAL,
        takes=Proposal,
        others={
            404: "No live work has this DOI or CROID.",
            410: "The work was deleted.",
            409: "`patch-does-not-apply` or `nothing-deposited`; nothing was kept.",
            422: "`malformed-patch`, or what it makes could not be deposited.",
            429: "`too-many-requests`: without a key, few proposals an hour are taken.",
        },
    ),
)
async def correction_propose(request: AnyRequest, db: Database) -> Response[bytes]:
    """Propose a change to a work that is somebody else's; its owner decides."""
    check_parameters(request, {"mailto"})
    asked = read_body(await read_json(request), Proposal)
    if agent_of(request).token_id is None:
        await take(request, PROPOSER)
    doi = await _doi_of(db, asked)
    row, base, _ = await json_tags(db, doi)
    if row.redirect_to is not None:
        raise NoSuchObject(f"doi:{doi} was merged into another")
    if base is None:
        raise NothingDeposited(f"doi:{doi}")
    await asyncio.to_thread(checked, check_proposal, base.body, asked.patch, doi)
    correction_id = await q.correction_propose_async(
        db,
        editor_id=agent_of(request).editor_id,
        croid=row.croid,
        doi=doi,
        patch=orjson.dumps(asked.patch).decode(),
        evidence=asked.evidence,
        comment=asked.comment,
    )
    content = msgspec.json.encode(await read(db, correction_id))
    headers = {"Location": f"/corrections/{correction_id}"}
    return Response(content, status_code=201, media_type=JSON, headers=headers)


@get(
    "/corrections",
    operation_id="correction_list",
    tags=["corrections"],
    operation_class=described(
        {JSON: examples.CORRECTIONS}, headers=("Link",), nullable=examples.NULLABLE
    ),
)
async def correction_list(
    request: AnyRequest,
    db: Database,
    pager: Paging,
    doi: Annotated[
        str | None,
        QueryParameter(description="Those of this work.", required=False, schema_extra=forms.DOI),
    ] = None,
    standing: Annotated[
        CorrectionState | None,
        QueryParameter(name="state", description="Those that stand like this.", required=False),
    ] = None,
    member: Annotated[
        str | None,
        QueryParameter(description="Those for what this member owns today.", required=False),
    ] = None,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
) -> Response[bytes]:
    """What was proposed, newest first, and what became of it."""
    check_parameters(request, PARAMETERS | {"doi", "state", "member"})
    number = None if member is None else read_number(member)
    named = None if doi is None else normalise_doi(doi)
    return await _listed(request, db, pager, doi=named, state=standing, member_id=number)


@get(
    "/works/{doi:str}/corrections",
    operation_id="correction_list_by_work",
    tags=["corrections"],
    operation_class=described(
        {JSON: examples.CORRECTIONS}, headers=("Link",), nullable=examples.NULLABLE
    ),
)
async def correction_list_by_work(
    doi: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: Paging,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
) -> Response[bytes]:
    """What was proposed for a work, newest first, and what became of it."""
    check_parameters(request, PARAMETERS | {"id"})
    return await _listed(request, db, pager, doi=doi)


@get(
    "/corrections/{correction:str}",
    operation_id="correction_get",
    tags=["corrections"],
    operation_class=described(
        {JSON: examples.CORRECTION}, headers=("Cache-Control",), nullable=examples.NULLABLE
    ),
)
async def correction_get(
    correction: FromPath[str], db: Database, mailto: Mailto = None
) -> Response[bytes]:
    """One correction: what was proposed, on what evidence, and what became of it."""
    return answer(await read(db, number_of(correction)))


def check_proposal(body: dict[str, Any], patch: Any, doi: str) -> dict[str, Any]:
    """What a patch makes of a deposited body, which could be deposited as it is.

    Raises `PatchError`, and `Refused` where the result would be rejected.
    """
    patching.check_operations(patch)
    patched = patching.apply(body, patch, patching.JSON_PATCH, doi)
    _, problems = read_deposit(encode_json(patched))
    faults = [
        Fault(problem.code, problem.detail, pointer=problem.pointer)
        for problem in problems
        if problem.severity == "error"
    ]
    if faults:
        detail = f"what the patch makes would be rejected: {faults[0].message}"
        raise Refused(CorrectionRefused(detail), faults)
    return patched


def number_of(correction: str) -> UUID:
    """The id of a correction as it stands in a path. Raises `NoSuchCorrection`."""
    found = read_id(correction)
    if found is None:
        raise NoSuchCorrection(correction[:100])
    return found


async def read(db: AsyncConnection[Any], correction_id: UUID | None) -> dict[str, Any]:
    """A correction as it is told. Raises `NoSuchCorrection`."""
    if correction_id is not None:
        row = await q.correction_get_async(db, correction_id=correction_id)
        if row is not None:
            return tell(row)
    raise NoSuchCorrection(str(correction_id))


def tell(row: q.CorrectionGetRow | q.CorrectionListRow) -> dict[str, Any]:
    """A correction as everybody sees it."""
    return {
        "id": row.correction_id,
        "state": row.state,
        "doi": row.doi,
        "croid": encode(row.croid),
        "patch": orjson.loads(row.patch or "[]"),
        "evidence": row.evidence,
        "comment": row.comment,
        "proposed-by": row.proposer,
        "proposed-at": row.proposed_at,
        "decided-by": row.decider,
        "decided-at": row.decided_at,
        "decision-comment": row.decision_comment,
        "deposit": row.deposit_id,
        "editgroup": row.editgroup_id,
    }


def answer(told: dict[str, Any]) -> Response[bytes]:
    """The answer that tells of a correction."""
    headers = {"Cache-Control": "no-cache"}
    return Response(msgspec.json.encode(told), status_code=200, media_type=JSON, headers=headers)


async def _doi_of(db: AsyncConnection[Any], asked: Proposal) -> str:
    if (asked.doi is None) == (asked.croid is None):
        raise CorrectionRefused("it names the work by doi or by croid")
    if asked.doi is not None:
        return normalise_doi(asked.doi)
    doi = await work_doi_get_async(db, croid=decode(asked.croid or ""))
    if doi is None:
        raise NoSuchObject(f"{asked.croid} is no live work with a DOI")
    return doi


async def _listed(
    request: AnyRequest,
    db: AsyncConnection[Any],
    pager: Pager,
    *,
    doi: str | None = None,
    state: CorrectionState | None = None,
    member_id: int | None = None,
) -> Response[bytes]:
    parameters = parameters_of(request)
    page = pager.page(parameters)
    if page.offset:
        raise invalid("offset", page.offset, "a cursor")
    listed = await q.correction_list_async(
        db,
        before_correction_id=UUID(page.after[0]) if page.after else _NEWEST,
        doi=doi,
        state=state,
        member_id=member_id,
        limit_count=page.probe,
    )
    shown, following = pager.cut(listed, page, parameters, "correction_id")
    content = {"items": [tell(row) for row in shown], "next-cursor": following}
    return page_answer(request, msgspec.json.encode(content), cursor=following)
