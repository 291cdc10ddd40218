"""`nexus member`: who deposits here, the prefixes they own, and the keys of their people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nexus_hub.cli.session import begin, console, worker_connection

if TYPE_CHECKING:
    from uuid import UUID

    from psycopg import Connection

    from nexus_hub.nauvis.queries.member import MemberGetRow

app = typer.Typer(
    help="Make members, give them prefixes, and issue and revoke their keys.", no_args_is_help=True
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the member, or its number.")]


class Role(StrEnum):
    """What a key of a member is good for."""

    OWNER = "owner"
    DEPOSITOR = "depositor"
    READER = "reader"


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the organisation.")],
    prefix: Annotated[
        list[str] | None,
        typer.Option("--prefix", metavar="P", help="A DOI prefix it owns; can be repeated."),
    ] = None,
) -> None:
    """Make a member, and print an owner's key on the last line; it is shown this once."""
    from nexus_hub.nauvis.queries import member as q

    with worker_connection(begin()) as connection, connection.transaction():
        member_id = q.member_create(connection, name=name, prefixes=prefix or [])
        key = _issue(connection, member_id, Role.OWNER, None, None)
    console.print(f"member {member_id}, {name}", highlight=False, markup=False)
    print(key)


@app.command("key")
def key(
    name: Name,
    role: Annotated[Role, typer.Option(help="What the key is good for.")] = Role.DEPOSITOR,
    person: Annotated[str | None, typer.Option(help="Who is to hold it.")] = None,
    expires_in_days: Annotated[
        int | None, typer.Option(min=1, max=36_500, help="Days until it expires; never without.")
    ] = None,
) -> None:
    """Give a member one more key, and print it on the last line; it is shown this once."""
    with worker_connection(begin()) as connection:
        text = _issue(
            connection, find_member(connection, name).member_id, role, person, expires_in_days
        )
    print(text)


@app.command("list")
def show() -> None:
    """List the members with the prefixes they own today."""
    from rich.table import Table

    from nexus_hub.nauvis.queries import member as q

    table = Table("number", "name", "prefixes", "", "since")
    last = 0
    with worker_connection(begin()) as connection:
        while rows := q.member_list(connection, after_member_id=last, limit_count=1000):
            last = rows[-1].member_id
            for row in rows:
                mark = "" if row.is_active else "out"
                prefixes = ", ".join(row.prefixes)
                since = f"{row.created_at:%Y-%m-%d}"
                table.add_row(str(row.member_id), row.name, prefixes, mark, since)
    console.print(table)


@app.command("keys")
def keys(name: Name) -> None:
    """List the keys of a member, newest first; what is secret of them is kept nowhere."""
    from uuid import UUID

    from rich.table import Table

    from nexus_hub.croid.codec import encode
    from nexus_hub.nauvis.queries import api_key as q

    table = Table("id", "role", "person", "made", "expires", "revoked", "description")
    before = UUID(int=2**128 - 1)
    with worker_connection(begin()) as connection:
        member_id = find_member(connection, name).member_id
        while rows := q.api_key_list(
            connection, member_id=member_id, before_token_id=before, limit_count=1000
        ):
            before = rows[-1].token_id
            for row in rows:
                times = (row.created_at, row.expires_at, row.revoked_at)
                told = [f"{when:%Y-%m-%d %H:%M}" if when else "" for when in times]
                token_id = encode(row.token_id)
                table.add_row(token_id, row.role, row.person or "", *told, row.description or "")
    console.print(table)


@app.command("revoke")
def revoke(
    name: Name,
    token: Annotated[
        str, typer.Argument(metavar="KEY", help="The id of the key, or the whole of it.")
    ],
) -> None:
    """Revoke a key of a member; it is refused from then on."""
    from nexus_hub.cli.editor import read_token_id
    from nexus_hub.nauvis.queries import api_key as q

    with worker_connection(begin()) as connection:
        member = find_member(connection, name)
        q.api_key_revoke(
            connection,
            member_id=member.member_id,
            token_id=read_token_id(token),
            with_token_id=None,
        )
    console.print(f"one key of {member.name} revoked", highlight=False, markup=False)


