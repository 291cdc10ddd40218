"""`nexus work` works until nothing is left or Ctrl-C, in one process or several."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time

import psycopg

from nexus_hub.platform import db as platform_db
from nexus_hub.platform.queries import queue as q

QUEUE = "aquilo_accepted"


def uri(program) -> str:
    return platform_db.EmbeddedServer(program.home).uri("nexus", "postgres")


def send(program, count: int) -> None:
    message = json.dumps({"event": "accepted", "croids": []})
    with psycopg.connect(uri(program)) as connection:
        connection.execute(
            "SELECT pgmq.send(%s, %s) FROM generate_series(1, %s)", [QUEUE, message, count]
        )


def waiting(program) -> int:
    with psycopg.connect(uri(program)) as connection:
        (row,) = [row for row in q.queue_list(connection) if row.queue == QUEUE]
        return (row.waiting or 0) + (row.in_flight or 0) + (row.dead or 0)


def until_empty(program) -> bool:
    end = time.monotonic() + 30
    while waiting(program) and time.monotonic() < end:
        time.sleep(0.1)
    return waiting(program) == 0


def test_draining_by_two_leaves_nothing_and_ends(ready):
    send(ready, 250)
    done = ready.run("work", "--drain", "--processes", "2")
    assert done.returncode == 0, done.stderr
    assert QUEUE in done.stdout
    assert waiting(ready) == 0
    again = ready.run("work", "--drain")
    assert "nothing to do" in again.stdout


def test_interrupted_workers_all_stop_and_others_can_go_on(ready):
    working = ready.start("work", "--processes", "2")
    send(ready, 250)
    assert until_empty(ready)
    _, said = ready.interrupt(working)
    assert working.returncode == 0, said
    assert "Traceback" not in said
    send(ready, 10)
    assert ready.run("work", "--drain").returncode == 0
    assert waiting(ready) == 0


def test_terminated_worker_stops_as_well(ready):
    working = ready.start("work")
    send(ready, 1)
    assert until_empty(ready)
    working.terminate()
    _, said = working.communicate(timeout=30)
    assert working.returncode == 0, said


def test_stale_reports_are_made_anew_while_all_rooms_work(ready):
    with psycopg.connect(uri(ready)) as connection:
        connection.execute("UPDATE gleba.shelf_life SET refreshed_at = NULL, as_of_index = NULL")
        connection.execute("TRUNCATE procrastinate.procrastinate_periodic_defers")
    working = ready.start("work")
    end = time.monotonic() + 40
    with psycopg.connect(uri(ready), autocommit=True) as connection:
        stale = "SELECT count(*) FROM gleba.report_age WHERE is_stale"
        while connection.execute(stale).fetchone()[0] and time.monotonic() < end:
            time.sleep(0.1)
        assert connection.execute(stale).fetchone()[0] == 0
    ready.interrupt(working)
    assert working.returncode == 0


def test_killed_command_leaves_no_worker_behind(ready):
    working = ready.start("work", "--processes", "3")
    send(ready, 10)
    assert until_empty(ready)
    os.kill(working.pid, signal.SIGKILL)
    working.wait(10)
    assert [line for line in ready.leftovers() if "crew" in line] == []


def test_helper_that_dies_is_replaced(ready):
    working = ready.start("work", "--processes", "2")
    before = helpers(working.pid)
    os.kill(before[0], signal.SIGKILL)
    end = time.monotonic() + 20
    while helpers(working.pid, count=0) in ([], before) and time.monotonic() < end:
        time.sleep(0.1)
    after = helpers(working.pid)
    assert len(after) == 1
    assert after != before
    ready.interrupt(working)
    assert working.returncode == 0


def helpers(parent: int, count: int = 1) -> list[int]:
    """The helpers of a command, once there are as many."""
    end = time.monotonic() + 30
    while True:
        found = [
            int(line.split()[0])
            for line in subprocess.run(
                ["ps", "-o", "pid=,args=", "--ppid", str(parent)],
                capture_output=True,
                text=True,
                check=False,
            ).stdout.splitlines()
            if "nexus_hub.cli.crew" in line
        ]
        if len(found) >= count or time.monotonic() > end:
            return found
        time.sleep(0.1)


def test_unknown_room_is_refused_by_name(run):
    result = run("work", "mars")
    assert result.exit_code == 2
    assert "mars" in result.stderr
