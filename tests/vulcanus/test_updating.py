"""Notices and the works they are about know each other, whoever says so first."""

from datetime import date
from typing import Any

import orjson
import psycopg
import pytest

from faults import flow
from faults.flow import croid_of, drain, one, record, take_records
from nexus_hub.fulgora import service as fulgora
from nexus_hub.vulcanus.update import Claim, standing_claim
from nexus_hub.vulcanus.updating import (
    Told,
    Update,
    hear_rows,
    read_open_retractions,
    read_retraction_watch,
)

WORK = record("10.5555/work", "On brine")
DAY = {"date-parts": [[2022, 3, 9]]}


def notice(type_: str = "retraction", doi: str = "10.5555/notice", **members: Any) -> Any:
    update = {"DOI": "10.5555/WORK", "type": type_, "label": type_, "updated": DAY, **members}
    return record(doi, "Notice", **{"update-to": [update]})


def row(nature: str = "Retraction", on: str = "3/9/2022 0:00", **members: Any) -> bytes:
    return orjson.dumps(
        {
            "Record ID": "7",
            "OriginalPaperDOI": "10.5555/work",
            "RetractionDOI": "10.5555/notice",
            "RetractionNature": nature,
            "RetractionDate": on,
            **members,
        }
    )


def status(connection: psycopg.Connection[Any]) -> tuple[Any, Any]:
    found = flow.bodies(connection)["10.5555/work"].get("nexus", {})
    return found.get("withdrawn_status"), found.get("withdrawn_date")


def tell(database: Any, connection: psycopg.Connection[Any], *rows: bytes) -> None:
    """Have a source answer about the work and its notice."""
    told = [
        Told(croid_of(connection, doi), str(n), raw)
        for doi in ("10.5555/work", "10.5555/notice")
        for n, raw in enumerate(rows or [None])
    ]
    hear_rows(connection, "retraction-watch", told)
    connection.commit()
    drain(database)


@pytest.mark.parametrize("order", [[WORK, notice()], [notice(), WORK]])
def test_work_says_that_it_was_retracted_by_whichever_comes_last(database, worker, order) -> None:
    for given in order:
        take_records(worker, [given])
        drain(database)
    assert status(worker) == ("retracted", "2022-03-09")
    shown = "SELECT withdrawn_status FROM catalog.release WHERE doi = '10.5555/work'"
    assert one(worker, shown) == "retracted"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("retration", "retracted"),
        ("Expression-of-Concern", "concern"),
        ("Withdrawal", "withdrawn"),
        ("removal", "withdrawn"),
        ("err", None),
        ("Corrigendum", None),
        ("party", None),
    ],
)
def test_dirty_types_are_read_as_what_they_mean(database, worker, written, meant) -> None:
    take_records(worker, [WORK, notice(written)])
    drain(database)
    assert status(worker)[0] == meant


def test_reinstatement_undoes_the_retraction(database, worker) -> None:
    take_records(worker, [WORK, notice()])
    drain(database)
    again = notice("reinstatement", "10.5555/again", updated={"date-parts": [[2023, 1, 1]]})
    take_records(worker, [again])
    drain(database)
    assert status(worker) == (None, None)


def test_notice_that_no_longer_speaks_of_a_work_leaves_it_alone(database, worker) -> None:
    take_records(worker, [WORK, notice()])
    drain(database)
    take_records(worker, [record("10.5555/notice", "Notice")])
    drain(database)
    assert status(worker) == (None, None)


def test_row_of_a_source_reaches_both_sides_and_leaves_with_it(database, worker) -> None:
    take_records(worker, [WORK, record("10.5555/notice", "Retraction of: On brine")])
    drain(database)
    tell(database, worker, row())
    assert status(worker) == ("retracted", "2022-03-09")
    [update] = flow.bodies(worker)["10.5555/notice"]["update-to"]
    assert (update["DOI"], update["type"], update["source"]) == (
        "10.5555/work", "retraction", "retraction-watch",
    )  # fmt: skip
    asserted = "SELECT by_nexus > 0 AND by_subject = 0 FROM nexus.relation WHERE is_current"
    assert one(worker, asserted + " AND relation_type = 'retracts'")
    tell(database, worker, row(), row("Reinstatement", "4/1/2023 0:00"))
    assert status(worker) == (None, None)
    tell(database, worker)
    assert "update-to" not in flow.bodies(worker)["10.5555/notice"]


