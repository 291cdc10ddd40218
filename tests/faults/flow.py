"""Records made up for tests, and the way through the rooms: take in, work off, look at the end."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from databases import Database, cloned
from nexus_hub.catalog import editing
from nexus_hub.catalog.parts import Layout
from nexus_hub.catalog.queries import changelog
from nexus_hub.catalog.queries import editgroup as editgroups
from nexus_hub.catalog.queries.models import Kind
from nexus_hub.cli.rooms import consumers
from nexus_hub.nauvis import service as nauvis
from nexus_hub.nauvis.queries import deposit as deposits
from nexus_hub.platform.blobs import BlobStore
from nexus_hub.platform.config import Settings
from nexus_hub.platform.queues import Context, Worker

Record = dict[str, Any]
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
VULCANUS = UUID("00000000-0000-7000-8000-000000000001")
ROOMS = (
    "platform", "croid", "catalog", "nauvis", "fulgora", "vulcanus", "gleba", "aquilo", "nexus",
)  # fmt: skip


Shared = Database
"""A migrated database that the tests of a module share, each with identifiers of its own."""
shared_database = cloned


def work(doi: str, title: str = "On Salt", **members: Any) -> Record:
    """A Crossref work, whole enough to be taken without a warning."""
    issued = {"date-parts": [[2021, 5, 4]]}
    return {"DOI": doi, "type": "journal-article", "title": [title], "issued": issued, **members}


def record(doi: str, title: str = "On Salt", **members: Any) -> Record:
    """A work in our own envelope."""
    return {"doi": doi, "metadata": work(doi, title, **members)}


def author(family: str, *affiliations: str) -> Record:
    """A contributor who works at these places."""
    return {
        "family": family,
        "given": "Ann",
        "sequence": "first",
        "affiliation": [{"name": name} for name in affiliations],
    }


def ror_id(number: int) -> str:
    """A ROR id with its check digits (ISO 7064 MOD 97-10), short form."""
    digits, left = "", number
    for _ in range(6):
        digits, left = ALPHABET[left % 32] + digits, left // 32
    return f"0{digits}{98 - number * 100 % 97:02}"


def organisation(number: int, name: str, **members: Any) -> Record:
    """An organisation as ROR writes it in schema 2."""
    return {
        "id": f"https://ror.org/{ror_id(number)}",
        "status": "active",
        "names": [{"value": name, "types": ["ror_display", "label"], "lang": "en"}],
        "types": ["education"],
        "established": 1900,
        "domains": [],
        "links": [],
        "external_ids": [],
        "relationships": [],
        "locations": [
            {
                "geonames_id": 2950159,
                "geonames_details": {
                    "name": "Berlin",
                    "country_code": "DE",
                    "country_name": "Germany",
                    "lat": 52.5,
                    "lng": 13.4,
                },
            }
        ],
        "admin": {
            "created": {"date": "2020-01-01", "schema_version": "2.0"},
            "last_modified": {"date": "2020-01-01", "schema_version": "2.0"},
        },
        **members,
    }


def changed(day: str) -> Record:
    """The `admin` member of an organisation that was last changed on a day."""
    return {"admin": {"last_modified": {"date": day, "schema_version": "2.0"}}}


def write_lines(path: Path, rows: Sequence[Any]) -> str:
    """A file of JSON lines; its path."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return str(path)


def document(records: Sequence[Any], **members: Any) -> bytes:
    """The body of a deposit."""
    return json.dumps({"records": list(records), **members}).encode()


def take(
    connection: psycopg.Connection[Any], body: bytes, *, key: str | None = None, test: bool = False
) -> UUID:
    """Deposit a document and commit."""
    with connection.transaction():
        call = nauvis.prepare_document(body, key=key, test=test)
        deposit_id = deposits.deposit_take(connection, **call)
    connection.commit()
    assert deposit_id is not None
    return deposit_id


def take_records(
    connection: psycopg.Connection[Any], records: Sequence[Any], **members: Any
) -> UUID:
    """Deposit records and commit."""
    return take(connection, document(records, **members))


def drain(database: Any, *rooms: str) -> None:
    """Work the queues of these rooms, of all where none is named, until they are empty."""
    Worker(database.settings, consumers(list(rooms))).run(drain=True)


def revise(
    connection: psycopg.Connection[Any],
    objects: Mapping[UUID, Record],
    kind: str = "release",
    extra: Record | None = None,
) -> list[editgroups.EditgroupReviseRow]:
    """Give objects this content in one step, their large members as parts."""
    rows = editgroups.editgroup_part_member_list(connection, kind=Kind(kind))
    layout = Layout((row.member, row.part) for row in rows)
    split = {croid: layout.split(body) for croid, body in objects.items()}
    parts = [(croid, *part) for croid, one in split.items() for part in one.parts]
    return editgroups.editgroup_revise(
        connection,
        editor_id=VULCANUS,
        description="a test",
        extra="{}",
        kind=Kind(kind),
        croids=list(objects),
        bodies=[one.body for one in split.values()],
        edit_extras=[json.dumps(extra or {})] * len(objects),
        part_croids=[croid for croid, _, _ in parts],
        part_members=[name for _, name, _ in parts],
        part_bodies=[text for _, _, text in parts],
    )


