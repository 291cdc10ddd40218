"""`/croids`, `/leases/{croid}` and `/id/{scheme}/{value}`."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
import psycopg
from litestar import Request, Response, delete, get, post, put
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, PathParameter, QueryParameter

from nexus_api.auth import keyed
from nexus_api.database import Database
from nexus_api.problems import Refused
from nexus_hub.croid import service
from nexus_hub.croid.codec import decode, encode
from nexus_hub.croid.errors import Held

MOST_CROIDS = 1000
DAY_S = 86_400
AnyRequest = Request[Any, Any, Any]
CroidPath = Annotated[str, PathParameter(description="A CROID, in upper or lower case.")]
SchemePath = Annotated[str, PathParameter(description="doi, orcid, ror, issn and others.")]
ValuePath = Annotated[str, PathParameter(description="The identifier; slashes may stand as such.")]

Duration = Annotated[
    int, msgspec.Meta(ge=1, le=DAY_S, description="Seconds from now.", examples=[300])
]
Token = Annotated[
    int, msgspec.Meta(ge=1, description="The fencing token the lease came with.", examples=[7])
]


class MintRequest(msgspec.Struct):
    """How many CROIDs are wanted."""

    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_CROIDS, examples=[2])] = 1


class Minted(msgspec.Struct):
    """New CROIDs, each later than the one before it."""

    croids: list[str]


class LeaseRequest(msgspec.Struct):
    """Who wants to hold an object, and for how long."""

    holder: Annotated[str, msgspec.Meta(min_length=1, max_length=200, examples=["editor-7"])]
    ttl_s: Duration


class RenewalRequest(msgspec.Struct):
    """The token of the lease, and for how long it is wanted from now."""

    token: Token
    ttl_s: Duration


class LeaseGiven(msgspec.Struct):
    """A lease: the token to write with, which is higher than any before it, and its end."""

    croid: str
    token: int
    expires_at: datetime


@post("/croids", operation_id="croid_mint", tags=["croid"], **keyed("edit", is_open=True))
async def croid_mint(data: JSONBody[MintRequest], db: Database) -> Minted:
    """Make new CROIDs and announce them."""
    croids = await service.mint_async(db, data.count)
    return Minted([encode(croid) for croid in croids])


@post(
    "/leases/{croid:str}",
    operation_id="lease_take",
    tags=["croid"],
    **keyed("edit", is_open=True),
    responses={409: ResponseSpec(None, description="`held`; try again after `Retry-After`.")},
)
async def lease_take(
    croid: CroidPath,
    data: JSONBody[LeaseRequest],
    db: Database,
) -> LeaseGiven:
    """Take the lease of an object, so that writes of earlier holders are refused."""
    try:
        lease = await service.take_lease_async(db, decode(croid), data.holder, data.ttl_s)
    except psycopg.Error as error:
        if error.sqlstate != Held.sqlstate:
            raise
        detail = error.diag.message_detail or ""
        raise Refused(Held(detail), headers={"Retry-After": _seconds(detail)}) from error
    return _given(lease)


@put(
    "/leases/{croid:str}",
    operation_id="lease_renew",
    tags=["croid"],
    **keyed("edit", is_open=True),
    responses={409: ResponseSpec(None, description="`fenced-off`: another took it since.")},
)
async def lease_renew(
    croid: CroidPath,
    data: JSONBody[RenewalRequest],
    db: Database,
) -> LeaseGiven:
    """Hold a lease for longer; also one that ran out, as long as nobody has taken it since."""
    return _given(await service.renew_lease_async(db, decode(croid), data.token, data.ttl_s))


@delete(
    "/leases/{croid:str}",
    operation_id="lease_release",
    tags=["croid"],
    **keyed("edit", is_open=True),
    responses={409: ResponseSpec(None, description="`fenced-off`: another took it since.")},
)
async def lease_release(
    croid: CroidPath,
    token: Annotated[int, QueryParameter(ge=1, description="The fencing token of the lease.")],
    db: Database,
) -> None:
    """Let go of a lease; later writes with its token are refused."""
    await service.release_lease_async(db, decode(croid), token)


@get(
    "/id/{scheme:str}/{value:str}",
    operation_id="identifier_resolve",
    tags=["croid"],
    status_code=303,
)
async def identifier_resolve(scheme: SchemePath, value: ValuePath, db: Database) -> Response[None]:
    """The object that an identifier names: its address, or that of the one it was merged into."""
    croid = await service.resolve_async(db, scheme, value)
    return Response(None, status_code=303, headers={"Location": service.link(croid)})


def _given(lease: service.Lease) -> LeaseGiven:
    return LeaseGiven(encode(lease.croid), lease.fence, lease.expires_at)


def _seconds(detail: str) -> str:
    """Seconds until the time that the refusal names, at least one."""
    ends_at = datetime.fromisoformat(detail.removeprefix("until "))
    return str(max(1, math.ceil((ends_at - datetime.now(UTC)).total_seconds())))


route_handlers = [croid_mint, lease_take, lease_renew, lease_release, identifier_resolve]
