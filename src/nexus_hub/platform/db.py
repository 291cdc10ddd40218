"""Connections, pools, and the few statements that no query file can hold.

All other SQL stands in `queries/`; here are only CREATE DATABASE, SUBSCRIPTION, LISTEN and settings
of databases, sessions and transactions.
"""

from __future__ import annotations

import select
from typing import TYPE_CHECKING, Any, Literal

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import AsyncConnectionPool, ConnectionPool

from nexus_hub.platform.config import Settings
from nexus_hub.platform.queries.applied import applied_stand_alone
from nexus_hub.platform.server import EmbeddedServer

if TYPE_CHECKING:
    from psycopg import AsyncConnection, Connection

DATABASE = "nexus"
RECONNECT_S = 5.0
"""How long a pool tries to replace a lost connection, ever more rarely, before it waits until one
is asked for: so it is back at once with a database that was away for an hour."""

PUBLICATION = "nexus_changelog"
WRITABLE = {"default_transaction_read_only": "off"}
"""For who may write in a replica: upgrades and checks."""
_servers: dict[str, EmbeddedServer] = {}


def server(settings: Settings) -> EmbeddedServer:
    """The embedded server of these settings, running."""
    key = str(settings.home)
    if key not in _servers:
        _servers[key] = EmbeddedServer(settings.home, fsync=settings.fsync)
    return _servers[key].start()


def uri(settings: Settings) -> str:
    """The connection string services use; starts the embedded server when none is configured."""
    return settings.database_url or server(settings).uri(DATABASE)


def owner_uri(settings: Settings) -> str:
    """The connection string that may change the schema."""
    return settings.database_url or server(settings).uri(DATABASE, "postgres")


def as_role(conninfo: str, role: str | None, **options: str) -> str:
    """The connection string with `SET ROLE` and other settings from its first moment on."""
    settings = ({"role": role} if role else {}) | {"timezone": "UTC"} | options
    given = str(conninfo_to_dict(conninfo).get("options") or "")
    chosen = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return make_conninfo(conninfo, options=f"{given} {chosen}".strip())


def connect(settings: Settings, role: str | None, **options: str) -> Connection[Any]:
    """One connection in autocommit off, acting as `role`."""
    conninfo = as_role(uri(settings), role, **options)
    return psycopg.connect(conninfo, prepare_threshold=0, application_name=f"nexus {role}")


def connect_owner(settings: Settings) -> Connection[Any]:
    """One connection in autocommit off, with the rights of the tables' owner."""
    return psycopg.connect(as_role(owner_uri(settings), "nexus_owner"), prepare_threshold=0)


def pool(settings: Settings, role: str, size: int | None = None) -> ConnectionPool[Any]:
    """A pool of synchronous connections for workers; open it with `with`."""
    return ConnectionPool(
        as_role(uri(settings), role),
        min_size=1,
        max_size=size or settings.pool_size,
        kwargs={"prepare_threshold": 0},
        open=False,
    )


def async_pool(
    settings: Settings, role: str = "nexus_api"
) -> AsyncConnectionPool[AsyncConnection[Any]]:
    """A pool of asynchronous connections for the API; open it with `async with`."""
    return AsyncConnectionPool(
        as_role(uri(settings), role),
        min_size=2,
        max_size=settings.pool_size,
        kwargs={"prepare_threshold": 0},
        reconnect_timeout=RECONNECT_S,
        check=_refuse_lost,
        open=False,
    )


async def _refuse_lost(connection: AsyncConnection[Any]) -> None:
    """Raise where the server has closed an idle connection; nothing is sent to find out."""
    said = select.poll()
    said.register(connection.pgconn.socket, select.POLLIN)
    if said.poll(0):
        connection.pgconn.consume_input()


def create_database(conninfo: str, name: str = DATABASE) -> bool:
    """Create the database in UTF-8 with the built-in Unicode locale; False when it was there.

    Of several who do so at once one does, and the others wait for it.
    """
    with psycopg.connect(conninfo, autocommit=True) as connection:
        applied_stand_alone(connection)
        query = "SELECT 1 FROM pg_catalog.pg_database WHERE datname = %s"
        if connection.execute(query, [name]).fetchone():
            return False
        connection.execute(
            sql.SQL(
                "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin "
                "BUILTIN_LOCALE 'PG_UNICODE_FAST' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
            ).format(sql.Identifier(name))
        )
        return True


