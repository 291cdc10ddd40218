"""Exports of fatcat into the catalogue: entities in JSON lines, each keeping its identifier.

A batch is one editgroup of a bot, accepted at once. What is there with the same content, or was
taken in with it before and changed here since, gets no edit, so that loading a file again changes
nothing and undoes nobody's work. Where the catalogue refuses a batch it is halved
until what it refuses is alone: that is named, and the rest goes through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
import psycopg
from psycopg import Connection

from nexus_hub.catalog.canonical import RefusedRecordError, decode
from nexus_hub.catalog.editing import Edit, apply
from nexus_hub.catalog.fatcat import ENTITIES, from_fatcat
from nexus_hub.catalog.fatcat.idents import MalformedIdentError, from_ident
from nexus_hub.catalog.queries import editor as editors
from nexus_hub.catalog.queries import entity as q
from nexus_hub.catalog.queries.models import EditorRole, Kind
from nexus_hub.croid.codec import decode as decode_croid
from nexus_hub.croid.codec import encode
from nexus_hub.platform.files import Located, batch_records, read_records

EXTRA = {"imported-from": "fatcat"}
"""What the edits of an import tell: they are another catalogue's records, not a person's word."""

USERNAME = "fatcat-import"
BATCH_SIZE = 1000
_DOMAIN_ERROR = "NX"
_TOLD_BY = {
    "release": ("ext_ids", "title", "work_id"),
    "creator": ("display_name",),
    "container": ("name",),
    "webcapture": ("original_url", "cdx", "archive_urls"),
    "fileset": ("manifest",),
    "file": ("md5", "sha1", "sha256", "size", "mimetype", "urls"),
}
"""Members that only entities of a kind have, or that a kind before it would have told by others."""


@dataclass
class Imported:
    """What a batch came to: how many entities were new, changed and the same, and all problems."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    works: int = 0
    """Works that were made because releases name them."""
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Entity:
    place: str
    kind: Kind
    croid: UUID
    body: dict[str, Any]


class _UnfitError(ValueError):
    """A line that is no entity that can be taken."""


def kind_told(entity: dict[str, Any]) -> str:
    """Which kind an entity is of, by its members; what has none of its own is a work.

    >>> kind_told({"display_name": "A. Ng"}), kind_told({"sha1": "00", "release_ids": []})
    ('creator', 'file')
    >>> kind_told({"ident": "q3nouwy3nnbsvo3h5klxsx4a7y", "extra": {}})
    'work'
    """
    for kind, members in _TOLD_BY.items():
        if any(entity.get(member) is not None for member in members):
            return kind
    return "work"


def find_bot(connection: Connection[Any]) -> UUID:
    """The editor who imports; made where there is none."""
    found = editors.editor_find(connection, editor_id=None, username=USERNAME)
    if found is not None:
        return found.editor_id
    return editors.editor_create(
        connection, username=USERNAME, role=EditorRole.ADMIN, is_bot=True, agent_id=None
    )


def load(
    connection: Connection[Any],
    path: str,
    *,
    kind: str | None = None,
    on_bytes: Callable[[str, int, int | None], None] = lambda path, done, total: None,
    batch_size: int = BATCH_SIZE,
) -> Iterator[Imported]:
    """Take the entities of a file in, so many a time, and tell after each what it came to.

    Without `kind` each entity's members tell its kind. Each batch commits by itself.
    """

    def progress(done: int, total: int | None) -> None:
        on_bytes(path, done, total)

    bot = find_bot(connection)
    name = "standard input" if path == "-" else path.rsplit("/", 1)[-1]
    for located, broken in batch_records(read_records(path, progress=progress), count=batch_size):
        told = Imported(problems=[str(problem) for problem in broken])
        entities = []
        for line in located:
            place = f"{name}:{line.line} (record {line.number})"
            try:
                entities.append(_read(line, place, kind))
            except _UnfitError as unfit:
                told.problems.append(f"{place}: {unfit}")
        _take(connection, bot, f"import of {name}", entities, told)
        yield told