@app.command("callback-secret")
def callback_secret(
    name: Name,
    overlap_hours: Annotated[
        int,
        typer.Option(min=0, max=2_160, help="For how many hours the old one signs beside it."),
    ] = 0,
) -> None:
    """Make the secret that signs callbacks, or a new one; on the last line, shown this once."""
    from nexus_hub.nauvis.callbacks import make_secret
    from nexus_hub.nauvis.queries import callback as q

    secret = make_secret()
    with worker_connection(begin()) as connection:
        member = find_member(connection, name)
        q.callback_secret_set(
            connection,
            member_id=member.member_id,
            secret=secret,
            overlap=timedelta(hours=overlap_hours),
            with_token_id=None,
        )
    beside = f"; the one before signs beside it for {overlap_hours} h" if overlap_hours else ""
    console.print(
        f"signs callbacks to {member.name} from now on{beside}", highlight=False, markup=False
    )
    print(secret)


@app.command("prefix")
def prefix(
    name: Name,
    prefix: Annotated[str, typer.Argument(metavar="PREFIX", help="A DOI prefix, like 10.5555.")],
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="The first day (UTC); today without it."),
    ] = None,
    transfer: Annotated[
        bool, typer.Option("--transfer", help="Take it from the member that owns it then.")
    ] = False,
) -> None:
    """Give a member a prefix; who owned it before stays told."""
    from datetime import date

    from nexus_hub.nauvis.queries import member as q

    try:
        first = date.fromisoformat(since) if since else None
    except ValueError:
        raise typer.BadParameter("a date like 2026-01-31", param_hint="--from") from None
    with worker_connection(begin()) as connection:
        member = find_member(connection, name)
        q.member_assign_prefix(
            connection,
            member_id=member.member_id,
            prefix=prefix,
            from_day=first,
            is_transfer=transfer,
        )
    when = f"from {first}" if first else "from today"
    console.print(f"{prefix} is {member.name}'s {when}", highlight=False, markup=False)


@app.command("deactivate")
def deactivate(name: Name) -> None:
    """Keep a member out: its keys are refused until it is let in again."""
    _set_active(name, is_active=False)


@app.command("activate")
def activate(name: Name) -> None:
    """Let a member in again that was kept out, with the keys it had."""
    _set_active(name, is_active=True)


def _set_active(name: str, *, is_active: bool) -> None:
    from nexus_hub.nauvis.queries import member as q

    with worker_connection(begin()) as connection:
        member = find_member(connection, name)
        q.member_set_active(connection, member_id=member.member_id, is_active=is_active)
    said = "let in" if is_active else "kept out"
    console.print(f"{member.name} is {said}", highlight=False, markup=False)


def find_bot(connection: Connection[Any], name: str) -> UUID:
    """The editor in whose name a member deposits. Raises no-such-member."""
    return find_member(connection, name).bot_id


def find_member(connection: Connection[Any], name: str) -> MemberGetRow:
    """The member of this name or number. Raises no-such-member."""
    from nexus_hub.nauvis.errors import NoSuchMember
    from nexus_hub.nauvis.queries import member as q

    number = int(name) if name.isascii() and name.isdigit() and len(name) < 10 else None
    found = None if number is None else q.member_get(connection, member_id=number)
    named = None if found else q.member_find(connection, name=name)
    if found is None and named is not None:
        found = q.member_get(connection, member_id=named.member_id)
    if found is None:
        raise NoSuchMember(name[:100])
    return found


def _issue(
    connection: Connection[Any], member_id: int, role: Role, person: str | None, days: int | None
) -> str:
    """The text of a new key."""
    from nexus_hub.catalog.credentials import Key, digest, make_secret
    from nexus_hub.nauvis.queries import api_key as q
    from nexus_hub.nauvis.queries.models import MemberRole

    secret = make_secret()
    token_id = q.api_key_issue(
        connection,
        member_id=member_id,
        role=MemberRole(role),
        secret_sha256=digest(secret),
        person=person,
        description=None,
        expires_at=datetime.now(UTC) + timedelta(days=days) if days else None,
        with_token_id=None,
    )
    return Key(token_id, secret).text()
