"""Versions of one work are grouped under it; what looks like one and the same is proposed."""

from typing import Any
from uuid import UUID

import psycopg
import pytest

from faults import flow
from faults.flow import drain, one, take_records
from nexus_hub.croid.codec import decode
from nexus_hub.vulcanus.kin import Release, judge

AUTHORS = [{"family": "Vega", "given": "B."}, {"family": "Ng", "given": "C."}]
TITLE = "On the curing of herring with coarse salt"


def record(doi: str, title: str = TITLE, year: int = 2021, **members: Any) -> Any:
    given = {"type": "journal-article", "author": AUTHORS, **members}
    return flow.record(doi, title, issued={"date-parts": [[year]]}, **given)


def preprint(doi: str = "10.5555/draft", **members: Any) -> Any:
    return record(doi, type="posted-content", subtype="preprint", **{"year": 2020, **members})


PLACE: dict[str, Any] = {"volume": "3", "page": "7-9", "container-title": ["Brine"]}
ARTICLE = record("10.5555/article", **PLACE)


def works(connection: psycopg.Connection[Any], *dois: str) -> list[UUID | None]:
    bodies = flow.bodies(connection)
    found = [bodies[doi].get("work", {}).get("croid") for doi in dois]
    return [decode(work) if work else None for work in found]


def proposals(connection: psycopg.Connection[Any]) -> list[Any]:
    rows = connection.execute(
        "SELECT p.rule, p.is_accepted FROM vulcanus.merge_proposal AS p ORDER BY p.croid"
    ).fetchall()
    connection.commit()
    return rows


@pytest.mark.parametrize("order", [[ARTICLE, preprint()], [preprint(), ARTICLE]])
def test_preprint_and_article_are_versions_of_one_work(database, worker, order) -> None:
    for given in order:
        take_records(worker, [given])
        drain(database)
    first, second = works(worker, "10.5555/article", "10.5555/draft")
    assert first is not None
    assert first == second
    state = "SELECT state::text FROM catalog.ident WHERE croid = %s AND kind = 'work'"
    assert one(worker, state, first) == "active"
    grouped = "SELECT count(*) FROM catalog.release WHERE work_croid = %s"
    assert one(worker, grouped, first) == 2
    evidence = "SELECT patch #> '{0,evidence}' FROM vulcanus.layer WHERE strategy = 'release-work'"
    assert one(worker, evidence + " AND patch <> '[]' LIMIT 1")["rule"]


