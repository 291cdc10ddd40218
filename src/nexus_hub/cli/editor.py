"""`nexus editor`: who edits, and the keys by which editors show themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nexus_hub.cli.session import begin, console, worker_connection

if TYPE_CHECKING:
    from uuid import UUID

    from psycopg import Connection

app = typer.Typer(help="Make editors, and give and revoke their keys.", no_args_is_help=True)


class Role(StrEnum):
    """What an editor may do."""

    EDITOR = "editor"
    ADMIN = "admin"


Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the editor, or its id.")]
Scopes = Annotated[
    list[str] | None,
    typer.Option(
        "--scope",
        metavar="SCOPE",
        help="What the key is good for: account, deposit, edit, accept, admin, member; can be "
        "repeated. Without it, for all that the role allows.",
    ),
]
Days = Annotated[
    int | None, typer.Option(min=1, max=36_500, help="Days until the key expires; never without.")
]
Description = Annotated[str | None, typer.Option(help="What the key is for.")]


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="3 to 25 characters.")],
    role: Annotated[Role, typer.Option(help="What the editor may do.")] = Role.EDITOR,
    bot: Annotated[bool, typer.Option("--bot", help="It is a program, not a person.")] = False,
    scope: Scopes = None,
    expires_in_days: Days = None,
) -> None:
    """Make an editor, and print its first key on the last line; it is shown this once."""
    from nexus_hub.catalog.queries import editor as q
    from nexus_hub.catalog.queries.models import EditorRole

    with worker_connection(begin()) as connection, connection.transaction():
        editor_id = q.editor_create(
            connection, username=name, role=EditorRole(role), is_bot=bot, agent_id=None
        )
        key = _issue(connection, editor_id, scope, expires_in_days, "the first")
    console.print(f"{'bot' if bot else role.value} {name}, {editor_id}", highlight=False)
    print(key)


@app.command("list")
def show() -> None:
    """List the editors, with how many keys each has that are good."""
    from rich.table import Table

    from nexus_hub.catalog.queries import editor as q

    with worker_connection(begin()) as connection:
        rows = q.editor_list(connection)
    table = Table("name", "role", "", "made", "id")
    table.add_column("keys", justify="right")
    for row in rows:
        marks = [word for word, holds in (("bot", row.is_bot), ("out", not row.is_active)) if holds]
        made = f"{row.created_at:%Y-%m-%d}"
        count = f"{row.token_count:,}"
        table.add_row(row.username, row.role, ", ".join(marks), made, str(row.editor_id), count)
    console.print(table)


@app.command("token")
def token(
    name: Name,
    scope: Scopes = None,
    expires_in_days: Days = None,
    description: Description = None,
) -> None:
    """Give an editor one more key, and print it on the last line; it is shown this once."""
    with worker_connection(begin()) as connection:
        key = _issue(connection, _find(connection, name), scope, expires_in_days, description)
    print(key)


@app.command("tokens")
def tokens(name: Name) -> None:
    """List the keys of an editor, newest first; what is secret of them is kept nowhere."""
    from uuid import UUID

    from rich.table import Table

    from nexus_hub.catalog.queries import token as q
    from nexus_hub.croid.codec import encode

    with worker_connection(begin()) as connection:
        rows = q.token_list_by_editor(
            connection,
            editor_id=_find(connection, name),
            before_token_id=UUID(int=2**128 - 1),
            limit_count=1000,
        )
    table = Table("id", "scopes", "made", "expires", "revoked", "last used", "description")
    for row in rows:
        table.add_row(
            encode(row.token_id),
            ", ".join(row.scopes),
            *(
                f"{when:%Y-%m-%d %H:%M}" if when else ""
                for when in (row.created_at, row.expires_at, row.revoked_at, row.last_used_at)
            ),
            row.description or "",
        )
    console.print(table)


@app.command("revoke")
def revoke(
    name: Name,
    token: Annotated[
        str | None,
        typer.Option("--token", metavar="ID", help="Only this one, by its id or the whole key."),
    ] = None,
) -> None:
    """Revoke all keys of an editor, or one of them; they are refused from then on."""
    from nexus_hub.catalog.queries import token as q

    with worker_connection(begin()) as connection:
        editor_id = _find(connection, name)
        if token is None:
            q.token_revoke_all(connection, editor_id=editor_id, agent_id=None)
        else:
            token_id = read_token_id(token)
            q.token_revoke(connection, editor_id=editor_id, token_id=token_id, agent_id=None)
    what = "all keys" if token is None else "one key"
    console.print(f"{what} of {name} revoked", highlight=False)


@app.command("role")
def set_role(
    name: Name,
    role: Annotated[Role, typer.Argument(metavar="ROLE", help="editor or admin.")],
) -> None:
    """Give an editor another role; keys stay good for what they were issued for, if it is allowed.

    An admin's further scopes come with a key that is issued afterwards.
    """
    from nexus_hub.catalog.queries import editor as q
    from nexus_hub.catalog.queries.models import EditorRole

    with worker_connection(begin()) as connection:
        q.editor_set_role(
            connection, editor_id=_find(connection, name), role=EditorRole(role), agent_id=None
        )
    console.print(f"{name}: {role.value}", highlight=False)


@app.command("rename")
def rename(
    name: Name,
    new_name: Annotated[str, typer.Argument(metavar="NEW_NAME", help="3 to 25 characters.")],
) -> None:
    """Give an editor another name; what it did is told under the new one."""
    from nexus_hub.catalog.queries import editor as q

    with worker_connection(begin()) as connection:
        q.editor_rename(
            connection, editor_id=_find(connection, name), username=new_name, agent_id=None
        )
    console.print(f"{name} is {new_name} now", highlight=False)


@app.command("deactivate")
def deactivate(name: Name) -> None:
    """Keep an editor out: its keys are refused until it is let in again."""
    _set_active(name, is_active=False)
    console.print(f"{name} is kept out", highlight=False)


@app.command("activate")
def activate(name: Name) -> None:
    """Let an editor in again that was kept out, with the keys it had."""
    _set_active(name, is_active=True)
    console.print(f"{name} is let in", highlight=False)


def _set_active(name: str, *, is_active: bool) -> None:
    from nexus_hub.catalog.queries import editor as q

    with worker_connection(begin()) as connection:
        q.editor_set_active(
            connection, editor_id=_find(connection, name), is_active=is_active, agent_id=None
        )


def _find(connection: Connection[Any], name: str) -> UUID:
    """The id of the editor of this name or id. Raises no-such-editor."""
    from uuid import UUID

    from nexus_hub.catalog.errors import NoSuchEditor
    from nexus_hub.catalog.queries import editor as q

    try:
        found = q.editor_find(connection, editor_id=UUID(name), username=None)
    except ValueError:
        found = q.editor_find(connection, editor_id=None, username=name)
    if found is None:
        raise NoSuchEditor(name)
    return found.editor_id


def _issue(
    connection: Connection[Any],
    editor_id: UUID,
    scopes: list[str] | None,
    days: int | None,
    description: str | None,
) -> str:
    """The text of a new key."""
    from nexus_hub.catalog.credentials import Key, digest, make_secret
    from nexus_hub.catalog.queries import token as q

    secret = make_secret()
    token_id = q.token_issue(
        connection,
        editor_id=editor_id,
        secret_sha256=digest(secret),
        scopes=scopes or None,
        expires_at=datetime.now(UTC) + timedelta(days=days) if days else None,
        description=description,
        with_token_id=None,
    )
    return Key(token_id, secret).text()


def read_token_id(text: str) -> UUID:
    """The id of a token, written as such or in its key. Raises malformed-croid."""
    from nexus_hub.catalog.credentials import read_key
    from nexus_hub.croid.codec import decode

    key = read_key(text)
    return key.token_id if key else decode(text)