COLUMNS = (
    "Record ID", "Title", "OriginalPaperDOI", "RetractionDOI", "RetractionNature",
    "RetractionDate", "Reason", "OriginalPaperDate",
)  # fmt: skip


def load(connection: psycopg.Connection[Any], path: Any, *natures: str) -> None:
    """A release of Retraction Watch with a row for each of these natures, a year apart."""
    rows = [
        f"{n},On brine,10.5555/WORK,10.5555/notice,{nature},3/9/{2022 + n} 0:00,+Brine;,"
        for n, nature in enumerate(natures)
    ]
    path.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n")
    fulgora.load(connection, "retraction-watch", str(path))
    connection.commit()


@pytest.mark.parametrize("is_told_first", [True, False])
def test_release_of_retraction_watch_is_asked_for_whichever_comes_first(
    database, worker, tmp_path, is_told_first
) -> None:
    steps = [
        lambda: load(worker, tmp_path / "rw.csv", "Retraction"),
        lambda: take_records(worker, [WORK, record("10.5555/notice", "Retraction of: On brine")]),
    ]
    for step in steps if is_told_first else reversed(steps):
        step()
        drain(database)
    assert status(worker) == ("retracted", "2022-03-09")
    assert flow.bodies(worker)["10.5555/notice"]["update-to"][0]["type"] == "retraction"
    load(worker, tmp_path / "later.csv", "Retraction", "Reinstatement")
    drain(database)
    assert status(worker) == (None, None)


def test_what_a_notice_says_itself_is_not_said_twice(database, worker) -> None:
    take_records(worker, [WORK, notice()])
    drain(database)
    tell(database, worker, row())
    assert len(flow.bodies(worker)["10.5555/notice"]["update-to"]) == 1


def test_strategy_goes_off_and_on_with_one_update(database, worker) -> None:
    take_records(worker, [WORK, notice()])
    drain(database)
    for is_on, expected in ((False, None), (True, "retracted")):
        with database.connect(None) as owner:
            owner.execute(
                "UPDATE vulcanus.strategy SET is_enabled = %s WHERE strategy = 'update-notice'",
                [is_on],
            )
        drain(database)
        assert status(worker)[0] == expected


def test_only_what_is_spoken_of_has_a_layer(database, worker) -> None:
    take_records(worker, [WORK, notice(), record("10.5555/alien")])
    drain(database)
    layers = "SELECT count(*) FROM vulcanus.layer WHERE strategy = 'update-notice'"
    assert one(worker, layers) == 1


def claim(update_type: str, day: int, source: str = "record") -> Claim:
    return Claim(source, "", "10.5555/a", None, update_type, date(2020, 1, day), is_about=True)


def test_retraction_counts_more_than_a_concern_whenever_that_came() -> None:
    concern, retraction = claim("expression_of_concern", 1), claim("retraction", 2)
    later = claim("expression_of_concern", 3)
    assert standing_claim([retraction, concern, later]) == retraction


def test_day_of_the_first_notice_stands() -> None:
    first, second = claim("retraction", 2), claim("retraction", 5, "retraction-watch")
    assert standing_claim([second, first]) == first


def test_notice_under_the_name_of_the_work_itself_is_none() -> None:
    told = orjson.loads(row(RetractionDOI="10.5555/work"))
    assert [update.notice for update in read_retraction_watch(told)] == [None]


def test_records_with_updates_are_read() -> None:
    given = {
        "identifier": {"doi": "10.5555/a"},
        "updates": [
            {"identifier": {"doi": "10.5555/n"}, "type": "err", "timestamp": 1589519518551},
            {"type": 7},
            "dirt",
        ],
    }
    assert list(read_open_retractions(given)) == [
        Update("10.5555/a", "10.5555/n", "err", date(2020, 5, 15))
    ]