def in_schema(name: str, script: str) -> str:
    """The script, made to create this schema and to put there what it names without one."""
    return f"""
CREATE SCHEMA {name};
SET LOCAL search_path = {name};
{script}
SET LOCAL search_path = pg_catalog, public;
"""


def run_script(connection: Connection[Any], script: str) -> None:
    """Run a file of several statements as it stands."""
    connection.execute(script.encode(), prepare=False)


def is_passing(error: Exception) -> bool:
    """Whether an error says nothing of the data: the server is gone or full, or it met others.

    So does a server that takes no writes at the moment. What exceeds a limit of PostgreSQL (class
    54) is the data's own fault.
    """
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return True
    is_operational = isinstance(error, psycopg.OperationalError)
    return is_operational and not (error.sqlstate or "").startswith("54")


def is_conflict(error: Exception) -> bool:
    """Whether a transaction only met another one (deadlock, lock timeout) and can be run again."""
    return isinstance(error, psycopg.Error) and (error.sqlstate or "")[:2] in ("40", "55")


def listen(connection: Connection[Any], channel: str) -> None:
    """Hear notifications of a channel on this connection."""
    connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))


def share_snapshot(connection: Connection[Any], snapshot: str) -> None:
    """Let a transaction that has read nothing yet see what the exporter of the snapshot sees."""
    connection.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot)))


def expect_definitions(connection: Connection[Any]) -> None:
    """Let functions be defined before what they call, and say nothing of what is there already."""
    connection.execute("SET LOCAL check_function_bodies = off")
    connection.execute("SET LOCAL client_min_messages = warning")


def subscribe(connection: Connection[Any], name: str, publisher: str) -> None:
    """Follow the publication at this connection string by the slot of this name, which is there.

    It is not disabled on errors: to PostgreSQL a lost connection is one as well.
    """
    connection.execute(
        sql.SQL(
            "CREATE SUBSCRIPTION {} CONNECTION {} PUBLICATION {} WITH (create_slot = false, "
            "slot_name = {}, streaming = parallel, origin = any)"
        ).format(
            sql.Identifier(name),
            sql.Literal(publisher),
            sql.Identifier(PUBLICATION),
            sql.Literal(name),
        )
    )


def alter_subscription(
    connection: Connection[Any],
    name: str,
    action: Literal["ENABLE", "DISABLE", "REFRESH PUBLICATION"],
) -> None:
    """Let a subscription run or rest, or take up what is published since; in autocommit."""
    connection.execute(
        sql.SQL("ALTER SUBSCRIPTION {} {}").format(sql.Identifier(name), sql.SQL(action))
    )


def unsubscribe(connection: Connection[Any], name: str) -> None:
    """Remove a disabled subscription; its slot stays, and the publisher need not be there."""
    subscription = sql.Identifier(name)
    for action in ("ALTER SUBSCRIPTION {} SET (slot_name = NONE)", "DROP SUBSCRIPTION {}"):
        connection.execute(sql.SQL(action).format(subscription))


def set_read_only(connection: Connection[Any], database: str, login: str, *, is_on: bool) -> None:
    """Let only this login write in a database, or everybody again, from the next session on."""
    values = ("on", "off") if is_on else (None, None)
    places = (
        sql.SQL("DATABASE {}").format(sql.Identifier(database)),
        sql.SQL("ROLE {} IN DATABASE {}").format(sql.Identifier(login), sql.Identifier(database)),
    )
    for place, value in zip(places, values, strict=True):
        setting = sql.SQL("RESET {0}") if value is None else sql.SQL("SET {0} = {1}")
        connection.execute(
            sql.SQL("ALTER {} ").format(place)
            + setting.format(sql.Identifier("default_transaction_read_only"), sql.Literal(value))
        )
