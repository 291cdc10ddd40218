"""Sitemaps: every live work's page, for search engines, in pages of 50,000.

A page is named by the CROID it begins with, so that it stays the same page while works come in. The
index is made once for each state of the catalogue. Rule: sitemaps.org, protocol 0.9.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Stream

from nexus_api.aquilo import examples
from nexus_api.aquilo.totals import totals_of
from nexus_api.conditional import list_etag
from nexus_api.database import WAIT_S, Pool
from nexus_api.describing import IfNoneMatch, described
from nexus_api.freshness import index_of
from nexus_api.listing import short_answer
from nexus_api.public import home
from nexus_api.raw_path import encode as encode_segment
from nexus_hub.aquilo.errors import NoSuchRoute
from nexus_hub.aquilo.queries import sitemap as q
from nexus_hub.croid.codec import decode, encode

AnyRequest = Request[Any, Any, Any]
XML = "application/xml"
PAGE = 50_000
"""As many as a sitemap may have."""

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_CHUNK = 1000
_SUFFIX = ".xml"
_HEADERS = ("X-Nexus-Index", "ETag")
_OTHERS = {304: "What is held already is current."}


@get(
    "/sitemap.xml",
    operation_id="sitemap_list",
    tags=["works"],
    operation_class=described({XML: examples.SITEMAPS}, headers=_HEADERS, others=_OTHERS),
)
async def sitemap_list(
    request: AnyRequest, if_none_match: IfNoneMatch = None
) -> Response[Any] | Stream:
    """The sitemaps there are, each of at most 50,000 works."""
    index = index_of(request)
    etag = list_etag(index, request)
    if (short := short_answer(request, etag, XML)) is not None:
        return short
    pool: Pool = request.app.state.pool

    async def find() -> list[q.SitemapListRow]:
        async with pool.connection(WAIT_S) as db:
            return await q.sitemap_list_async(db, size=PAGE)

    found = await totals_of(request).get("sitemaps", str(index), find)
    lines = [_entry("sitemap", _page(request, one), one.modified_at) for one in found]
    content = "".join((_opened("sitemapindex"), *lines, "</sitemapindex>\n"))
    return Response(content.encode(), media_type=XML, headers={"ETag": etag})


@get(
    "/sitemaps/{name:str}",
    operation_id="sitemap_get",
    tags=["works"],
    operation_class=described(
        {XML: examples.SITEMAP},
        headers=_HEADERS,
        others=_OTHERS | {404: "There is no such sitemap."},
    ),
)
async def sitemap_get(
    name: FromPath[str], request: AnyRequest, if_none_match: IfNoneMatch = None
) -> Response[Any] | Stream:
    """The pages of up to 50,000 works, from one on, and when each last changed."""
    if not name.endswith(_SUFFIX):
        raise NoSuchRoute(f"there is no sitemap {name[:100]}")
    first = decode(name.removesuffix(_SUFFIX))
    etag = list_etag(index_of(request), request)
    if (short := short_answer(request, etag, XML)) is not None:
        return short
    pool: Pool = request.app.state.pool
    async with pool.connection(WAIT_S) as db:
        rows = await q.sitemap_get_async(db, first_croid=first, size=PAGE)
    return Stream(_works(rows, home(request)), media_type=XML, headers={"ETag": etag})


@get("/robots.txt", include_in_schema=False, sync_to_thread=False)
def robots_get(request: AnyRequest) -> Response[str]:
    """What robots may do: read pages of works; lists and feeds have cursors without end."""
    lines = ("User-agent: *", "Disallow: /self/", "Disallow: /works?", "Disallow: /changes")
    sitemap = f"Sitemap: {home(request)}/sitemap.xml"
    return Response("\n".join((*lines, "", sitemap, "")), media_type="text/plain")


def _page(request: AnyRequest, one: q.SitemapListRow) -> str:
    return f"{home(request)}/sitemaps/{encode(one.first_croid)}{_SUFFIX}"


def _works(rows: Sequence[q.SitemapGetRow], here: str) -> Iterator[str]:
    """A sitemap in parts of a thousand works, so that it never stands in memory whole."""
    yield _opened("urlset")
    for start in range(0, len(rows), _CHUNK):
        yield "".join(
            _entry("url", f"{here}/works/{encode_segment(row.doi)}", row.modified_at)
            for row in rows[start : start + _CHUNK]
        )
    yield "</urlset>\n"


def _opened(name: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{_SPACE}">\n'


def _entry(name: str, url: str, at: datetime | None) -> str:
    when = f"<lastmod>{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else ""
    return f"<{name}><loc>{escape(url)}</loc>{when}</{name}>\n"