def _read(line: Located, place: str, kind: str | None) -> _Entity:
    try:
        entity = decode(line.raw)
    except RefusedRecordError as refusal:
        raise _UnfitError(str(refusal)) from None
    chosen = kind or kind_told(entity)
    if chosen not in ENTITIES:
        raise _UnfitError(f"unknown-kind: {chosen}")
    try:
        croid = from_ident(str(entity.get("ident")))
    except MalformedIdentError as error:
        raise _UnfitError(f"malformed-ident: {error}") from None
    state = entity.get("state") or "active"
    if state != "active":
        raise _UnfitError(f"not-active: the entity is {state}, and only active ones are taken")
    body, problems = from_fatcat(chosen, entity)
    faults = [f"{each.code}: {each.pointer}" for each in problems if each.severity == "error"]
    if faults:
        raise _UnfitError(", ".join(faults))
    return _Entity(place, Kind(chosen), croid, body)


def _take(
    connection: Connection[Any], bot: UUID, about: str, entities: list[_Entity], told: Imported
) -> None:
    """Apply a batch; where it is refused its halves, down to the entity that is."""
    if not entities:
        return
    try:
        with connection.transaction():
            edits = _edits(connection, bot, entities)
            works = _missing_works(connection, edits)
            if edits:
                made = [Edit("create", croid, "work", {}, extra=EXTRA) for croid in works]
                apply(connection, bot, made + edits, about)
    except psycopg.Error as refusal:
        if not (refusal.sqlstate or "").startswith(_DOMAIN_ERROR):
            raise
        if len(entities) == 1:
            said = f"{refusal.diag.message_primary}: {refusal.diag.message_detail}"
            told.problems.append(f"{entities[0].place}: {said}")
            return
        middle = len(entities) // 2
        _take(connection, bot, about, entities[:middle], told)
        _take(connection, bot, about, entities[middle:], told)
        return
    created = sum(edit.action == "create" for edit in edits)
    told.created += created
    told.updated += len(edits) - created
    told.unchanged += len(entities) - len(edits)
    told.works += len(works)


def _edits(connection: Connection[Any], bot: UUID, entities: Sequence[_Entity]) -> list[Edit]:
    """The edits that make the catalogue say what the entities do, where they say anything new."""
    known = {
        row.croid: orjson.loads(row.body)
        for row in q.entity_list_last_by_editor(
            connection, croids=[entity.croid for entity in entities], editor_id=bot
        )
    }
    current: dict[UUID, q.EntityListRow] = {}
    for kind in {entity.kind for entity in entities}:
        croids = [entity.croid for entity in entities if entity.kind == kind]
        rows = q.entity_list(connection, kind=kind, croids=croids)
        current |= {row.croid: row for row in rows}
    edits: list[Edit] = []
    for entity in entities:
        before = current.get(entity.croid)
        body, kind = entity.body, entity.kind.value
        if before is None:
            whole = _with_work(connection, kind, body)
            edits.append(Edit("create", entity.croid, kind, whole, extra=EXTRA))
            continue
        content = orjson.loads(before.body or "{}")
        if kind == "release" and "work" not in body and "work" in content:
            body = {**body, "work": content["work"]}
        if body == known.get(entity.croid):
            continue
        if before.state != "active" or content != body:
            expected = before.revision_id if before.state == "active" else None
            edits.append(
                Edit("update", entity.croid, kind, body, expected_id=expected, extra=EXTRA)
            )
    return edits


def _with_work(connection: Connection[Any], kind: str, body: dict[str, Any]) -> dict[str, Any]:
    if kind != "release" or "work" in body:
        return body
    (croid,) = q.entity_make_croids(connection, n=1)
    return {**body, "work": {"croid": encode(croid)}}


def _missing_works(connection: Connection[Any], edits: Sequence[Edit]) -> list[UUID]:
    """The works that the releases name and nobody has made: fatcat's exports leave works out."""
    named = {
        decode_croid(edit.body["work"]["croid"])
        for edit in edits
        if edit.kind == "release" and isinstance(edit.body, dict) and "work" in edit.body
    }
    if not named:
        return []
    there = {row.croid for row in q.entity_kind_list(connection, croids=sorted(named))}
    return sorted(named - there - {edit.croid for edit in edits if edit.kind == "work"})
