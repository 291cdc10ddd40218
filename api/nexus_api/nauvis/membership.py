"""Which member asks: a key of a member's names it, and what it may do there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request
from psycopg import AsyncConnection

from nexus_api.auth import agent_of
from nexus_hub.nauvis.errors import NoSuchMember, NotYourMember
from nexus_hub.nauvis.queries import api_key as q
from nexus_hub.nauvis.queries.models import MemberRole

ROLES = tuple(MemberRole)
FIRST_MEMBER = 1_000_000


@dataclass(frozen=True, slots=True)
class Membership:
    """A member as one of its keys shows it."""

    member_id: int
    name: str
    role: MemberRole

    def require(self, role: MemberRole) -> None:
        """Raise `NotYourMember` unless the key has this role, or one that is above it."""
        if ROLES.index(self.role) < ROLES.index(role):
            raise NotYourMember(f"this needs a key with the role {role}; the key's is {self.role}")


async def membership_of(
    request: Request[Any, Any, Any], connection: AsyncConnection[Any]
) -> Membership | None:
    """The member whose key is shown; None where it is nobody's, or an editor's."""
    token_id = agent_of(request).token_id
    if token_id is None:
        return None
    row = await q.api_key_find_async(connection, token_id=token_id)
    return None if row is None else Membership(row.member_id, row.name, row.role)


async def require_member(
    request: Request[Any, Any, Any],
    connection: AsyncConnection[Any],
    member: str,
    role: MemberRole = MemberRole.READER,
) -> Membership:
    """The member of this number, whose key is shown. Raises `NoSuchMember`, `NotYourMember`."""
    number = read_number(member)
    found = await membership_of(request, connection)
    if found is None or found.member_id != number:
        raise NotYourMember(f"the key is not one of member {number}")
    found.require(role)
    return found


def read_number(member: str) -> int:
    """The number of a member as it stands in a path. Raises `NoSuchMember`.

    >>> read_number("1000007")
    1000007
    """
    if not (member.isascii() and member.isdigit() and len(member) < 10):
        raise NoSuchMember(member[:100])
    number = int(member)
    if number < FIRST_MEMBER:
        raise NoSuchMember(member)
    return number
