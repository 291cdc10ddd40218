"""The live rows of every kind: each column shows what the declaration says of it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql
from psycopg.rows import dict_row

from catalog.bodies import BODIES, JSON, WHOLE
from catalog.test_projections import publish, rows
from catalog.test_revise import release
from nexus_hub.catalog.kinds import KINDS, Kind, validate
from nexus_hub.catalog.vocabularies import VOCABULARIES
from nexus_hub.croid.codec import decode, encode
from nexus_hub.croid.errors import MalformedCroid

RELEASE = {
    "title": ["T"],
    "work": {"croid": encode(UUID(int=5))},
    "container": {"croid": encode(UUID(int=6))},
    "nexus": {
        "release_type": "letter",
        "release_stage": "published",
        "withdrawn_status": "legal",
        "withdrawn_date": "2020-02-29",
        "withdrawn_year": 2020,
    },
}
TABLES = [(kind, table) for kind, declared in KINDS.items() for table in declared.columns]


def live(db: psycopg.Connection[Any], table: str, croid: UUID) -> list[dict[str, Any]]:
    """The rows of an object in a table of its projection, in their order."""
    query = sql.SQL("SELECT * FROM catalog.{} AS t WHERE croid = %s ORDER BY t::text")
    with db.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(query.format(sql.Identifier(table)), [croid]).fetchall()
    return sorted(found, key=lambda row: row.get("position", 0))


def at(value: Any, steps: list[str], position: int) -> Any:
    """The member that a pointer names, `*` being the position."""
    for step in steps:
        value = value[position] if step == "*" else (value or {}).get(step)
    return value


def shown(column: str, value: Any) -> Any:
    """A member as its column shows it."""
    if value is None:
        return None
    if column in {"md5", "sha1", "sha256"}:
        return bytes.fromhex(value)
    if column.endswith("_croid"):
        return decode(value)
    if column == "captured_at":
        return datetime.fromisoformat(value)
    return value


def expected(columns: dict[str, str], body: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a table that a body makes, by the declaration."""
    steps = {column: pointer.split("/")[1:] for column, pointer in columns.items()}
    lists = {path[0] for path in steps.values() if "*" in path}
    count = max((len(body.get(name, [])) for name in lists), default=1)
    return [
        {column: shown(column, at(body, path, place)) for column, path in steps.items()}
        for place in range(count)
    ]


def agree(db: psycopg.Connection[Any], declared: Kind, croid: UUID, body: dict[str, Any]) -> None:
    for table, columns in declared.columns.items():
        found = live(db, table, croid)
        for row in found:
            for name, value in row.items():
                row[name] = str(value) if name == "withdrawn_on" else value
        assert [{name: row[name] for name in columns} for row in found] == expected(columns, body)
        assert [row.get("position", 0) for row in found] == list(range(len(found)))


@pytest.mark.parametrize("kind", [*WHOLE, "release"])
def test_every_declared_column_shows_its_member(db, kind):
    croid, body = uuid4(), WHOLE.get(kind, RELEASE)
    assert validate(kind, body) == (body, [])
    publish(db, {croid: body}, kind)
    agree(db, KINDS[kind], croid, body)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_rows_say_what_any_clean_body_says(db, data):
    kind = data.draw(st.sampled_from(sorted(BODIES)))
    body = data.draw(BODIES[kind])
    with db.transaction(force_rollback=True):
        croid = uuid4()
        publish(db, {croid: body}, kind)
        agree(db, KINDS[kind], croid, body)


@pytest.mark.parametrize(("kind", "table"), TABLES)
def test_every_column_is_declared(db, kind, table):
    found = rows(
        db,
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = 'catalog' AND table_name = %s",
        table,
    )
    columns = {name for (name,) in found} - {"croid", "position"}
    declared = set(KINDS[kind].columns[table])
    assert declared <= columns
    assert declared == columns or kind == "release"  # whose other columns are Crossref's


def test_parts_of_the_database_are_those_declared(db):
    found = rows(db, "SELECT kind::text, member, part FROM catalog.part_member")
    own = {(kind, part, part) for kind in KINDS for part in KINDS[kind].parts}
    shared = {(kind, member, "*") for kind in KINDS for member in KINDS[kind].details}
    assert set(found) == own | shared


