"""Reads through the API of a catalogue whose objects have a history.

One server process, asked as `http` asks it: an object as it is and as it was, its history, a list
of works as it is and as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx

from benchmarks import http_client
from benchmarks.aims import Figure
from benchmarks.databases import Place
from benchmarks.requests_rate import Sample, Server, serving

CONCURRENCY = 8
DIFFERENT = 200
ROWS = 20
AIM = 3.0
SOME_CROIDS = """
SELECT croid.encode(e.croid) FROM catalog.edit AS e JOIN catalog.release AS r ON r.croid = e.croid
GROUP BY e.croid ORDER BY count(*) DESC, e.croid LIMIT %s
"""
THEN = "SELECT c.index / 2 FROM catalog.clock AS c"


def measure(
    place: Place, database: str, folder: Path, passes: int, advance: Callable[[str], None]
) -> list[Figure]:
    """Ask for everything by turns; latencies of lists are compared, rates of all are told."""
    with place.connect(database) as connection:
        croids = [str(one) for (one,) in connection.execute(SOME_CROIDS, [DIFFERENT])]
        row = connection.execute(THEN).fetchone()
        assert row is not None
        then = int(row[0])
    answers = folder / "read-answers"
    answers.mkdir()
    with serving(place, database, answers) as server:
        now, past = (_pages(server.port, suffix) for suffix in ("", f"&as-of={then}"))
        asked = {
            "point": [f"/cro/{croid}" for croid in croids],
            "point then": [f"/cro/{croid}?as-of={then}" for croid in croids],
            "history": [f"/cro/{croid}/history" for croid in croids],
            "list": now,
            "list then": past,
        }
        samples: dict[str, list[Sample]] = {name: [] for name in asked}
        for number in range(passes + 1):
            advance(f"reading, pass {number}")
            for name, paths in asked.items():
                found = _ask(server, paths, 1 if "list" in name else CONCURRENCY)
                if number:
                    samples[name].append(found)
    return _figures(samples)


def _ask(server: Server, paths: list[str], concurrency: int) -> Sample:
    return server.ask([http_client.get(path, server.port) for path in paths], concurrency)


def _pages(port: int, suffix: str) -> list[str]:
    """The first pages of a list, each by the link of the one before."""
    path = f"/works?rows={ROWS}&cursor=*{suffix}"
    paths = []
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        for _ in range(20):
            answer = client.get(path)
            answer.raise_for_status()
            paths.append(path)
            link = answer.links.get("next")
            if link is None:
                break
            path = httpx.URL(link["url"]).raw_path.decode()
    return paths


def _figures(samples: dict[str, list[Sample]]) -> list[Figure]:
    figures = []
    for name, title in (
        ("point", "an object"),
        ("point then", "an object as it was"),
        ("history", "history of an object"),
    ):
        figure = Figure("reads", f"{title}, {CONCURRENCY} at once", "requests/s")
        for one in samples[name]:
            figure.add(one.rate, cpu_us=one.cpu_us)
        figures.append(figure)
    listed = Figure(
        "reads", f"{ROWS} works as they were", "ms", "the same as they are", AIM, "at most"
    )
    for then, now in zip(samples["list then"], samples["list"], strict=True):
        listed.add(then.p50_ms, now.p50_ms, then.cpu_us)
    return [*figures, listed]
