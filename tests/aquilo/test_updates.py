"""What became of a work: told by notices here and by Retraction Watch, each under its own name."""

from __future__ import annotations

from typing import Any

import pytest

from nexus_hub.fulgora import service as fulgora
from stories.hub import Hub, hub, record

__all__ = ["hub"]
WORK, NOTICE, OTHER = "10.5555/work", "10.5555/notice", "10.5555/other"
COLUMNS = (
    "Record ID,Title,OriginalPaperDOI,RetractionDOI,RetractionNature,RetractionDate,Reason,"
    "OriginalPaperDate"
)
RETRACTION = {"DOI": WORK, "type": "retraction", "label": "Retraction"}


def retraction_watch(
    hub: Hub, *natures: str, about: str = WORK.upper(), notice: str = NOTICE
) -> None:
    """A release with a row for each of these natures, a year apart."""
    path = hub.settings.home / "rw.csv"
    rows = [
        f"{n},On brine,{about},{notice},{nature},3/9/{2022 + n} 0:00,+Brine;,"
        for n, nature in enumerate(natures)
    ]
    path.write_text("\n".join([COLUMNS, *rows]) + "\n")
    with hub.database.connect() as connection:
        connection.autocommit = True
        fulgora.load(connection, "retraction-watch", str(path))
    hub.work()


def updates(hub: Hub) -> list[tuple[Any, ...]]:
    message = hub.get(f"/works/{WORK}")["message"]
    (listed,) = hub.get(f"/works?filter=doi:{WORK}&select=DOI,updated-by")["message"]["items"]
    assert listed.get("updated-by") == message.get("updated-by")
    return [
        (one.get("DOI"), one["type"], one["source"], one["updated"]["date-parts"][0][0])
        for one in message.get("updated-by", [])
    ]


def found(hub: Hub, *filters: str) -> list[str]:
    items = hub.get(f"/works?filter={','.join(filters)}")["message"]["items"]
    return sorted(item["DOI"] for item in items)


def switch(hub: Hub, is_on: bool) -> None:
    with hub.database.connect(None) as owner:
        owner.execute("SELECT vulcanus.switch_strategy('update-notice', %s)", [is_on])
    hub.work()


@pytest.fixture
def works(hub: Hub) -> Hub:
    hub.deposit(record(WORK), record(OTHER, title=["Something else"]))
    return hub


def test_both_tell_of_a_retraction_each_under_its_name(works: Hub):
    said = RETRACTION | {"updated": {"date-parts": [[2021, 3, 9]]}}
    works.deposit(record(NOTICE, title=["Notice"], **{"update-to": [said]}))
    assert updates(works) == [(NOTICE, "retraction", "publisher", 2021)]
    retraction_watch(works, "Retraction")
    assert updates(works) == [
        (NOTICE, "retraction", "publisher", 2021),
        (NOTICE, "retraction", "retraction-watch", 2022),
    ]
    (row,) = works.get("/sources/retraction-watch/releases/1/rows")["items"]
    last = works.get(f"/works/{WORK}")["message"]["updated-by"][-1]
    assert last["record-id"] == row["key"]


def test_update_is_told_though_its_notice_is_not_here(works: Hub):
    retraction_watch(works, "Correction", notice="10.5555/elsewhere")
    assert updates(works) == [("10.5555/elsewhere", "correction", "retraction-watch", 2022)]
    assert found(works, "has-update:true") == [WORK]
    assert found(works, "has-update:false") == [OTHER]


def test_notice_and_work_tell_it_both_ways(works: Hub):
    works.deposit(record(NOTICE, title=["Notice"]))
    retraction_watch(works, "Retraction")
    assert updates(works) == [(NOTICE, "retraction", "retraction-watch", 2022)]
    (told,) = works.get(f"/works/{NOTICE}")["message"]["update-to"]
    assert (told["DOI"], told["source"]) == (WORK, "retraction-watch")
    assert found(works, "is-update:true") == found(works, f"updates:{WORK}") == [NOTICE]
    assert found(works, "update-type:retraction") == [NOTICE]
    facet = works.get("/works?rows=0&facet=update-type:*")["message"]["facets"]["update-type"]
    assert facet["values"] == {"retraction": 1}


def test_reinstatement_is_told_and_undoes_what_became_of_the_work(works: Hub):
    retraction_watch(works, "Retraction")
    tag = works.client.get(f"/works/{WORK}").headers["etag"]
    status = works.get(f"/works/{WORK}")["message"]["nexus"]["withdrawn_status"]
    assert status == "retracted"
    retraction_watch(works, "Retraction", "Reinstatement")
    message = works.get(f"/works/{WORK}", **{"If-None-Match": tag})["message"]
    assert "withdrawn_status" not in message.get("nexus", {})
    assert [one[1:3] for one in updates(works)] == [
        ("retraction", "retraction-watch"),
        ("reinstatement", "retraction-watch"),
    ]


def test_sources_are_silent_while_the_strategy_is_off_and_speak_again(works: Hub):
    said = RETRACTION | {"updated": {"date-parts": [[2021, 3, 9]]}}
    works.deposit(
        record(NOTICE, title=["Notice"]),
        record("10.5555/own", title=["Own"], **{"update-to": [said]}),
    )
    retraction_watch(works, "Retraction")
    before = updates(works), found(works, "is-update:true"), works.get(f"/works/{NOTICE}")
    assert len(before[0]) == 2
    switch(works, False)
    assert updates(works) == [("10.5555/own", "retraction", "publisher", 2021)]
    assert found(works, "is-update:true") == ["10.5555/own"]
    switch(works, True)
    again = updates(works), found(works, "is-update:true"), works.get(f"/works/{NOTICE}")
    assert again[:2] == before[:2]
    assert again[2]["message"]["update-to"] == before[2]["message"]["update-to"]


def test_update_that_its_source_takes_back_is_told_no_more(works: Hub):
    works.deposit(record(NOTICE, title=["Notice"]))
    retraction_watch(works, "Retraction")
    assert len(updates(works)) == 1
    retraction_watch(works, "Retraction", about="10.5555/elsewhere", notice="10.5555/nowhere")
    assert updates(works) == []
    assert found(works, "has-update:true") == []
