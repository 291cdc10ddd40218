"""Paging is a promise: what was there is met once, whatever comes in on the way."""

from itertools import count
from urllib.parse import parse_qsl, urlsplit

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stories.hub import Hub, hub, record

__all__ = ["hub"]
_numbers = count(1)
TITLES = ("A light", "A light in the light", "The dark", "Light of a light by light")


def add(hub: Hub, titles: list[str]) -> None:
    if titles:
        hub.deposit(*(record(f"10.5555/{next(_numbers)}", title=[title]) for title in titles))


def walk(hub: Hub, query: str, rows: int, additions: list[list[str]]) -> list[str]:
    """The DOIs of all pages, while works are added after each page."""
    found: list[str] = []
    path = f"/works?{query}rows={rows}&cursor=*"
    coming = iter(additions)
    while True:
        answer = hub.client.get(path)
        message = answer.json()["message"]
        assert "next-cursor" in message
        if not message["items"]:
            assert message["next-cursor"] is None
            assert "link" not in answer.headers
            return found
        assert len(message["items"]) <= rows
        found += [item["DOI"] for item in message["items"]]
        assert message["total-results"] >= len(message["items"])
        path = answer.links["next"]["url"]
        given_again = dict(parse_qsl(urlsplit(path).query))
        assert given_again["cursor"] == message["next-cursor"]
        assert given_again["rows"] == str(rows)
        add(hub, next(coming, []))


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.integers(1, 4),
    query=st.sampled_from(["", "query=light&"]),
    start=st.lists(st.sampled_from(TITLES), min_size=1, max_size=5),
    additions=st.lists(st.lists(st.sampled_from(TITLES), max_size=2), max_size=2),
)
def test_no_work_is_lost_or_told_twice_while_works_come_in(
    hub: Hub, rows: int, query: str, start: list[str], additions: list[list[str]]
):
    add(hub, start)
    there = {item["DOI"] for item in hub.get(f"/works?{query}rows=1000")["message"]["items"]}
    found = walk(hub, query, rows, additions)
    assert len(found) == len(set(found))
    assert there <= set(found)


def test_offsets_and_cursors_tell_the_same_works(hub: Hub):
    add(hub, list(TITLES))
    for query in ("", "query=light&", "query=10.5555%2Flight&"):
        by_cursor = walk(hub, query, 2, [])
        total = hub.get(f"/works?{query}rows=0")["message"]["total-results"]
        by_offset = [
            item["DOI"]
            for offset in range(total)
            for item in hub.get(f"/works?{query}rows=1&offset={offset}")["message"]["items"]
        ]
        assert by_offset == by_cursor
        assert len(by_cursor) == total


def test_a_doi_as_the_query_hits_that_work_first_and_once(hub: Hub):
    hub.deposit(
        record("10.5555/a.b", title=["Something"]),
        record("10.5555/c", title=["About 10.5555/a.b 10.5555/a.b and 10.5555/a.b"]),
    )
    for written in ("10.5555/A.B", "https://doi.org/10.5555/a.b", "doi:10.5555/a.b"):
        message = hub.get(f"/works?query={written}")["message"]
        dois = [item["DOI"] for item in message["items"]]
        assert dois[0] == "10.5555/a.b"
        assert message["total-results"] == len(dois) == len(set(dois))
        scores = [item["score"] for item in message["items"]]
        assert scores == sorted(scores, reverse=True)
    by_offset = [
        item["DOI"]
        for offset in range(3)
        for item in hub.get(f"/works?query=10.5555/a.b&rows=1&offset={offset}")["message"]["items"]
    ]
    assert by_offset == ["10.5555/a.b", "10.5555/c"]
    walked = walk(hub, "query=10.5555/a.b&", 1, [])
    assert walked == [
        item["DOI"] for item in hub.get("/works?query=10.5555/a.b")["message"]["items"]
    ]
    assert hub.get("/works?query=10.5555/nothing.of.it")["message"]["total-results"] == 0


def test_a_cursor_of_one_query_is_none_of_another(hub: Hub):
    add(hub, list(TITLES))
    cursor = hub.get("/works?query=light&rows=1&cursor=*")["message"]["next-cursor"]
    for path, slug in {
        f"/works?query=dark&cursor={cursor}": "cursor-mismatch",
        f"/works?cursor={cursor}": "cursor-mismatch",
        "/works?cursor=nonsense": "malformed-cursor",
        f"/works?query=light&cursor={cursor}&offset=1": "validation-failed",
        "/works?offset=10001": "validation-failed",
        "/works?rows=1001": "validation-failed",
    }.items():
        answer = hub.client.get(path)
        assert answer.status_code == 400, path
        assert answer.json()["type"] == f"/problems/{slug}"


def test_the_records_of_a_deposit_come_in_pages(hub: Hub):
    status = hub.deposit(*(record(f"10.5555/{n}") for n in range(7)))
    place = f"/deposits/{status['id']}"
    numbers, path = [], f"{place}?rows=3"
    for _ in range(3):
        page = hub.get(path)
        numbers += [told["n"] for told in page["records"]]
        path = f"{place}?rows=3&cursor={page['next-cursor']}"
    assert numbers == list(range(1, 8))
    assert page["next-cursor"] is None
    for n in range(2, 5):
        hub.deposit(record("10.5555/0", volume=str(n)))
    first = hub.get("/works/10.5555/0/deposits?rows=2")
    rest = hub.get(f"/works/10.5555/0/deposits?rows=2&cursor={first['next-cursor']}")
    told = [*first["items"], *rest["items"]]
    assert [one["result"] for one in told] == ["updated", "updated", "updated", "created"]
    assert rest["next-cursor"] is None