@pytest.mark.parametrize("name", VOCABULARIES)
def test_vocabulary_of_the_database_is_the_one_declared(db, name):
    found = rows(db, f"SELECT {name} FROM catalog.{name}")
    assert {term for (term,) in found} == set(VOCABULARIES[name])
    assert len(found) == len(VOCABULARIES[name])


def test_vocabularies_are_as_long_as_they_should_be():
    assert [len(terms) for terms in VOCABULARIES.values()] == [44, 6, 7, 14]


@given(kind=st.sampled_from(sorted(BODIES)), data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_no_shape_of_an_unchecked_body_breaks_the_projection(db, kind, data):
    members = st.sampled_from(sorted(KINDS[kind].shape.members))
    inner = st.dictionaries(
        st.sampled_from(["path", "size", "surt", "timestamp", "sha1", "status_code"]),
        JSON,
        max_size=3,
    )
    body = data.draw(st.dictionaries(members, JSON | st.lists(inner, max_size=2), max_size=5))
    with db.transaction(force_rollback=True):
        croid = uuid4()
        publish(db, {croid: body}, kind)
        assert len(live(db, kind, croid)) == 1


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("release", release("odd", work={"croid": "x"})),
        ("release", release("odd", container={"croid": "x"})),
        ("release", release("odd", author=[{"family": "Ng", "croid": "x"}])),
        ("release", release("odd", reference=[{"croid": "x"}])),
        ("file", {"releases": [{"croid": "x"}]}),
        ("fileset", {"releases": [{"croid": "x"}]}),
        ("webcapture", {"releases": [{"croid": "x"}]}),
    ],
)
def test_object_named_by_what_is_no_croid_is_refused(db, kind, body):
    with pytest.raises(psycopg.Error) as refused:
        publish(db, {uuid4(): body}, kind)
    assert refused.value.sqlstate == MalformedCroid.sqlstate


def test_new_revision_replaces_every_row_of_the_old(db):
    for kind, bare in (
        ("container", {"name": "A"}),
        ("file", {}),
        ("fileset", {}),
        ("webcapture", {}),
    ):
        croid = uuid4()
        publish(db, {croid: WHOLE[kind]}, kind)
        publish(db, {croid: bare}, kind)
        for table in KINDS[kind].columns:
            assert len(live(db, table, croid)) == (1 if table == kind else 0)
    assert rows(db, "SELECT count(*) FROM catalog.container_issn") == [(0,)]


def test_two_creators_cannot_have_one_orcid(db):
    publish(db, {uuid4(): WHOLE["creator"]}, "creator")
    with pytest.raises(psycopg.Error) as refused:
        publish(db, {uuid4(): WHOLE["creator"]}, "creator")
    assert refused.value.sqlstate == "NX203"


def test_containers_may_share_an_issn(db):
    croids = sorted([uuid4(), uuid4()])
    for croid in croids:
        publish(db, {croid: WHOLE["container"]}, "container")
    query = "SELECT croid FROM croid.identifier WHERE scheme = 'issn' AND value = '1050-124X'"
    assert sorted(croid for (croid,) in rows(db, query)) == croids


def test_year_before_the_common_era_is_shown(db):
    croid = uuid4()
    publish(db, {croid: {"title": ["T"], "nexus": {"release_year": -44}}})
    assert live(db, "release", croid)[0]["issued_year"] == -44


@pytest.mark.parametrize(
    ("column", "table"),
    [
        ("work_croid", "release"),
        ("container_croid", "release"),
        ("creator_croid", "contributor"),
        ("target_croid", "reference"),
        *(("release_croid", f"{kind}_release") for kind in ("file", "fileset", "webcapture")),
        *((name, "file") for name in ("md5", "sha1", "sha256")),
        ("issn", "container_issn"),
        ("surt", "webcapture_cdx"),
    ],
)
def test_look_ups_from_the_other_side_have_an_index(db, column, table):
    db.execute("SET LOCAL enable_seqscan = off")
    value = "uuid '00000000-0000-0000-0000-000000000001'" if column.endswith("croid") else "''"
    plan = rows(db, f"EXPLAIN SELECT croid FROM catalog.{table} WHERE {column} = {value}")
    assert f"{table}_{column}_idx" in str(plan)
