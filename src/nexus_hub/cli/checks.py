"""What `nexus doctor` looks at. Nothing here makes or changes anything that stays."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import Connection

from nexus_hub.catalog import replica_status
from nexus_hub.platform import db, layout, migration
from nexus_hub.platform.blobs import BlobStore
from nexus_hub.platform.config import Settings
from nexus_hub.platform.error_classes import SchemaBehind
from nexus_hub.platform.errors import NexusError
from nexus_hub.platform.queries import queue, server

ROLES = ["nexus_owner", "nexus_worker", "nexus_api", "nexus_dba"]
MIN_LOCKS = 1024
MIN_FREE_BYTES = 1 << 30


class State(Enum):
    """How a check ended."""

    GOOD = "good"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it is, and what to do about it."""

    name: str
    state: State
    said: str
    advice: str = ""


def good(name: str, said: str) -> Check:
    """A check that went well."""
    return Check(name, State.GOOD, said)


def failed(name: str, said: str, advice: str) -> Check:
    """A check that did not, with what to do."""
    return Check(name, State.FAILED, said, advice)


def run(settings: Settings) -> Iterator[Check]:
    """Every check, in the order in which one rests on another."""
    yield _home(settings)
    yield _disk(settings)
    yield from _blobs(settings)
    if not is_made(settings):
        yield Check("database", State.SKIPPED, "none yet; the first command makes it")
        return
    try:
        connection = db.connect(settings, None)
    except (psycopg.OperationalError, NexusError) as error:
        said = error.detail if isinstance(error, NexusError) else str(error).strip()
        yield failed("database", said, _reach_advice(settings))
        return
    with connection:
        connection.autocommit = True
        for name, check in DATABASE_CHECKS.items():
            yield _guarded(name, lambda check=check: check(settings, connection))


def is_made(settings: Settings) -> bool:
    """Whether there is a database to look at: one of the operator's, or an initialised one."""
    return settings.database_url is not None or (settings.home / "postgres/PG_VERSION").exists()


def tuning(settings: Settings) -> list[tuple[str, str, str]]:
    """Of the embedded server: each setting, as sized to this machine, and as it is in force."""
    if settings.database_url is not None or not is_made(settings):
        return []
    sized = db.server(settings).tuning()
    try:
        # Some settings show themselves to the owner alone.
        with psycopg.connect(db.owner_uri(settings)) as connection:
            rows = server.server_setting_list(connection, names=list(sized))
    except psycopg.OperationalError:
        return []
    in_force = {row.name: row.value or "" for row in rows}
    return [(name, value.strip("'"), in_force.get(name, "")) for name, value in sized.items()]


def _guarded(name: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except psycopg.Error as error:
        said = str(error).strip().splitlines()[0]
        return failed(name, said, "Run nexus db upgrade; if it stays, the login lacks rights.")


# ---------------------------------------------------------------- the machine
def _home(settings: Settings) -> Check:
    home = _existing(settings.home)
    if not home.is_dir() or not os.access(home, os.W_OK | os.X_OK):
        advice = "Give it to the user that runs nexus, or name another folder with NEXUS_HOME."
        return failed("home", f"{home} cannot be written", advice)
    note = "" if home == settings.home else ", made when first needed"
    return good("home", f"{settings.home}{note}")


def _disk(settings: Settings) -> Check:
    free = shutil.disk_usage(_existing(settings.home)).free
    said = f"{free / 2**30:.1f} GiB free"
    if free < MIN_FREE_BYTES:
        return failed("disk", said, "Free at least 1 GiB, or name another folder with NEXUS_HOME.")
    return good("disk", said)


def _existing(folder: Path) -> Path:
    """The folder, or the first above it that is there."""
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())


def _blobs(settings: Settings) -> Iterator[Check]:
    parts = urlsplit(settings.blobs)
    if parts.scheme == "file" and not Path(unquote(parts.path)).is_dir():
        yield good("blobs", f"{settings.blobs}, made when first needed")
        return
    name = f"doctor/{uuid.uuid4()}"
    try:
        store = BlobStore.of(settings)
        store.put(name, b"good")
        is_same = store.get(name) == b"good"
        store.delete([name])
    except Exception as error:
        advice = "Check NEXUS_BLOB_URL and the credentials of its store."
        yield failed("blobs", f"{type(error).__name__}: {error}".splitlines()[0], advice)
        return
    if is_same:
        yield good("blobs", "a blob was written, read and removed")
    else:
        yield failed("blobs", "a blob was read otherwise than written", "Use another store.")


