"""Rules about rooms: each has its page, and the page is one screen."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_tools.house.tree import Finding, Tree

PAGE_LINES = 60
NOT_ROOMS = {"cli", "sample"}


def rooms(tree: Tree) -> set[str]:
    """Every room there is, from the folders that rooms have."""
    kinds = {"sql": (1, ".sql"), "queries": (1, ".sql"), "src/nexus_hub": (2, ".py")}
    found = {
        path.split("/")[depth]
        for folder, (depth, suffix) in kinds.items()
        for path in tree.files(folder, suffix=suffix)
        if path.count("/") > depth
    }
    return {name for name in found if name.isidentifier() and not name.startswith("_")} - NOT_ROOMS


def check(tree: Tree) -> Iterator[Finding]:
    """All findings of this module."""
    for room in sorted(rooms(tree)):
        page = f"docs/rooms/{room}.md"
        if page not in tree.paths:
            yield Finding(page, 0, "room-page", f"write the page of the room {room}")
        elif (lines := len(tree.text(page).splitlines())) > PAGE_LINES:
            advice = f"{lines} lines; a room's page is one screen, at most {PAGE_LINES}"
            yield Finding(page, 0, "room-page", advice)
