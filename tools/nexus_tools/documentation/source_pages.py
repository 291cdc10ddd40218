"""A page for each source of public data, from its declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tools.documentation import markdown

if TYPE_CHECKING:
    from nexus_hub.fulgora.declaration import Fetcher, Source

INTRODUCTION = (
    "Public data that Fulgora takes in: what it is, under which licence, what becomes of it. "
    "Every row of every release stays readable as it was, under "
    "`/sources/{source}/releases/{release}/rows/{key}`."
)


def pages() -> dict[str, str]:
    """The page of each source and the one that lists them."""
    from nexus_hub.fulgora.sources import SOURCES

    rows = [
        (f"[{name}]({name}.md)", source.title, source.makes, source.licence)
        for name, source in SOURCES.items()
    ]
    index = markdown.table(["source", "title", "makes", "licence"], rows)
    return {
        "sources/index.md": markdown.page("Sources", INTRODUCTION, index),
        **{f"sources/{name}.md": _page(source) for name, source in SOURCES.items()},
    }


def _page(source: Source) -> str:
    rows = [
        ("licence", source.licence),
        ("attribution", source.attribution),
        ("home", source.homepage),
        ("makes", source.makes),
        ("rows", source.columns),
        ("keys", _keys(source)),
        ("a release", _release(source)),
        ("rank as a base", str(source.rank) if source.kind else ""),
        ("fetched from", _fetched(source.fetcher)),
        ("schedule", _schedule(source)),
        ("in SQL", ", ".join(markdown.code(f"fulgora.{view}") for view in source.views)),
    ]
    table = markdown.table(["", ""], [row for row in rows if row[1]])
    commands = [f"nexus load {source.name} FILE..."]
    if source.fetcher:
        commands.append(f"nexus fulgora sync {source.name}")
    shown = "```console\n" + "\n".join(f"$ {line}" for line in commands) + "\n```"
    return markdown.page(source.title, table, source.notes, shown)


def _keys(source: Source) -> str:
    if source.scheme is None:
        return "the source's own"
    return f"identifiers of the scheme {markdown.code(source.scheme)}"


def _release(source: Source) -> str:
    if source.is_whole:
        return "holds every row: what it lacks has ended, unless more than 1 % of it is unreadable"
    return "may hold some rows: what it lacks stays"


def _fetched(fetcher: Fetcher | None) -> str:
    if fetcher is None:
        return "nowhere; files are loaded, or an address is given with `--url`"
    return markdown.code(fetcher.url)


def _schedule(source: Source) -> str:
    return f"{markdown.code(source.cron)} (UTC), with `NEXUS_SCHEDULE_SYNCS`" if source.cron else ""
