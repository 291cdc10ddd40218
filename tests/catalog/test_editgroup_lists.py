"""Lists of editgroups by how they stand are read by an index, however many there are in all."""

from __future__ import annotations

import pytest

from nexus_hub.catalog.queries import editgroup as q


@pytest.fixture(scope="module")
def many(shared_database):
    """An owner's connection to a catalogue of many accepted editgroups and a few others."""
    with shared_database.connect(role=None) as owner:
        owner.execute(
            "INSERT INTO catalog.editgroup (editor_id, status, submitted_at)"
            " SELECT catalog.vulcanus(), CASE n % 500 WHEN 0 THEN 'open' WHEN 1 THEN 'withdrawn'"
            " WHEN 2 THEN 'submitted' ELSE 'accepted' END::catalog.editgroup_status,"
            " CASE n % 500 WHEN 2 THEN now() END FROM generate_series(1, 20000) AS g (n)"
        )
        owner.commit()
        owner.autocommit = True
        owner.execute("VACUUM ANALYZE catalog.editgroup")
        yield owner


@pytest.mark.parametrize(
    ("status", "statement", "index"),
    [
        ("open", q.EDITGROUP_OPEN_LIST, "editgroup_open_idx"),
        ("withdrawn", q.EDITGROUP_WITHDRAWN_LIST, "editgroup_withdrawn_idx"),
        ("submitted", q.EDITGROUP_SUBMITTED_LIST, "editgroup_submitted_at_idx"),
    ],
)
@pytest.mark.parametrize("mode", ["force_custom_plan", "force_generic_plan"])
def test_no_list_of_few_reads_all(many, status, statement, index, mode):
    asked = {
        "before_editgroup_id": "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "editor_id": None,
        "limit_count": 21,
    }
    many.execute(f"SET plan_cache_mode = {mode}")
    plan = "\n".join(row[0] for row in many.execute("EXPLAIN " + statement, asked, prepare=True))
    assert index in plan
    assert "Seq Scan on editgroup" not in plan
    rows = many.execute(statement, asked).fetchall()
    assert len(rows) == 21
    assert {row[3] for row in rows} == {status}
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)
