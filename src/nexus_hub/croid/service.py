"""What the other rooms and the API ask of this one: new CROIDs, what an identifier names, leases.

Each function comes twice, for workers and, with `_async`, for the API. The transaction is the
caller's. Refusals come as `psycopg.Error` with the code of one of this room's errors.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import AsyncConnection, Connection

from nexus_hub.croid.codec import encode
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.croid.identifiers import normalise
from nexus_hub.croid.queries import identifier, lease
from nexus_hub.croid.queries import mint as minting


class Lease(NamedTuple):
    """A lease somebody holds: the fence to write with, and when it ends."""

    croid: UUID
    fence: int
    expires_at: datetime


def mint(conn: Connection[Any], count: int = 1) -> list[UUID]:
    """New CROIDs, 1 to 1,000, each later than the one before; announced when this commits."""
    return minting.croid_mint(conn, n=count)


async def mint_async(conn: AsyncConnection[Any], count: int = 1) -> list[UUID]:
    """New CROIDs, 1 to 1,000, each later than the one before; announced when this commits."""
    return await minting.croid_mint_async(conn, n=count)


def resolve(conn: Connection[Any], scheme: str, value: str) -> UUID:
    """The live object an identifier names, as it is written, or the one it was merged into.

    Raises `UnknownScheme`, `MalformedIdentifier`, and `NoSuchObject` also for what is only reserved
    or was deleted.
    """
    normal = normalise(scheme, value)
    return _found(identifier.identifier_resolve(conn, scheme=scheme, value=normal), scheme, normal)


async def resolve_async(conn: AsyncConnection[Any], scheme: str, value: str) -> UUID:
    """The live object an identifier names; as `resolve`."""
    normal = normalise(scheme, value)
    found = await identifier.identifier_resolve_async(conn, scheme=scheme, value=normal)
    return _found(found, scheme, normal)


def take_lease(conn: Connection[Any], croid: UUID, holder: str, ttl_s: int) -> Lease:
    """Take the lease of an object, for at most a day; refused as `held` while another has it."""
    row = lease.lease_take(conn, croid=croid, holder=holder, ttl_s=ttl_s)
    return Lease(croid, row.fence, row.expires_at)


async def take_lease_async(
    conn: AsyncConnection[Any], croid: UUID, holder: str, ttl_s: int
) -> Lease:
    """Take the lease of an object; as `take_lease`."""
    row = await lease.lease_take_async(conn, croid=croid, holder=holder, ttl_s=ttl_s)
    return Lease(croid, row.fence, row.expires_at)


def renew_lease(conn: Connection[Any], croid: UUID, fence: int, ttl_s: int) -> Lease:
    """Hold a lease for so many seconds from now; refused as `fenced-off` once another took it."""
    row = lease.lease_renew(conn, croid=croid, fence=fence, ttl_s=ttl_s)
    return Lease(croid, row.fence, row.expires_at)


async def renew_lease_async(
    conn: AsyncConnection[Any], croid: UUID, fence: int, ttl_s: int
) -> Lease:
    """Hold a lease for so many seconds from now; as `renew_lease`."""
    row = await lease.lease_renew_async(conn, croid=croid, fence=fence, ttl_s=ttl_s)
    return Lease(croid, row.fence, row.expires_at)


def release_lease(conn: Connection[Any], croid: UUID, fence: int) -> None:
    """Let go of a lease; later writes with its fence are refused."""
    lease.lease_release(conn, croid=croid, fence=fence)


async def release_lease_async(conn: AsyncConnection[Any], croid: UUID, fence: int) -> None:
    """Let go of a lease; as `release_lease`."""
    await lease.lease_release_async(conn, croid=croid, fence=fence)


def check_fence(conn: Connection[Any], croid: UUID, fence: int) -> None:
    """Refuse to write with a fence that is not the current one; it stays so until commit."""
    lease.lease_check_fence(conn, croid=croid, fence=fence)


async def check_fence_async(conn: AsyncConnection[Any], croid: UUID, fence: int) -> None:
    """Refuse to write with a fence that is not the current one; as `check_fence`."""
    await lease.lease_check_fence_async(conn, croid=croid, fence=fence)


def link(croid: UUID) -> str:
    """The path of an object in the API.

    >>> link(UUID(int=1))
    '/cro/00000000000000000000000001'
    """
    return f"/cro/{encode(croid)}"


def _found(croid: UUID | None, scheme: str, value: str) -> UUID:
    if croid is None:
        raise NoSuchObject(f"{scheme}:{value}")
    return croid