class Proposed(NamedTuple):
    """One edit of an open editgroup."""

    editgroup_id: UUID
    croid: UUID
    action: str
    revision_id: UUID | None


def propose(
    connection: psycopg.Connection[Any], objects: Mapping[UUID, Any], kind: str = "release"
) -> list[Proposed]:
    """Open an editgroup that gives objects this content: creates of new ones, else updates."""
    known = {
        croid
        for (croid,) in connection.execute(
            "SELECT croid FROM catalog.ident WHERE croid = ANY (%s)", [list(objects)]
        ).fetchall()
    }
    group = editing.open_editgroup(connection, VULCANUS, "a test").editgroup_id
    edits = [
        editing.Edit("update" if croid in known else "create", croid, kind, json.dumps(body))
        for croid, body in objects.items()
    ]
    return [
        Proposed(group, row.croid, row.action, row.revision_id)
        for row in editing.add_edits(connection, group, VULCANUS, edits)
    ]


def accept(connection: psycopg.Connection[Any], editgroup_id: UUID) -> int:
    """Make an editgroup current; its index."""
    return editing.accept(connection, editgroup_id, VULCANUS)


def context(database: Any, connection: psycopg.Connection[Any]) -> Context:
    """What a handler is given, for calling it without a queue."""
    return Context(connection, database.settings, BlobStore.of(database.settings))


@dataclass(frozen=True)
class Verdict:
    """What became of one record."""

    n: int
    result: str | None
    codes: list[str]
    revision_id: UUID | None
    index: int | None
    patch: Any


def verdicts(connection: psycopg.Connection[Any], deposit_id: UUID) -> list[Verdict]:
    """The verdicts on the records of a deposit in order; result None where there is none yet."""
    rows = connection.execute(
        "SELECT r.n, c.result::text, coalesce(c.problems, '[]'), c.revision_id, c.index, c.patch"
        " FROM nauvis.deposit_record AS r"
        " LEFT JOIN nauvis.deposit_change AS c USING (croid, deposit_id, n)"
        " WHERE deposit_id = %s ORDER BY r.n",
        [deposit_id],
    ).fetchall()
    connection.commit()
    return [
        Verdict(n, result, [problem["code"] for problem in problems], revision, index, patch)
        for n, result, problems, revision, index, patch in rows
    ]


def results(connection: psycopg.Connection[Any], deposit_id: UUID) -> list[str | None]:
    """Only the results of `verdicts`."""
    return [verdict.result for verdict in verdicts(connection, deposit_id)]


def bodies(connection: psycopg.Connection[Any], scheme: str = "doi") -> dict[str, Record]:
    """The live bodies by identifier."""
    rows = connection.execute(
        "SELECT d.value, catalog.read_body(i.croid, i.revision_id)"
        " FROM croid.identifier AS d JOIN catalog.ident AS i USING (croid)"
        " WHERE d.scheme = %s AND i.state = 'active' ORDER BY 1",
        [scheme],
    ).fetchall()
    connection.commit()
    return {value: json.loads(body) for value, body in rows}


def contents(connection: psycopg.Connection[Any]) -> dict[str, bytes]:
    """The content hash of every live object by its first identifier."""
    rows = connection.execute(
        "SELECT min(d.scheme || ':' || d.value), r.content_hash FROM catalog.ident AS i"
        " JOIN catalog.revision AS r USING (croid, revision_id)"
        " JOIN croid.identifier AS d USING (croid) GROUP BY r.croid, r.revision_id"
    ).fetchall()
    connection.commit()
    return dict(rows)


def one(connection: psycopg.Connection[Any], query: str, *values: Any) -> Any:
    """The one value of a query."""
    row = connection.execute(query.encode(), list(values) or None).fetchone()
    assert row is not None
    connection.commit()
    return row[0]


def croid_of(connection: psycopg.Connection[Any], doi: str) -> UUID:
    """The object a DOI is reserved for."""
    return one(
        connection, "SELECT croid FROM croid.identifier WHERE scheme = 'doi' AND value = %s", doi
    )


def row_counts(database: Any) -> dict[str, int]:
    """How many rows every table of the rooms and every queue has."""
    with database.connect(None) as connection:
        names = connection.execute(
            "SELECT format('%%I.%%I', n.nspname, c.relname) FROM pg_class AS c"
            " JOIN pg_namespace AS n ON n.oid = c.relnamespace"
            " WHERE c.relkind = 'r' AND n.nspname = ANY (%s) ORDER BY 1",
            [[*ROOMS, "pgmq"]],
        ).fetchall()
        return {name: one(connection, f"SELECT count(*) FROM {name}") for (name,) in names}


def changelog_faults(connection: psycopg.Connection[Any]) -> list[int]:
    """Indexes at which the changelog has a gap or its chain is broken."""
    return changelog.changelog_verify(connection)


def work_until_killed(database_url: str, home: str, rooms: tuple[str, ...]) -> None:
    """A worker in a process of its own, whose messages are seen again a second after its death."""
    chosen = Settings(home=Path(home), database_url=database_url, visibility_s=1, batch_size=40)
    Worker(chosen, consumers(list(rooms))).run()