# ---------------------------------------------------------------- the database
def _version(settings: Settings, connection: Connection[Any]) -> Check:
    found = server.server_get(connection)
    number = (found.version_num or 0) if found else 0
    if not 180_000 <= number < 190_000:
        said = f"PostgreSQL {number // 10_000}"
        return failed("version", said, "Use a PostgreSQL 18, or unset NEXUS_DATABASE_URL.")
    return good("version", f"PostgreSQL {number // 10_000}.{number % 10_000}")


def _locale(settings: Settings, connection: Connection[Any]) -> Check:
    found = server.server_get(connection)
    advice = (
        "Make the database anew: CREATE DATABASE ... TEMPLATE template0 ENCODING 'UTF8' "
        "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST'."
    )
    if found is None:
        return failed("locale", "unknown", advice)
    if (found.encoding, found.locale_provider) != ("UTF8", "b"):
        said = f"encoding {found.encoding}, provider {found.locale_provider}"
        return failed("locale", said, advice)
    text = server.server_text_get(connection)
    if text is None or not text.folds_case or not text.similarity:
        return failed("locale", f"{found.locale} folds or compares ASCII letters alone", advice)
    return good("locale", f"UTF-8, {found.locale}; letters beyond ASCII have case and similarity")


def _locks(settings: Settings, connection: Connection[Any]) -> Check:
    found = server.server_get(connection)
    locks = (found.max_locks_per_transaction or 0) if found else 0
    if locks < MIN_LOCKS:
        advice = f"Set max_locks_per_transaction = {MIN_LOCKS} and restart PostgreSQL."
        return failed("locks", f"max_locks_per_transaction is {locks}", advice)
    return good("locks", f"max_locks_per_transaction is {locks}")


def _wal_level(settings: Settings, connection: Connection[Any]) -> Check:
    found = server.server_get(connection)
    level = found.wal_level if found else ""
    if level != "logical":
        return failed("wal level", f"{level}", "Set wal_level = logical and restart PostgreSQL.")
    return good("wal level", "logical")


def _roles(settings: Settings, connection: Connection[Any]) -> Check:
    with psycopg.connect(db.owner_uri(settings)) as owner:
        missing = server.server_role_list(owner, roles=ROLES[:1])
    missing += server.server_role_list(connection, roles=ROLES[1:])
    if missing:
        names = ", ".join(role for role in missing if role)
        found = server.server_get(connection)
        login = found.login if found else "the login"
        return failed(
            "roles", f"not a member of {names}", f"As a superuser: GRANT {names} TO {login};"
        )
    return good("roles", "the login may act as each of " + ", ".join(ROLES))


def _rights(settings: Settings, connection: Connection[Any]) -> Check:
    rows = server.server_writable_list(connection, rooms=list(layout.ROOMS), roles=ROLES[1:])
    if rows:
        said = ", ".join(f"{row.role} writes {row.table_name}" for row in rows[:5])
        advice = "Take the rights to change these tables back (REVOKE); only functions write."
        return failed("rights", said, advice)
    return good("rights", "no role writes a table but through functions")


def _schema(settings: Settings, connection: Connection[Any]) -> Check:
    work = migration.pending(db.owner_uri(settings))
    if work:
        more = f" and {len(work) - 3} more" if len(work) > 3 else ""
        return failed("schema", "; ".join(work[:3]) + more, SchemaBehind.hint or "")
    return good("schema", f"up to date at step {migration.head()}")


def _dead(settings: Settings, connection: Connection[Any]) -> Check:
    dead = {row.queue: row.dead for row in queue.queue_list(connection) if row.dead}
    if dead:
        said = ", ".join(f"{count} in {name}" for name, count in dead.items())
        first = next(iter(dead))
        advice = f"nexus queues --dead {first} says why; --replay {first} sends them again."
        return failed("dead letters", said, advice)
    return good("dead letters", "none")


def _replicas(settings: Settings, connection: Connection[Any]) -> Check:
    slots = replica_status.slots_of(connection)
    amiss = [slot for slot in slots if slot.advice]
    if amiss:
        said = ", ".join(f"{slot.name} is {slot.lag_bytes:,} bytes behind" for slot in amiss)
        return failed("replicas", said, amiss[0].advice)
    return good("replicas", f"{len(slots)} follow" if slots else "none")


def _reach_advice(settings: Settings) -> str:
    if settings.database_url is not None:
        return "Check NEXUS_DATABASE_URL, and that PostgreSQL runs and lets this login in."
    return f"Run nexus db upgrade; the server's log is {settings.home / 'postgres.log'}."


DATABASE_CHECKS: dict[str, Callable[[Settings, Connection[Any]], Check]] = {
    "version": _version,
    "locale": _locale,
    "locks": _locks,
    "wal level": _wal_level,
    "roles": _roles,
    "rights": _rights,
    "schema": _schema,
    "dead letters": _dead,
    "replicas": _replicas,
}
