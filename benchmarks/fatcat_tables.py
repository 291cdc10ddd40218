"""The tables of a fatcat-like catalogue for releases, filled with the same records.

Columns and indexes are those fatcat publishes for its schema, written anew: a revision is a row of
its own with all its columns, contributors are rows of every revision, the reference list is one
JSON value shared by its hash, links to known releases are rows of every revision, keys are random.
What a release has no column for lies in the revision's extra JSON.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

import orjson
import psycopg

from nexus_hub.catalog.crossref_forms import words

Body = dict[str, Any]

TABLES = """
CREATE TABLE editgroup (
  id uuid PRIMARY KEY, editor_id uuid NOT NULL, created timestamptz NOT NULL DEFAULT now(),
  submitted timestamptz, is_accepted boolean NOT NULL DEFAULT false, description text,
  extra_json jsonb
);
CREATE INDEX ON editgroup (is_accepted, submitted);
CREATE INDEX ON editgroup (is_accepted, editor_id);
CREATE TABLE changelog (
  id bigserial PRIMARY KEY, editgroup_id uuid NOT NULL, timestamp timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON changelog (editgroup_id);
CREATE TABLE abstracts (sha1 text PRIMARY KEY, content text NOT NULL);
CREATE TABLE refs_blob (sha1 text PRIMARY KEY, refs_json jsonb NOT NULL);
CREATE TABLE release_rev (
  id uuid PRIMARY KEY, extra_json jsonb, work_ident_id uuid NOT NULL, container_ident_id uuid,
  refs_blob_sha1 text, title text NOT NULL, original_title text, release_type text,
  release_stage text, release_date date, release_year bigint, doi text, pmid text, pmcid text,
  wikidata_qid text, core_id text, volume text, issue text, pages text, publisher text,
  language text, license_slug text, number text, version text, subtitle text,
  withdrawn_status text, withdrawn_date date, withdrawn_year bigint
);
CREATE INDEX ON release_rev (doi);
CREATE INDEX ON release_rev (pmid);
CREATE INDEX ON release_rev (pmcid);
CREATE INDEX ON release_rev (wikidata_qid);
CREATE INDEX ON release_rev (core_id);
CREATE INDEX ON release_rev (work_ident_id);
CREATE TABLE release_rev_extid (
  release_rev uuid, extid_type text, value text NOT NULL, PRIMARY KEY (release_rev, extid_type)
);
CREATE INDEX ON release_rev_extid (extid_type, value);
CREATE TABLE release_rev_abstract (
  id bigserial PRIMARY KEY, release_rev uuid NOT NULL, abstract_sha1 text NOT NULL, mimetype text,
  lang text
);
CREATE INDEX ON release_rev_abstract (release_rev);
CREATE INDEX ON release_rev_abstract (abstract_sha1);
CREATE TABLE release_contrib (
  id bigserial PRIMARY KEY, release_rev uuid NOT NULL, creator_ident_id uuid, raw_name text,
  role text, raw_affiliation text, index_val integer, extra_json jsonb, given_name text,
  surname text
);
CREATE INDEX ON release_contrib (release_rev);
CREATE INDEX ON release_contrib (creator_ident_id);
CREATE TABLE release_ref (
  release_rev uuid, index_val integer, target_release_ident_id uuid NOT NULL,
  PRIMARY KEY (release_rev, index_val)
);
CREATE INDEX ON release_ref (target_release_ident_id);
CREATE TABLE release_ident (
  id uuid PRIMARY KEY, is_live boolean NOT NULL DEFAULT false, rev_id uuid, redirect_id uuid
);
CREATE INDEX ON release_ident (rev_id);
CREATE INDEX ON release_ident (redirect_id);
CREATE TABLE release_edit (
  id uuid PRIMARY KEY, editgroup_id uuid NOT NULL, updated timestamptz NOT NULL DEFAULT now(),
  ident_id uuid NOT NULL, rev_id uuid, redirect_id uuid, prev_rev uuid, extra_json jsonb,
  UNIQUE (editgroup_id, ident_id)
);
CREATE INDEX ON release_edit (ident_id);
"""

COPIES = {
    "release_rev": "id extra_json work_ident_id refs_blob_sha1 title original_title release_type"
    " release_stage release_date release_year doi volume issue pages publisher language number"
    " version subtitle",
    "release_contrib": "release_rev raw_name role raw_affiliation index_val extra_json given_name"
    " surname",
    "release_ref": "release_rev index_val target_release_ident_id",
    "release_rev_abstract": "release_rev abstract_sha1 mimetype",
    "release_ident": "id is_live rev_id",
    "release_edit": "id editgroup_id ident_id rev_id",
}
"""The columns that are filled; those of abstracts, reference lists and editgroups come apart."""

NEW_TITLES = """
WITH accepted AS (
  INSERT INTO editgroup (id, editor_id, is_accepted, description)
  VALUES (gen_random_uuid(), %(editor)s, true, 'new titles') RETURNING id
), logged AS (
  INSERT INTO changelog (editgroup_id) SELECT a.id FROM accepted AS a
), edited AS MATERIALIZED (
  SELECT i.id, i.rev_id AS before, gen_random_uuid() AS after
  FROM release_ident AS i WHERE i.id = ANY (%(idents)s)
), revised AS (
  INSERT INTO release_rev
  SELECT (jsonb_populate_record(r, jsonb_build_object(
    'id', e.after, 'title', r.title || %(suffix)s
  ))).*
  FROM edited AS e JOIN release_rev AS r ON r.id = e.before
), contributed AS (
  INSERT INTO release_contrib (
    release_rev, creator_ident_id, raw_name, role, raw_affiliation, index_val, extra_json,
    given_name, surname
  )
  SELECT e.after, c.creator_ident_id, c.raw_name, c.role, c.raw_affiliation, c.index_val,
    c.extra_json, c.given_name, c.surname
  FROM edited AS e JOIN release_contrib AS c ON c.release_rev = e.before
), cited AS (
  INSERT INTO release_ref
  SELECT e.after, c.index_val, c.target_release_ident_id
  FROM edited AS e JOIN release_ref AS c ON c.release_rev = e.before
), summarised AS (
  INSERT INTO release_rev_abstract (release_rev, abstract_sha1, mimetype, lang)
  SELECT e.after, b.abstract_sha1, b.mimetype, b.lang
  FROM edited AS e JOIN release_rev_abstract AS b ON b.release_rev = e.before
), noted AS (
  INSERT INTO release_edit (id, editgroup_id, ident_id, rev_id, prev_rev)
  SELECT gen_random_uuid(), a.id, e.id, e.after, e.before FROM edited AS e CROSS JOIN accepted AS a
)
UPDATE release_ident AS i SET rev_id = e.after FROM edited AS e WHERE i.id = e.id
"""
"""One accepted editgroup that changes titles: a whole revision each, with all its rows."""

_NOT_EXTRA = frozenset(
    words("""
    DOI abstract author editor chair translator reference title subtitle original-title type
    issued volume issue page publisher language version number
    """)
)
"""The members that have columns or tables of their own."""


class FatcatTables:
    """A database of these tables, its releases by ident."""

    def __init__(self, connection: psycopg.Connection[Any], *, with_extra: bool) -> None:
        self.connection = connection
        self.with_extra = with_extra
        self.idents: list[UUID] = []
        connection.execute(TABLES)

    def fill(self, bodies: Sequence[Body], editgroup_size: int) -> None:
        """Take releases in, so many to an editgroup."""
        self.idents = [uuid4() for _ in bodies]
        known = {body["DOI"]: one for body, one in zip(bodies, self.idents, strict=True)}
        rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COPIES}
        shared: dict[str, dict[str, str]] = {"abstracts": {}, "refs_blob": {}}
        editgroups: list[UUID] = []
        for n, (ident, body) in enumerate(zip(self.idents, bodies, strict=True)):
            if n % editgroup_size == 0:
                editgroups.append(uuid4())
            self._add(rows, shared, body, ident, editgroups[-1], known)
        with self.connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO editgroup (id, editor_id, is_accepted) VALUES (%s, %s, true)",
                [(one, uuid4()) for one in editgroups],
            )
            cursor.executemany(
                "INSERT INTO changelog (editgroup_id) VALUES (%s)", [(one,) for one in editgroups]
            )
            for name, found in shared.items():
                _copy(cursor, name, None, found.items())
            for name, columns in COPIES.items():
                _copy(cursor, name, columns.split(), rows[name])

    def retitle(self, edition: int, editgroup_size: int, editor: UUID) -> None:
        """Give every release a new title, so many to an editgroup."""
        for first in range(0, len(self.idents), editgroup_size):
            self.connection.execute(
                NEW_TITLES,
                {
                    "editor": editor,
                    "idents": self.idents[first : first + editgroup_size],
                    "suffix": f" ({edition})",
                },
            )

    def _add(
        self,
        rows: dict[str, list[tuple[Any, ...]]],
        shared: dict[str, dict[str, str]],
        body: Body,
        ident: UUID,
        editgroup: UUID,
        known: dict[str, UUID],
    ) -> None:
        revision = uuid4()
        references = body.get("reference")
        rows["release_ident"].append((ident, True, revision))
        rows["release_edit"].append((uuid4(), editgroup, ident, revision))
        blob = (
            _share(shared["refs_blob"], orjson.dumps(references).decode()) if references else None
        )
        rows["release_rev"].append(self._revision(body, revision, blob))
        rows["release_contrib"] += _contributors(body, revision)
        for place, reference in enumerate(references or ()):
            if target := known.get(str(reference.get("DOI", "")).lower()):
                rows["release_ref"].append((revision, place, target))
        if abstract := body.get("abstract"):
            sha1 = _share(shared["abstracts"], abstract)
            rows["release_rev_abstract"].append((revision, sha1, "application/xml+jats"))

    def _revision(self, body: Body, revision: UUID, blob: str | None) -> tuple[Any, ...]:
        extra = {name: value for name, value in body.items() if name not in _NOT_EXTRA}
        date = ((body.get("issued") or {}).get("date-parts") or [[None]])[0]
        day = "-".join(f"{part:02}" for part in date) if len(date) == 3 else None
        return (
            revision,
            orjson.dumps(extra).decode() if self.with_extra else None,
            uuid4(),
            blob,
            body["title"][0],
            (body.get("original-title") or [None])[0],
            body.get("type"),
            "published",
            day,
            date[0],
            body["DOI"],
            *(body.get(name) for name in ("volume", "issue", "page", "publisher", "language")),
            body.get("number"),
            None,
            (body.get("subtitle") or [None])[0],
        )


def _contributors(body: Body, revision: UUID) -> Iterator[tuple[Any, ...]]:
    for member in ("author", "editor", "chair", "translator"):
        for place, one in enumerate(body.get(member) or ()):
            given, family = one.get("given"), one.get("family")
            extra = {name: one[name] for name in ("ORCID", "sequence", "suffix") if name in one}
            names = [each["name"] for each in one.get("affiliation") or () if each.get("name")]
            yield (
                revision,
                one.get("name") or " ".join(filter(None, (given, family))) or None,
                member,
                "; ".join(names) or None,
                place,
                orjson.dumps(extra).decode() if extra else None,
                given,
                family,
            )


def _share(shared: dict[str, str], text: str) -> str:
    sha1 = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
    shared[sha1] = text
    return sha1


def _copy(
    cursor: psycopg.Cursor[Any],
    name: str,
    columns: list[str] | None,
    rows: Iterable[tuple[Any, ...]],
) -> None:
    named = f" ({', '.join(columns)})" if columns else ""
    with cursor.copy(f"COPY {name}{named} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)
