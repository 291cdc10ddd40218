"""Brings a database to the schema of this code: alembic steps first, then what is repeatable.

A step is a plain SQL file. Functions, views, comments, rows and grants are applied whole again when
the hash of any of them changed; so a fresh database and an upgraded one arrive at the same place.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from nexus_hub.platform import db, layout
from nexus_hub.platform.config import Settings
from nexus_hub.platform.queries import applied, replication, step

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.engine import Engine

VERSION_SCHEMA = "platform"
_COMMENT = re.compile(r"^COMMENT ON .*?;$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did: the step it started from and arrived at, and what it applied again."""

    before: str | None
    after: str
    repeatables: int

    @property
    def changed(self) -> bool:
        """Whether the database was not yet up to date."""
        return self.before != self.after or self.repeatables > 0


def upgrade_settings(settings: Settings) -> Upgraded:
    """Create the database of these settings where it is missing, and upgrade it."""
    if settings.database_url is None:
        db.create_database(db.server(settings).uri("postgres", "postgres"))
    return upgrade(db.owner_uri(settings))


def upgrade(uri: str) -> Upgraded:
    """Run the missing steps and the changed repeatables; one upgrade at a time per database.

    Whoever comes while another upgrades waits for it, and then finds nothing left to do.
    """
    if current(uri) == head():
        return Upgraded(head(), head(), apply_repeatables(uri))
    with psycopg.connect(uri, autocommit=True) as alone:
        applied.applied_stand_alone(alone)
        before = current(uri)
        if before is None:
            prepare(uri)
        if before != head():
            _run_steps(uri)
        # What is published follows the tables, which steps change.
        return Upgraded(before, head(), apply_repeatables(uri, again=before != head()))


def _run_steps(uri: str) -> None:
    # Imported late, here and below: alembic takes a second, and nearly always no step is missing.
    from alembic import command

    engine = _engine(uri)
    try:
        with engine.connect() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def prepare(uri: str) -> None:
    """Make the roles, extensions and first schema, for which the login needs rights of its own."""
    with psycopg.connect(uri) as connection:
        db.run_script(connection, layout.definitions("platform")[0].read_text())


def build(uri: str) -> None:
    """Make the schema straight from `sql/`, without steps: what the steps are compared with."""
    prepare(uri)
    with psycopg.connect(db.as_role(uri, "nexus_owner")) as connection:
        for script in foundation():
            db.run_script(connection, script)
    apply_repeatables(uri)


def foundation() -> Iterator[str]:
    """The scripts of a prepared database in order, with those of pgmq and procrastinate."""
    yield from foreign_scripts()
    for file in layout.definitions("platform")[1:]:
        yield file.read_text()
    for room in layout.ROOMS[1:]:
        for file in layout.definitions(room):
            yield file.read_text()


def foreign_scripts() -> Iterator[str]:
    """The schemas of pgmq and procrastinate as their installed packages bring them."""
    from pgmq.install import get_embedded_install_sql
    from procrastinate.schema import SchemaManager

    yield get_embedded_install_sql()
    yield db.in_schema("procrastinate", SchemaManager.get_schema())


def current(uri: str) -> str | None:
    """The step a database is at, or None before the first."""
    with psycopg.connect(uri) as connection:
        return step.step_get(connection) if step.step_exists(connection) else None


def head() -> str:
    """The newest step this code knows: the names of the steps begin with their numbers."""
    return max(file.name for file in (layout.bundled("migrations") / "versions").glob("*_*.py"))[:4]


def pending(uri: str) -> list[str]:
    """What an upgrade would do, in words; empty when the database is up to date."""
    found = current(uri)
    if found is None:
        return ["the database is empty"]
    work = [f"step {found} -> {head()}"] if found != head() else []
    with psycopg.connect(uri) as connection:
        work += [f"apply {name} again" for name, _ in _changed(connection)]
    return work


def apply_repeatables(uri: str, *, again: bool = False) -> int:
    """Apply functions, views, comments, rows and grants when any changed; how many changed.

    The publication for replicas changes in the same transaction as the functions that write to it.
    """
    with psycopg.connect(db.as_role(uri, "nexus_owner", **db.WRITABLE)) as connection:
        applied.applied_lock(connection)
        changed = _changed(connection)
        if not changed and not again:
            return 0
        db.expect_definitions(connection)
        scripts = list(_repeatables())
        for name, script in scripts:
            try:
                db.run_script(connection, script)
            except psycopg.Error as error:
                error.add_note(f"while applying {name}")
                raise
        applied.applied_record(
            connection,
            names=[name for name, _ in scripts],
            hashes=[_sha256(script) for _, script in scripts],
        )
        replication.replication_publication_refresh(connection)
        return len(changed)


def _repeatables() -> Iterator[tuple[str, str]]:
    parts: list[Callable[[str], list[Path]]] = [
        lambda room: [f for f in layout.repeatables(room) if f.parent.name == "40_functions"],
        lambda room: [f for f in layout.repeatables(room) if f.parent.name == "50_views"],
        lambda room: [f for f in layout.repeatables(room) if f.name.startswith("6")],
        lambda room: [f for f in layout.repeatables(room) if f.name == "70_grants.sql"],
    ]
    for part in parts:
        for room in layout.ROOMS:
            for file in part(room):
                yield str(file.relative_to(layout.bundled("sql"))), file.read_text()
    for room in layout.ROOMS:
        texts = [_COMMENT.findall(file.read_text()) for file in layout.definitions(room)]
        yield f"{room}/comments", "\n".join(text for found in texts for text in found)


def _changed(connection: psycopg.Connection[Any]) -> list[tuple[str, str]]:
    hashes = {row.name: row.sha256 for row in applied.applied_list(connection)}
    return [
        (name, script) for name, script in _repeatables() if hashes.get(name) != _sha256(script)
    ]


def _sha256(script: str) -> bytes:
    return hashlib.sha256(script.encode()).digest()


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(layout.bundled("migrations")))
    return config


def _engine(uri: str) -> Engine:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    return create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(db.as_role(uri, "nexus_owner", **db.WRITABLE)),
        poolclass=NullPool,
    )
