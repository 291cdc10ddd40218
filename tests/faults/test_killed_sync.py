"""A sync is killed wherever it is: after a restart it ends as one that was never disturbed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from faults import flow, storm
from faults.syncing import SOURCE, settings_of, sync_until
from fulgora.rows import retraction, retraction_watch
from nexus_hub.fulgora.sync import sync
from outside_server import Outside, Page, outside_server

ROWS = 1_500
PLACES = {
    False: [("fetching", 0.1), ("loading", 0.2)],
    True: [("fetching", 1.0), ("loading", 1.0)],
}
"""Where the first release is killed, and where the later one."""
KEPT = {
    "rows": "SELECT key, valid_from_release, valid_to_release, version, row_hash"
    " FROM fulgora.record ORDER BY 1, 2",
    "statements": "SELECT key, valid_from_release, n, scheme, value, role, facts"
    " FROM fulgora.statement ORDER BY 1, 2, 3",
    "releases": "SELECT release_no, label, state, row_count, changed_count, removed_count"
    " FROM fulgora.release ORDER BY 1",
    "claims": "SELECT DISTINCT source, key, original_doi, notice_doi, update_type, updated_on"
    " FROM vulcanus.update_claim ORDER BY 1, 2, 3, 4, 5",
}


def release(folder: Path, name: str, *, is_later: bool) -> bytes:
    """A release whose file is fetched in several blocks; the later one changes and ends rows."""
    numbers = range(ROWS // 10 if is_later else 0, ROWS)
    rows = [
        retraction(
            n,
            f"10.5555/{n}",
            "Reinstatement" if is_later and n % 7 == 0 else "Retraction",
            Notes="salt " * 350,
        )
        for n in numbers
    ]
    return Path(retraction_watch(folder / name, *rows)).read_bytes()


@pytest.fixture
def outside() -> Iterator[Outside]:
    with outside_server() as server:
        yield server


def fill(database: flow.Shared) -> None:
    """Works of which the source speaks."""
    with database.connect() as connection:
        flow.take_records(connection, [flow.record(f"10.5555/{n}") for n in range(0, ROWS, 100)])
    flow.drain(database)


def state(database: flow.Shared) -> dict[str, Any]:
    """All that a sync and what follows from it leave behind."""
    with database.connect(None) as owner:
        found = {name: owner.execute(query).fetchall() for name, query in KEPT.items()}
        return found | {"contents": flow.contents(owner)}


def kill_at(database: flow.Shared, url: str, step: str, share: float) -> None:
    """Begin a sync and kill it there."""
    chosen = database.settings
    hears, tells = storm.FORKS.Pipe(duplex=False)
    process = storm.FORKS.Process(
        target=sync_until,
        args=(chosen.database_url, str(chosen.home), url, step, share, tells),
    )
    process.start()
    try:
        assert hears.poll(60)
        assert hears.recv()[0] == step
    finally:
        process.kill()
        process.join()


def test_sync_that_is_killed_anywhere_ends_as_if_it_never_was(
    tmp_path: Path, outside: Outside
) -> None:
    storm.FORKS.set_forkserver_preload([*storm.PRELOAD, "faults.syncing"])
    with (
        flow.shared_database(tmp_path / "calm") as calm,
        flow.shared_database(tmp_path / "rough") as rough,
    ):
        url = outside.url("/rw.csv")
        for database in (calm, rough):
            fill(database)
        for is_later in (False, True):
            body = release(tmp_path, "rw.csv", is_later=is_later)
            assert len(body) > 2 << 20, "several blocks are fetched"
            outside.pages["/rw.csv"] = Page(body)
            for step, share in PLACES[is_later]:
                kill_at(rough, url, step, share)
                with rough.connect() as connection:
                    count = "SELECT count(*) FROM fulgora.release"
                    assert flow.one(connection, count) == int(is_later), "nothing of it is kept"
            for database in (calm, rough):
                chosen = database.settings
                settings = settings_of(chosen.database_url, str(chosen.home), url)
                synced = sync(settings, SOURCE)
                assert synced.loaded is not None
                assert not synced.loaded.problems
                assert sync(settings, SOURCE).loaded is None, "it was taken in before"
                flow.drain(database)
        assert 206 in outside.statuses, "what was fetched before is not fetched again"
        left, right = state(calm), state(rough)
        for name, rows in left.items():
            assert rows == right[name], name
        assert len(left["rows"]) > ROWS
        assert left["claims"]
