"""Plain requests for a work are answered early, as the framework would have answered them."""

import asyncio
from typing import Any

import pytest

from nexus_api.aquilo import early
from nexus_api.aquilo.early import Kept, Rendered
from stories.hub import OXFORD, Hub, hub, record
from stories.test_merged_and_deleted import edit

__all__ = ["hub"]
DOI = "10.5555/a(b);c/"


def rendered(tag: str, size: int) -> Rendered:
    return Rendered(tag, (), b"x" * size)


def test_what_was_used_longest_ago_goes_when_there_is_too_much():
    kept = Kept(most_bytes=100)
    for name in "abc":
        kept.put((name, ""), rendered(name, 40))
    assert kept.get(("a", "")) is None
    assert kept.get(("b", "")) is not None
    kept.put(("d", ""), rendered("d", 40))
    assert [name for name in "abcd" if kept.get((name, ""))] == ["b", "d"]
    kept.put(("b", ""), rendered("newer", 100))
    assert [name for name in "abcd" if kept.get((name, ""))] == ["b"]
    kept.put(("b", ""), rendered("too long", early.LARGEST + 1))
    assert kept.get(("b", "")) is None


def asked(app: Any, path: str, **headers: str) -> tuple[bool, list[Any]]:
    """Whether a path is answered early, and what was sent."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope: Any = {
        "type": "http",
        "path": path,
        "query_string": b"",
        "headers": [(name.replace("_", "-").encode(), headers[name].encode()) for name in headers],
    }
    return asyncio.run(early.answer(app, scope, send)), sent


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/works/10.5555%2Fa/agency", {}),
        ("/works", {}),
        ("/works/10.5555%2Fa", {"accept": "text/html,*/*;q=0.8"}),
        ("/works/10.5555%2Fa", {"accept": "image/png"}),
        ("/works/10.5555%2Fa", {"x_nexus_min_index": "3"}),
    ],
)
def test_what_is_not_plain_is_left_to_others(path, headers):
    assert asked(None, path, **headers) == (False, [])


def test_an_early_answer_is_the_answer_of_the_framework(hub: Hub):
    hub.deposit(record(DOI))
    for accept in ("*/*", "application/x-bibtex", "text/turtle", "text/x-bibliography;style=apa"):
        # A query is not plain, and this one asks for what is given anyway.
        answers = [
            hub.client.get(f"/works/{DOI}{query}", headers={"accept": accept})
            for query in ("", "?view=enriched", "")
        ]
        assert len({answer.content for answer in answers}) == 1, accept
        assert len({frozenset(answer.headers.multi_items()) for answer in answers}) == 1, accept
    assert hub.client.head(f"/works/{DOI}").headers == hub.client.get(f"/works/{DOI}").headers
    metrics = hub.client.get("/metrics").text
    counted = 'nexus_http_requests_total{method="GET",route="/works/{doi}",status="200"}'
    assert [line.split()[-1] for line in metrics.splitlines() if line.startswith(counted)] == [
        "13.0"
    ]


def test_a_change_is_seen_at_once_however_often_the_work_was_read(hub: Hub):
    hub.deposit(record(DOI, title=["First"]))
    path, tags = f"/works/{DOI}", set()
    for title in ("Second", "Third"):
        for _ in range(3):
            answer = hub.client.get(path)
        tag = answer.headers["etag"]
        tags.add(tag)
        held = {"if-none-match": f'"other", {tag}'}
        unchanged = hub.client.get(path, headers=held)
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert (unchanged.headers["etag"], unchanged.headers["vary"]) == (tag, "Accept")
        index = hub.deposit(record(DOI, title=[title]))["records"][0]["index"]
        changed = hub.client.get(path, headers=held)
        assert changed.json()["message"]["title"] == [title]
        assert int(changed.headers["x-nexus-index"]) >= index
    # Who cites a work changes what is told of it, without a revision.
    hub.deposit(record("10.5555/citing", reference=[{"DOI": DOI}]))
    assert hub.client.get(path).json()["message"]["is-referenced-by-count"] == 1
    assert len(tags) == 2


def test_a_work_that_is_gone_is_not_told_from_what_was_kept(hub: Hub):
    croid = hub.deposit(record(DOI))["records"][0]["croid"]
    tag = hub.client.get(f"/works/{DOI}").headers["etag"]
    edit(hub, "delete", croid)
    for headers in ({}, {"if-none-match": tag}):
        assert hub.client.get(f"/works/{DOI}", headers=headers).status_code == 410


def switch_notices(hub: Hub, is_enabled: bool) -> None:
    with hub.database.connect(None) as connection:
        connection.execute(
            "UPDATE vulcanus.strategy SET is_enabled = %s WHERE strategy = 'update-notice'",
            [is_enabled],
        )


def test_whatever_changes_is_told_at_once_as_the_framework_would(hub: Hub):
    """Each kind of change, some of which make no revision: plain reads are never behind."""
    update = {"DOI": DOI, "type": "retraction", "updated": {"date-parts": [[2024, 6, 1]]}}
    others = [f"10.5555/other-{number}" for number in range(2)]
    noticed = record("10.5555/notice", **{"update-to": [update]})
    changes: list[Any] = [
        lambda: hub.deposit(record(DOI, title=["First"])),
        lambda: hub.deposit(record(DOI, title=["First"])),
        lambda: hub.deposit(record(DOI, title=["Second"])),
        lambda: hub.deposit(record(others[0], reference=[{"DOI": DOI}])),
        lambda: hub.deposit(record(others[0], reference=[])),
        lambda: hub.deposit(noticed),
        lambda: switch_notices(hub, is_enabled=False),
        lambda: switch_notices(hub, is_enabled=True),
        lambda: hub.organisations(OXFORD),
    ]
    path, told = f"/works/{DOI}", set()
    for change in changes:
        change()
        first, whole, again = (hub.client.get(path + q) for q in ("", "?view=enriched", ""))
        tag = first.headers["etag"]
        held = hub.client.get(path, headers={"if-none-match": tag})
        assert (first.content, tag) == (whole.content, whole.headers["etag"])
        assert (again.content, again.headers["etag"], held.status_code) == (first.content, tag, 304)
        told.add((first.content, tag))
    assert len(told) == len({tag for _, tag in told}) >= 5


def test_what_is_not_committed_is_not_told_and_hides_nothing(hub: Hub):
    hub.deposit(record(DOI))
    path = f"/works/{DOI}"
    now = hub.client.get(path).json()["message"]["deposited"]
    with hub.database.connect(None) as connection:
        for then, end in ((2001, connection.commit), (2002, connection.rollback)):
            received = f"{then}-01-01T00:00:00Z"
            connection.execute("UPDATE nauvis.deposit SET received_at = %s", [received])
            assert hub.client.get(path).json()["message"]["deposited"] == now
            end()
            now = hub.client.get(path).json()["message"]["deposited"]
            assert now["date-time"] == "2001-01-01T00:00:00Z"
