"""Where the `type` of a problem leads: a page about each error there is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from nexus_hub.aquilo.errors import NoSuchRoute
from nexus_hub.platform.errors import NexusError

HTML = "text/html"


def known_errors() -> dict[str, type[NexusError]]:
    """Every error by its slug, in the order of their codes."""
    found = {NexusError.sqlstate: NexusError} | NexusError.by_sqlstate
    return {found[code].slug: found[code] for code in sorted(found)}


def about(error: type[NexusError]) -> dict[str, Any]:
    """One error as its page tells of it."""
    return {
        "type": f"/problems/{error.slug}",
        "slug": error.slug,
        "code": error.sqlstate,
        "status": error.http_status,
        "title": error.meaning,
        "hint": error.hint,
    }


@get("/problems", operation_id="problem_list", tags=["service"], sync_to_thread=False)
def problem_list(request: Request[Any, Any, Any]) -> Response[Any]:
    """Every kind of problem this service answers with."""
    pages = [about(error) for error in known_errors().values()]
    if _wants_html(request):
        return Response(_page("Problems", pages), media_type=HTML)
    return Response({"items": pages}, media_type="application/json")


@get("/problems/{slug:str}", operation_id="problem_get", tags=["service"], sync_to_thread=False)
def problem_get(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """What a problem of this type means and what to do about it; JSON or HTML by `Accept`."""
    error = known_errors().get(slug)
    if error is None:
        raise NoSuchRoute(f"no problem is called '{slug}'")
    if _wants_html(request):
        return Response(_page(error.slug, [about(error)]), media_type=HTML)
    return Response(about(error), media_type="application/json")


def _wants_html(request: Request[Any, Any, Any]) -> bool:
    return request.accept.best_match(["application/json", "text/html"]) == "text/html"


def _page(title: str, pages: Sequence[dict[str, Any]]) -> bytes:
    sections = "\n".join(
        f'<section id="{page["slug"]}"><h2><a href="{page["type"]}">{page["slug"]}</a></h2>\n'
        f"<p>{escape(page['title'])}</p>\n<p>{escape(page['hint'] or '')}</p>\n"
        f"<p>HTTP {page['status']}, SQLSTATE {page['code']}</p></section>"
        for page in pages
    )
    head = f'<meta charset="utf-8"><title>{escape(title)} - NEXUS</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head>{head}</head>\n'
        f"<body><main><h1>{escape(title)}</h1>\n{sections}\n</main></body></html>\n"
    ).encode()
