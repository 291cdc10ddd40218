"""Proposals: content is split, hashed and compared; nothing is live before it is accepted."""

import json
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus_hub.catalog.queries import editgroup as q
from nexus_hub.catalog.queries import ident as idents

VULCANUS = UUID("00000000-0000-7000-8000-000000000001")


def propose(
    db: psycopg.Connection[Any], bodies: dict[UUID, Any], kind: str = "release", extra: Any = None
) -> list[q.EditgroupProposeRow]:
    return q.editgroup_propose(
        db,
        editor_id=VULCANUS,
        description="a test",
        extra="{}",
        croids=list(bodies),
        kind=kind,  # ty: ignore[invalid-argument-type]
        bodies=[json.dumps(body) for body in bodies.values()],
        edit_extras=[json.dumps(extra or {})] * len(bodies),
    )


def accept(db: psycopg.Connection[Any], rows: list[q.EditgroupProposeRow]) -> int:
    [editgroup] = {row.editgroup_id for row in rows if row.editgroup_id is not None}
    assert editgroup is not None
    index = q.editgroup_accept(db, editgroup_id=editgroup, editor_id=VULCANUS)
    assert index is not None
    return index


def release(n: int | str, **members: Any) -> dict[str, Any]:
    return {"DOI": f"10.5555/{n}", "type": "book", **members}


def read(db: psycopg.Connection[Any], croid: UUID) -> Any:
    row = idents.ident_get(db, croid=croid)
    assert row is not None
    return None if row.body is None else json.loads(row.body)


def count(db: psycopg.Connection[Any], table: str) -> int:
    row = db.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    assert row is not None
    return row[0]


def test_proposed_object_is_not_live(db) -> None:
    croid = uuid4()
    [row] = propose(db, {croid: release(1)})
    assert (row.action, row.previous_revision_id) == ("create", None)
    found = idents.ident_get(db, croid=croid)
    assert found is not None
    assert (found.state, found.revision_id, found.body) == ("wip", None, None)
    assert db.execute("SELECT croid.resolve('doi', '10.5555/1')").fetchone() == (None,)


def test_proposing_what_is_there_makes_no_edit_and_no_editgroup(db) -> None:
    croid = uuid4()
    accept(db, propose(db, {croid: release(1, author=[{"family": "Ng"}])}))
    before = [count(db, f"catalog.{name}") for name in ("editgroup", "edit", "revision", "part")]
    [row] = propose(db, {croid: release(1, author=[{"family": "Ng"}])})
    assert (row.action, row.editgroup_id) == ("unchanged", None)
    assert row.revision_id == row.previous_revision_id
    after = [count(db, f"catalog.{name}") for name in ("editgroup", "edit", "revision", "part")]
    assert after == before


def test_only_what_changed_is_edited(db) -> None:
    same, other, new = uuid4(), uuid4(), uuid4()
    accept(db, propose(db, {same: release(1), other: release(2)}))
    rows = propose(db, {same: release(1), other: release(2, volume="7"), new: release(3)})
    assert {row.croid: row.action for row in rows} == {
        same: "unchanged",
        other: "update",
        new: "create",
    }
    accept(db, rows)
    assert read(db, other)["volume"] == "7"


def test_parts_that_did_not_change_are_stored_once(db) -> None:
    croid = uuid4()
    people, cited = [{"family": "Ng"}], [{"key": "1", "DOI": "10.5555/2"}]
    accept(db, propose(db, {croid: release(1, author=people, reference=cited)}))
    accept(db, propose(db, {croid: release(1, author=people, reference=cited, title=["New"])}))
    assert count(db, "catalog.part") == 2
    accept(db, propose(db, {croid: release(1, author=people, reference=[*cited, {"key": "2"}])}))
    assert count(db, "catalog.part") == 3
    assert read(db, croid)["author"] == people


def test_value_moved_between_members_is_other_content(db) -> None:
    croid = uuid4()
    accept(db, propose(db, {croid: release(1, author=[{"family": "Ng"}])}))
    [row] = propose(db, {croid: release(1, editor=[{"family": "Ng"}])})
    assert row.action == "update"


NAMES = st.sampled_from(["author", "editor", "reference", "title", "}", '"', "a\\b", "é"])
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=6)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(body=st.dictionaries(NAMES, JSON, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_body_comes_back_as_it_was_whatever_is_split_off(db, body: dict[str, Any]) -> None:
    croid = uuid4()
    with db.transaction(force_rollback=True):
        [row] = propose(db, {croid: body}, kind="work")
        text = db.execute("SELECT catalog.read_body(%s, %s)", [croid, row.revision_id]).fetchone()
        assert json.loads(text[0]) == body
        # Without the projections, which are not made for bodies of any shape.
        db.execute(
            "INSERT INTO catalog.part_member (kind, member)"
            " VALUES ('work', 'author'), ('work', '}'), ('work', '\"')"
        )
        split = uuid4()
        [row] = propose(db, {split: body}, kind="work")
        text = db.execute("SELECT catalog.read_body(%s, %s)", [split, row.revision_id]).fetchone()
        assert json.loads(text[0]) == body


def test_equal_content_has_an_equal_hash_whatever_the_order_of_members(db) -> None:
    one, two, other = uuid4(), uuid4(), uuid4()
    propose(db, {one: {"b": 1, "author": [1], "a": {"x": 1, "y": 2}}})
    propose(db, {two: {"a": {"y": 2, "x": 1}, "author": [1], "b": 1}})
    propose(db, {other: {"a": {"y": 2, "x": 1}, "author": [2], "b": 1}})
    rows = db.execute("SELECT croid, content_hash FROM catalog.revision").fetchall()
    hashes = dict(rows)
    assert hashes[one] == hashes[two]
    assert hashes[one] != hashes[other]


def test_extra_of_an_edit_is_kept_with_it(db) -> None:
    croid = uuid4()
    accept(db, propose(db, {croid: release(1)}, extra={"layers": ["a"], "run_id": "b"}))
    kept = db.execute("SELECT extra FROM catalog.edit WHERE croid = %s", [croid]).fetchone()
    assert kept == ({"layers": ["a"], "run_id": "b"},)


@pytest.mark.parametrize("body", ["[]", '"text"', "null", "1"])
def test_body_that_is_no_object_is_refused(db, body: str) -> None:
    with pytest.raises(psycopg.Error):
        q.editgroup_propose(
            db, editor_id=VULCANUS, description="", extra="{}", croids=[uuid4()],
            kind="release", bodies=[body], edit_extras=["{}"],  # ty: ignore[invalid-argument-type]
        )  # fmt: skip
