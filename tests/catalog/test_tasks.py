"""Dumps that the clock starts: each in a folder of its own, gone on with, and only so many kept."""

from __future__ import annotations

import threading
from itertools import count

import pytest

from nexus_hub.catalog import manifest, tasks
from nexus_hub.platform.jobs import StoppedError


@pytest.fixture
def settings(fresh_database, tmp_path, monkeypatch):
    """Settings with a folder for dumps, of which two are kept; each dump is a second later."""
    seconds = count(10)

    class Clock:
        @staticmethod
        def now(zone):
            return tasks_datetime(2026, 11, 22, 1, 41, next(seconds), tzinfo=zone)

    tasks_datetime = tasks.datetime
    monkeypatch.setattr(tasks, "datetime", Clock)
    changed = {"dump_folder": tmp_path / "dumps", "dumps_kept": 2}
    return fresh_database.settings.model_copy(update=changed)


def names(settings) -> list[str]:
    return sorted(path.name for path in settings.dump_folder.iterdir())


def test_the_newest_dumps_are_kept_and_nothing_else_is_touched(settings):
    root = settings.dump_folder
    (root / "full-19990101T000000Z").mkdir(parents=True)
    (root / "mine").mkdir()
    for _ in range(4):
        tasks.dump(settings, threading.Event())
    assert names(settings) == [
        "full-19990101T000000Z",
        "full-20261122T014112Z",
        "full-20261122T014113Z",
        "mine",
    ]
    plan = manifest.read(root / "full-20261122T014113Z" / manifest.NAME)
    assert plan.finished_at is not None
    assert {file.content for file in plan.files} >= {"catalog.revision", "catalog.changelog"}


def test_a_dump_that_was_stopped_is_gone_on_with(settings):
    stopping = threading.Event()
    stopping.set()
    with pytest.raises(StoppedError):
        tasks.dump(settings, stopping)
    [begun] = names(settings)
    assert (settings.dump_folder / begun / manifest.UNFINISHED).exists()
    tasks.dump(settings, threading.Event())
    assert names(settings) == [begun]
    assert (settings.dump_folder / begun / manifest.NAME).exists()


def test_without_a_folder_nothing_is_dumped(fresh_database):
    [schedule] = tasks.SCHEDULES
    assert not schedule.is_wanted(fresh_database.settings)
    tasks.dump(fresh_database.settings, threading.Event())
