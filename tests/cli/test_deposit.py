"""`nexus deposit`: files to a running service, whatever dies on the way."""

from __future__ import annotations

import json
import os
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from cli.conftest import Program
from nexus_hub.platform.server import EmbeddedServer

COUNT = 4_000
PORT = "0"


def record(n: int, title: str = "A") -> dict[str, Any]:
    return {"doi": f"10.5555/{n}", "metadata": {"type": "book", "title": [f"{title} {n}"]}}


def write(path: Path, records: list[Any]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in records))
    return path


def verdicts(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def serving(program: Program) -> tuple[Any, str]:
    """A service with workers, and where it answers."""
    process = program.start("serve", "--with-workers", "--port", PORT)
    line = process.stdout.readline()
    url = line.split("answers at ")[1].strip()
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            httpx.get(f"{url}health")
            return process, url
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("no answer")


def kill(process: Any) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def deposits(program: Program) -> tuple[int, int]:
    """How many deposits and records the service holds."""
    uri = EmbeddedServer(program.home).uri("nexus", "postgres")
    with psycopg.connect(uri) as connection:
        sql = "SELECT count(*), coalesce(sum(record_count), 0)::int FROM nauvis.deposit"
        return connection.execute(sql).fetchone()


@pytest.fixture
def key(program: Program) -> str:
    made = program.run("member", "create", "Press", "--prefix", "10.5555")
    assert made.returncode == 0, made.stderr
    return made.stdout.strip().splitlines()[-1]


def test_every_record_has_one_verdict_whatever_is_killed_on_the_way(program, key, tmp_path):
    file = write(tmp_path / "records.jsonl", [record(n) for n in range(COUNT)])
    report = tmp_path / "report.jsonl"
    server, url = serving(program)
    port = url.rstrip("/").rpartition(":")[2]
    call = ("deposit", str(file), "--url", url, "--key", key, "--report", str(report))
    call += ("--concurrency", "2")

    client = program.start(*call)
    _until(lambda: report.exists() and report.stat().st_size > 0)
    kill(client)
    first = len(report.read_bytes().splitlines())
    assert first < COUNT

    with report.open("ab") as torn:
        torn.write(b'{"file": "rec')
    client = program.start(*call)
    _until(lambda: len(report.read_bytes().splitlines()) > first + 1)
    kill(server)
    server = program.start("serve", "--with-workers", "--port", port)
    out, err = client.communicate(timeout=90)
    assert client.returncode == 0, err

    told = verdicts(report)
    assert sorted(one["line"] for one in told) == list(range(1, COUNT + 1))
    assert Counter(one["result"] for one in told) == {"created": COUNT}
    assert {one["doi"] for one in told} == {f"10.5555/{n}" for n in range(COUNT)}
    assert deposits(program) == (COUNT // 1000, COUNT)
    assert f"{COUNT:,} created" in out

    again = program.run(*call)
    assert again.returncode == 0
    assert verdicts(report) == told
    without = program.run(*(one for one in call if one not in ("--report", str(report))))
    assert f"{COUNT:,} created" in without.stdout
    assert deposits(program) == (COUNT // 1000, COUNT)
    program.interrupt(server)


def test_ctrl_c_stops_at_once_and_the_next_run_goes_on(program, key, tmp_path):
    file = write(tmp_path / "records.jsonl", [record(n) for n in range(COUNT)])
    report = tmp_path / "report.jsonl"
    server, url = serving(program)
    call = ("deposit", str(file), "--url", url, "--key", key, "--report", str(report))
    client = program.start(*call)
    _until(lambda: report.exists() and report.stat().st_size > 0)
    _, err = program.interrupt(client)
    assert client.returncode == 130
    assert "run the same command again" in err
    assert "Traceback" not in err
    assert program.run(*call).returncode == 0
    assert len(verdicts(report)) == COUNT
    assert deposits(program) == (COUNT // 1000, COUNT)
    program.interrupt(server)


def test_what_is_not_taken_is_named_by_its_line(program, key, tmp_path):
    file = tmp_path / "records.jsonl"
    write(file, [record(1), record(2), {"doi": "10.6666/x", "metadata": {}}, record(1, "B")])
    with file.open("a") as more:
        more.write("{broken\n")
    foreign = write(
        tmp_path / "foreign.jsonl", [{"doi": "10.6666/y", "metadata": {"title": ["A"]}}]
    )
    report = tmp_path / "report.jsonl"
    server, url = serving(program)
    call = ("deposit", str(file), str(foreign), "--url", url, "--report", str(report))
    done = program.run(*call, "--key", key)
    assert done.returncode == 1
    told = {(Path(one["file"]).name, one["line"]): one for one in verdicts(report)}
    results = {place: one["result"] for place, one in told.items()}
    assert results == {
        ("records.jsonl", 1): "created",
        ("records.jsonl", 2): "created",
        ("records.jsonl", 3): "rejected",
        ("records.jsonl", 4): "updated",
        ("records.jsonl", 5): "unread",
        ("foreign.jsonl", 1): "rejected",
    }
    codes = {one["problems"][0]["code"] for one in told.values() if one["result"] == "rejected"}
    assert codes == {"not-your-prefix"}
    assert "records.jsonl:3: not-your-prefix" in done.stderr
    assert "records.jsonl:5: unread" in done.stderr

    refused = program.run("deposit", str(file), "--url", url, "--key", "nx_wrong")
    assert refused.returncode == 1
    assert "deposit-refused: HTTP 401" in refused.stderr
    assert "Traceback" not in refused.stderr
    program.interrupt(server)


def test_a_service_that_is_not_there_is_told_of(program, tmp_path):
    file = write(tmp_path / "records.jsonl", [record(1)])
    done = program.run("deposit", str(file), "--url", "http://127.0.0.1:1", "--patience", "0.2")
    assert done.returncode == 1
    assert "service-away" in done.stderr
    assert "Run the same command again" in done.stderr


def _until(is_so: Any, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)
