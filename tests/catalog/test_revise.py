"""Content given in one step: it is split, hashed and compared, and live at once."""

import json
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faults.flow import VULCANUS, accept, propose, revise
from nexus_hub.catalog.errors import BadRecord, StaleBase
from nexus_hub.catalog.queries import editgroup as q
from nexus_hub.catalog.queries import ident as idents
from nexus_hub.catalog.queries.models import Kind

WRITTEN = ("editgroup", "edit", "revision", "part", "changelog")


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


def stored(db: psycopg.Connection[Any], croid: UUID) -> tuple[Any, bytes]:
    """The body and the hash of an object's only revision."""
    [(body, content_hash)] = db.execute(
        "SELECT catalog.read_body(croid, revision_id), content_hash FROM catalog.revision"
        " WHERE croid = %s",
        [croid],
    ).fetchall()
    return json.loads(body), content_hash


def test_revised_object_is_live_at_once(db) -> None:
    croid = uuid4()
    [row] = revise(db, {croid: release(1)})
    assert row.action == "create"
    assert row.index == count(db, "catalog.changelog")
    found = idents.ident_get(db, croid=croid)
    assert found is not None
    assert (found.state, found.revision_id) == ("active", row.revision_id)
    assert db.execute("SELECT croid.resolve('doi', '10.5555/1')").fetchone() == (croid,)


def test_giving_what_is_there_makes_no_edit_and_no_editgroup(db) -> None:
    croid = uuid4()
    [first] = revise(db, {croid: release(1, author=[{"family": "Ng"}])})
    before = [count(db, f"catalog.{name}") for name in WRITTEN]
    [row] = revise(db, {croid: release(1, author=[{"family": "Ng"}])})
    assert (row.action, row.index) == ("unchanged", None)
    assert row.revision_id == first.revision_id
    assert [count(db, f"catalog.{name}") for name in WRITTEN] == before


def test_only_what_changed_is_edited(db) -> None:
    same, other, new = uuid4(), uuid4(), uuid4()
    revise(db, {same: release(1), other: release(2)})
    rows = revise(db, {same: release(1), other: release(2, volume="7"), new: release(3)})
    assert {row.croid: row.action for row in rows} == {
        same: "unchanged",
        other: "update",
        new: "create",
    }
    assert len({row.index for row in rows if row.croid != same}) == 1
    edited = db.execute(
        "SELECT e.croid FROM catalog.edit AS e JOIN catalog.changelog AS l USING (editgroup_id)"
        " WHERE l.index = (SELECT max(index) FROM catalog.changelog)"
    ).fetchall()
    assert {croid for (croid,) in edited} == {other, new}
    assert read(db, other)["volume"] == "7"


def test_parts_that_did_not_change_are_stored_once(db) -> None:
    croid = uuid4()
    people, cited = [{"family": "Ng"}], [{"key": "1", "DOI": "10.5555/2"}]
    revise(db, {croid: release(1, author=people, reference=cited)})
    revise(db, {croid: release(1, author=people, reference=cited, title=["New"])})
    assert count(db, "catalog.part") == 2
    revise(db, {croid: release(1, author=people, reference=[*cited, {"key": "2"}])})
    assert count(db, "catalog.part") == 3
    assert read(db, croid)["author"] == people


def test_value_moved_between_members_is_other_content(db) -> None:
    croid = uuid4()
    revise(db, {croid: release(1, author=[{"family": "Ng"}])})
    [row] = revise(db, {croid: release(1, editor=[{"family": "Ng"}])})
    assert row.action == "update"


PART_OF = {
    "release": "reference",
    "file": "urls",
    "fileset": "manifest",
    "webcapture": "cdx",
}


