"""Relations come to the same whatever the order in which they are told and found."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus.world import Connection, apply, body, relate, rows
from nexus_hub.catalog.editing import Edit

OBJECTS = 4
ROR = "https://ror.org/052gg0110"
NAMES = ("cites", "retracts", "is-preprint-of", "has-preprint", "is-same-as", "HasPart")
PLACES = st.integers(0, OBJECTS - 1)
SAID = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, OBJECTS)), max_size=4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), PLACES, SAID),
        st.tuples(st.just("delete"), PLACES, st.none()),
        st.tuples(st.just("merge"), PLACES, PLACES),
        st.tuples(st.just("merge"), PLACES, PLACES),
    ),
    min_size=2,
    max_size=12,
)


def edit_of(connection: Connection, croids: list[UUID], kind: str, n: int, more: Any) -> Edit:
    if kind == "delete":
        return Edit("delete", croids[n])
    if kind == "merge":
        return Edit("redirect", croids[n], target=croids[more])
    known = connection.execute("SELECT FROM catalog.ident WHERE croid = %s", [croids[n]]).rowcount
    return Edit("update" if known else "create", croids[n], "release", body(n, *more))


def take(connection: Connection, croids: list[UUID], step: tuple[str, int, Any]) -> Any:
    """The message of an edit, or None where the catalogue refuses it."""
    try:
        with connection.transaction():
            index = apply(connection, edit_of(connection, croids, *step))
            return [croids[step[1]]], index
    except psycopg.Error as error:
        if not (error.sqlstate or "").startswith("NX"):
            raise
        return None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(SAID, min_size=OBJECTS, max_size=OBJECTS),
    steps=STEPS,
    order=st.randoms(use_true_random=False),
)
def test_any_order_of_edits_and_messages_gives_the_rows_that_are_derived_anew(
    db, said, steps, order
) -> None:
    with db.transaction(force_rollback=True):
        croids = [uuid4() for _ in range(OBJECTS)]
        waiting: list[Any] = []
        for step in [*(("put", n, said[n]) for n in range(OBJECTS)), *steps]:
            if message := take(db, croids, step):
                waiting.append(message)
            # Mostly heard soon, sometimes late, in any order.
            while waiting and order.random() < 0.7:
                relate(db, *waiting.pop(order.randrange(len(waiting))))
        order.shuffle(waiting)
        for message in waiting:
            relate(db, *message)
        found = rows(db)
        for message in waiting[:3]:
            assert relate(db, *message) is None, "a message that comes twice changes nothing"

        db.execute("DELETE FROM nexus.relation")
        relate(db, croids)
        assert found == rows(db)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(SAID, min_size=OBJECTS, max_size=OBJECTS), order=st.permutations(range(OBJECTS))
)
def test_one_row_and_both_sides_in_whatever_order_objects_come(db, said, order) -> None:
    with db.transaction(force_rollback=True):
        croids = [uuid4() for _ in range(OBJECTS)]
        for n in order:
            index = apply(db, Edit("create", croids[n], "release", body(n, *said[n])))
            relate(db, [croids[n]], index)
        pairs = db.execute(
            "SELECT croid, other_croid, relation_type FROM nexus.relationship"
            " WHERE other_croid IS NOT NULL"
        ).fetchall()
        inverses = dict(db.execute("SELECT relation_type, inverse FROM nexus.relation_type"))
        assert len(pairs) == len(set(pairs))
        assert {(b, a, inverses[name]) for a, b, name in pairs} == set(pairs)
        names = {"HasPart": "has-part"}
        told = {
            (croids[n], croids[other], names.get(name, name))
            for n in range(OBJECTS)
            for name, other in said[n]
            if other not in {n, OBJECTS}
        }
        assert told <= set(pairs)
        assert {frozenset(pair[:2]) for pair in pairs} == {frozenset(pair[:2]) for pair in told}


def test_each_change_has_one_index_that_is_new(db) -> None:
    a, b = uuid4(), uuid4()
    relate(db, [a], apply(db, Edit("create", a, "release", body(0, ("cites", 1), ("cites", 2)))))
    index = apply(db, Edit("create", b, "release", body(1)))
    told = relate(db, [b], index)
    assert told == index + 1
    places = db.execute(
        "SELECT r.object_value IS NULL, f.index, l.index FROM nexus.relation AS r"
        " JOIN catalog.changelog AS f ON f.editgroup_id = r.first_editgroup_id"
        " JOIN catalog.changelog AS l ON l.editgroup_id = r.editgroup_id ORDER BY 1"
    ).fetchall()
    assert places == [(False, index - 1, index - 1), (True, index - 1, told)]


def test_who_loses_a_name_is_no_longer_meant_by_it(db) -> None:
    a, b = uuid4(), uuid4()
    relate(db, [a, b], apply(db, Edit("create", a, "release", body(0, ("cites", 1))),
                             Edit("create", b, "release", body(1))))  # fmt: skip
    assert [row[2] for row in rows(db)] == [b]
    relate(db, [b], apply(db, Edit("update", b, "release", body(3))))
    assert [row[4] for row in rows(db)] == ["10.5555/relation.1"]


def test_an_organisation_that_comes_later_completes_affiliations_and_funders(db) -> None:
    a, org = uuid4(), uuid4()
    record = body(0) | {
        "author": [
            {
                "family": "Lovelace",
                "affiliation": [
                    {
                        "name": "Oxford",
                        "id": [{"id": ROR, "id-type": "ROR", "asserted-by": by}],
                    }
                    for by in ("publisher", "nexus")
                ],
            }
        ],
        "funder": [{"name": "Oxford", "DOI": "10.13039/501100000769"}],
    }  # fmt: skip
    relate(db, [a], apply(db, Edit("create", a, "release", record)))
    assert [row[3:5] for row in rows(db)] == [
        ("ror", "052gg0110"),
        ("funder", "10.13039/501100000769"),
    ]
    registry = {
        "id": ROR,
        "status": "active",
        "names": [{"value": "University of Oxford", "types": ["ror_display"], "lang": "en"}],
        "external_ids": [{"type": "fundref", "all": ["501100000769"], "preferred": None}],
    }
    relate(db, [org], apply(db, Edit("create", org, "organisation", registry)))
    assert [(row[1], row[2], row[5] > 0, row[7] > 0) for row in rows(db)] == [
        ("has-author-institution", org, True, True),
        ("is-financed-by", org, True, False),
    ]


def test_a_name_that_is_kept_while_its_object_is_accepted_finds_it(fresh_database) -> None:
    a, b = uuid4(), uuid4()
    with fresh_database.connect() as one, fresh_database.connect() as two:
        index = apply(one, Edit("create", a, "release", body(0, ("has-preprint", 1))))
        one.commit()
        made = apply(two, Edit("create", b, "release", body(1)))
        # Looks in vain, since the other is not committed, and waits with what it found.
        naming = Thread(relate, one, [a], index)
        assert naming.is_waiting()
        two.commit()
        naming.end()
        # Comes while the first is about to commit: it has to wait, not to miss it.
        making = Thread(relate, two, [b], made)
        assert making.is_waiting()
        one.commit()
        making.end()
        two.commit()
        assert [row[:3] for row in rows(one)] == [(b, "is-preprint-of", a)]


def test_an_object_that_is_accepted_while_its_name_is_kept_is_found(fresh_database) -> None:
    a, b = uuid4(), uuid4()
    with fresh_database.connect() as one, fresh_database.connect() as two:
        index = apply(one, Edit("create", a, "release", body(0, ("has-preprint", 1))))
        one.commit()
        relate(one, [a], index)

        def make(connection: Connection) -> None:
            made = apply(connection, Edit("create", b, "release", body(1)))
            connection.commit()
            relate(connection, [b], made)

        making = Thread(make, two)
        assert making.is_waiting()
        one.commit()
        making.end()
        two.commit()
        assert [row[:3] for row in rows(one)] == [(b, "is-preprint-of", a)]


def test_both_sides_told_at_once_are_one_row(fresh_database) -> None:
    a, b = uuid4(), uuid4()
    with fresh_database.connect() as one, fresh_database.connect() as two:
        index = apply(
            one,
            Edit("create", a, "release", body(0, ("is-preprint-of", 1))),
            Edit("create", b, "release", body(1, ("has-preprint", 0))),
        )
        one.commit()
        relate(one, [a], index)
        other = Thread(relate, two, [b], index)
        assert other.is_waiting()
        one.commit()
        other.end()
        two.commit()
        assert [(row[:3], row[5], row[6]) for row in rows(one)] == [
            ((a, "is-preprint-of", b), 2, 2)
        ]


class Thread(threading.Thread):
    """Something done on a connection beside the test, which commits it."""

    def __init__(self, action: Callable[..., Any], connection: Connection, *given: Any) -> None:
        super().__init__()
        self.failure: BaseException | None = None

        def run() -> None:
            try:
                action(connection, *given)
            except BaseException as error:
                self.failure = error

        self.run = run  # ty: ignore[invalid-assignment]
        self.pid = connection.info.backend_pid
        self.uri = connection.info.dsn
        self.start()

    def is_waiting(self) -> bool:
        """Whether it comes to wait for a lock, within a while."""
        until = time.monotonic() + 10
        with psycopg.connect(self.uri, autocommit=True) as watch:
            while time.monotonic() < until and self.is_alive():
                found = watch.execute(
                    "SELECT FROM pg_locks WHERE pid = %s AND NOT granted", [self.pid]
                )
                if found.rowcount:
                    return True
                time.sleep(0.01)
        return False

    def end(self) -> None:
        """Wait for its end; raises what it raised."""
        self.join(20)
        assert not self.is_alive()
        if self.failure is not None:
            raise self.failure