def test_relation_that_one_side_names_is_enough(database, worker) -> None:
    relation = {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/ARTICLE"}]}
    take_records(worker, [preprint(title="Herring, a draft", relation=relation), ARTICLE])
    drain(database)
    first, second = works(worker, "10.5555/article", "10.5555/draft")
    assert first is not None
    assert first == second


def test_third_version_joins_the_work_of_the_others(database, worker) -> None:
    take_records(worker, [ARTICLE, preprint()])
    drain(database)
    [before] = works(worker, "10.5555/article")
    relation = {"is-version-of": [{"id-type": "doi", "id": "10.5555/draft"}]}
    take_records(worker, [preprint("10.5555/draft.2", title="Curing", relation=relation)])
    drain(database)
    assert works(worker, "10.5555/article", "10.5555/draft", "10.5555/draft.2") == [before] * 3


def test_work_without_versions_is_left_alone(database, worker) -> None:
    take_records(worker, [ARTICLE])
    drain(database)
    assert works(worker, "10.5555/article") == [None]
    assert one(worker, "SELECT count(*) FROM catalog.ident WHERE kind = 'work'") == 0


def test_version_that_becomes_something_else_leaves_the_work(database, worker) -> None:
    take_records(worker, [ARTICLE, preprint()])
    drain(database)
    take_records(worker, [preprint(title="Sugar in the tropics and elsewhere")])
    drain(database)
    assert works(worker, "10.5555/article", "10.5555/draft") == [None, None]


def test_strategy_goes_off_and_on_with_one_update_and_finds_its_work_again(
    database, worker
) -> None:
    take_records(worker, [ARTICLE, preprint()])
    drain(database)
    [before] = works(worker, "10.5555/article")
    for is_on, expected in ((False, None), (True, before)):
        with database.connect(None) as owner:
            owner.execute(
                "UPDATE vulcanus.strategy SET is_enabled = %s WHERE strategy = 'release-work'",
                [is_on],
            )
        drain(database)
        assert works(worker, "10.5555/article", "10.5555/draft") == [expected] * 2


def test_duplicates_are_proposed_and_never_merged_by_themselves(database, worker) -> None:
    take_records(worker, [ARTICLE, record("10.5555/again", **PLACE)])
    drain(database)
    assert proposals(worker) == [("title, authors and place", None)]
    states = "SELECT count(*) FROM catalog.ident WHERE kind = 'release' AND state = 'active'"
    assert one(worker, states) == 2


def test_proposal_ends_when_they_no_longer_look_alike(database, worker) -> None:
    take_records(worker, [ARTICLE, record("10.5555/again", **PLACE)])
    drain(database)
    take_records(worker, [record("10.5555/again", **{**PLACE, "volume": "4"})])
    drain(database)
    assert proposals(worker) == []


@pytest.mark.parametrize("is_accepted", [True, False])
def test_person_decides_once(database, worker, is_accepted) -> None:
    take_records(worker, [ARTICLE, record("10.5555/again", **PLACE)])
    drain(database)
    with database.connect("nexus_api") as api:
        pair = api.execute("SELECT croid, into_croid FROM vulcanus.merge_proposal").fetchone()
        assert pair is not None
        admin = api.execute(
            "SELECT editor_id FROM catalog.editor WHERE role = 'admin' AND NOT is_bot"
        ).fetchone() or (_admin(database),)
        decide = "SELECT vulcanus.decide_merge(%s, %s, %s, %s)"
        [index] = api.execute(decide, [*pair, is_accepted, admin[0]]).fetchone()
        api.commit()
        assert (index is not None) == is_accepted
        with pytest.raises(psycopg.Error, match="proposal-decided"):
            api.execute(decide, [*pair, is_accepted, admin[0]])
    drain(database)
    states = "SELECT count(*) FROM catalog.ident WHERE kind = 'release' AND state = 'redirect'"
    assert one(worker, states) == int(is_accepted)
    assert proposals(worker) == [("title, authors and place", is_accepted)]


def _admin(database: Any) -> UUID:
    with database.connect(None) as owner:
        row = owner.execute(
            "INSERT INTO catalog.editor (username, role) VALUES ('judge', 'admin')"
            " RETURNING editor_id"
        ).fetchone()
        return row[0]


ONE = Release(
    UUID(int=1), "10.5555/a", "journal-article", TITLE, ("Vega", "Ng"), "Brine", 2020, "3", "7",
    None,
)  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        ONE._replace(volume="4"),
        ONE._replace(year=2010),
        ONE._replace(surnames=("Ng", "Vega")),
        ONE._replace(surnames=("Vega", "Olsen")),
        ONE._replace(title=TITLE + " II"),
        ONE._replace(type="posted-content", year=2001),
        ONE._replace(type="book"),
    ],
)
def test_what_merely_looks_alike_is_no_kin(other) -> None:
    assert judge(ONE, other, ()) is None


@pytest.mark.parametrize(
    ("year", "is_kin"), [(2014, False), (2015, True), (2021, True), (2022, False)]
)
def test_preprint_comes_up_to_five_years_before_its_article_or_a_year_after(year, is_kin) -> None:
    draft = ONE._replace(type="posted-content", year=year, container="", volume="", first_page="")
    assert (judge(draft, ONE, ()) is not None) == is_kin
