"""Cursors: opaque, signed, bound to their query."""

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Request, Response, get

from nexus_api.paging import Page, Pager, Paging, next_link, parameters_of, shared_secret
from nexus_api.problems import Refused
from nexus_hub.aquilo.errors import CursorMismatch, MalformedCursor

PAGER = Pager(b"k" * 32)
keys = st.lists(st.none() | st.integers(-(2**53), 2**53) | st.text(), max_size=3)
queries = st.lists(
    st.tuples(st.sampled_from(["query", "filter", "sort"]), st.text(max_size=5)), max_size=3
)


@given(keys, queries, st.randoms())
def test_a_cursor_is_read_back_under_its_query_in_any_order(key, query, random):
    cursor = PAGER.write(key, query)
    random.shuffle(query)
    assert PAGER.read(cursor, [*query, ("rows", "7"), ("cursor", cursor)]) == key


@given(keys, queries)
def test_a_cursor_of_another_query_is_a_mismatch(key, query):
    cursor = PAGER.write(key, query)
    with pytest.raises(CursorMismatch):
        PAGER.read(cursor, [*query, ("filter", "more")])


@given(keys, st.data())
def test_a_cursor_with_one_byte_changed_is_malformed(key, data):
    cursor = PAGER.write(key, [])
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(MalformedCursor):
        PAGER.read(base64.urlsafe_b64encode(raw).decode(), [])


@given(st.text())
def test_any_other_text_is_malformed(text):
    if text != "*":
        with pytest.raises(MalformedCursor):
            PAGER.read(text, [])


def test_a_cursor_signed_with_another_secret_is_malformed():
    with pytest.raises(MalformedCursor):
        Pager(b"x" * 32).read(PAGER.write([1], []), [])


@pytest.mark.parametrize(
    ("parameters", "page"),
    [
        ([], Page(20)),
        ([("rows", "0")], Page(0)),
        ([("rows", "1000"), ("offset", "10000")], Page(1000, 10_000)),
        ([("cursor", "*")], Page(20, has_cursor=True)),
        ([("cursor", "*"), ("offset", "0")], Page(20, has_cursor=True)),
        ([("cursor", PAGER.write([4, "b"], []))], Page(20, 0, [4, "b"], has_cursor=True)),
    ],
)
def test_parameters_say_which_page_is_wanted(parameters, page):
    assert PAGER.page(parameters) == page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rows", "1001"),
        ("rows", "-1"),
        ("rows", "٣"),
        ("rows", "1e2"),
        ("rows", ""),
        ("rows", "9" * 5000),
        ("offset", "10001"),
    ],
)
def test_numbers_out_of_range_are_refused_by_name(name, value):
    with pytest.raises(Refused) as refused:
        PAGER.page([(name, value)])
    assert refused.value.error.http_status == 400
    assert refused.value.faults[0].parameter == name


def test_an_offset_beside_a_cursor_is_refused():
    with pytest.raises(Refused):
        PAGER.page([("cursor", "*"), ("offset", "5")])


def test_the_secret_is_made_once_and_is_for_the_owner_alone(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: shared_secret(tmp_path), range(16)))
    assert len(found) == 1
    assert len(found.pop()) == 32
    [file] = (tmp_path / "secrets").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@get("/numbers", operation_id="number_list")
async def number_list(request: Request[Any, Any, Any], pager: Paging) -> Response[Any]:
    query = parameters_of(request)
    page = pager.page(query)
    start = page.after[0] if page.after else page.offset
    items = list(range(start, min(start + page.rows, 7)))
    if not items:
        return Response({"items": []})
    link = next_link(request, pager.write([items[-1] + 1], query))
    return Response({"items": items}, headers={"Link": link})


def test_following_the_links_reads_every_row_once(serve):
    client = serve(number_list)
    url, seen = "/numbers?rows=3&filter=a%26b:c&cursor=*", []
    while True:
        response = client.get(url)
        assert response.status_code == 200, response.text
        if "link" not in response.headers:
            break
        seen += response.json()["items"]
        url = response.links["next"]["url"]
        assert "filter=a%26b%3Ac" in url
        assert "rows=3" in url
    assert seen == list(range(7))


def test_a_cursor_is_none_of_another_list(serve):
    @get("/others", operation_id="other_list")
    async def other_list(request: Request[Any, Any, Any], pager: Paging) -> dict[str, Any]:
        return {"after": pager.page(parameters_of(request)).after}

    client = serve(number_list, other_list)
    url = client.get("/numbers?cursor=*").links["next"]["url"]
    response = client.get(url.replace("/numbers", "/others"))
    assert response.json()["type"] == "/problems/cursor-mismatch"