@pytest.mark.parametrize("kind", PART_OF)
def test_large_members_of_every_kind_lie_apart_and_come_back(db, kind: str) -> None:
    one, two = uuid4(), uuid4()
    body = {"nexus": {}, PART_OF[kind]: []}
    revise(db, {one: body}, kind)
    [edit] = propose(db, {two: body}, kind)
    accept(db, edit.editgroup_id)
    assert stored(db, one) == stored(db, two)
    assert stored(db, one)[0] == body
    apart = db.execute(
        "SELECT r.body ? p.member, p.member FROM catalog.revision AS r"
        " JOIN catalog.part AS p USING (croid) WHERE r.kind = %s",
        [kind],
    ).fetchall()
    assert apart == [(False, PART_OF[kind])] * 2


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
    croids = [uuid4() for _ in range(4)]
    with db.transaction(force_rollback=True):
        # Works, since other rows by column are not made for bodies of any shape.
        revise(db, {croids[0]: body}, "work")
        propose(db, {croids[1]: body}, "work")
        db.execute(
            "INSERT INTO catalog.part_member (kind, member, part)"
            " VALUES ('work', 'author', 'author'), ('work', '}', '}'), ('work', '\"', '\"'),"
            " ('work', 'a\\b', '*'), ('work', 'é', '*')"
        )
        revise(db, {croids[2]: body}, "work")
        propose(db, {croids[3]: body}, "work")
        found = [stored(db, croid) for croid in croids]
        assert [whole for whole, _ in found] == [body] * 4
        # What was stored whole stays as it is when it comes again: no edit says so.
        [again] = revise(db, {croids[0]: body}, "work")
        [edit] = propose(db, {croids[0]: body}, "work")
        assert (again.action, again.revision_id) == ("unchanged", edit.revision_id)
        # Who splits it makes no difference.
        assert found[0] == found[1]
        assert found[2] == found[3]


@pytest.mark.parametrize("give", [revise, propose])
def test_equal_content_has_an_equal_hash_whatever_the_order_of_members(db, give) -> None:
    one, two, other = uuid4(), uuid4(), uuid4()
    give(db, {one: {"b": 1, "author": [1], "a": {"x": 1, "y": 2}}})
    give(db, {two: {"a": {"y": 2, "x": 1}, "author": [1], "b": 1}})
    give(db, {other: {"a": {"y": 2, "x": 1}, "author": [2], "b": 1}})
    hashes = {croid: stored(db, croid)[1] for croid in (one, two, other)}
    assert hashes[one] == hashes[two]
    assert hashes[one] != hashes[other]


def test_extra_of_an_edit_is_kept_with_it(db) -> None:
    croid = uuid4()
    revise(db, {croid: release(1)}, extra={"layers": ["a"], "run_id": "b"})
    kept = db.execute("SELECT extra FROM catalog.edit WHERE croid = %s", [croid]).fetchone()
    assert kept == ({"layers": ["a"], "run_id": "b"},)


@pytest.mark.parametrize("body", ["[]", '"text"', "null", "1"])
def test_body_that_is_no_object_is_refused(db, body: str) -> None:
    with pytest.raises(psycopg.Error), db.transaction():
        q.editgroup_revise(
            db, editor_id=VULCANUS, description="", extra="{}", kind=Kind.RELEASE,
            croids=[uuid4()], bodies=[body], edit_extras=["{}"],
            part_croids=[], part_members=[], part_bodies=[],
        )  # fmt: skip
    with pytest.raises(psycopg.Error) as refused:
        propose(db, {uuid4(): json.loads(body)})
    assert refused.value.sqlstate == BadRecord.sqlstate


def test_proposal_of_what_was_revised_since_is_stale(db) -> None:
    changed, same = uuid4(), uuid4()
    revise(db, {changed: release(1), same: release(2)})
    late, beside = (propose(db, {croid: release("late")}) for croid in (changed, same))
    revise(db, {changed: release(1, volume="7"), same: release(2)})
    with pytest.raises(psycopg.Error) as refused, db.transaction():
        accept(db, late[0].editgroup_id)
    assert refused.value.sqlstate == StaleBase.sqlstate
    accept(db, beside[0].editgroup_id)
    assert read(db, same)["DOI"] == "10.5555/late"


def test_object_that_waits_for_acceptance_is_born_by_revision(db) -> None:
    croid = uuid4()
    [edit] = propose(db, {croid: release(1)})
    [row] = revise(db, {croid: release(1, volume="7")})
    assert row.action == "create"
    assert read(db, croid)["volume"] == "7"
    with pytest.raises(psycopg.Error) as refused:
        accept(db, edit.editgroup_id)
    assert refused.value.sqlstate == StaleBase.sqlstate
