"""The reference part of the documentation, written from what is true.

Commands come from the command line itself, settings from their model, kinds of objects and
the deposit format from their declaration, routes from the OpenAPI description, and errors, queues,
tables and functions from a migrated database and its comments.
"""

from __future__ import annotations

from pathlib import Path

from nexus_tools import generated


def generate(uri: str, root: Path, check: bool) -> list[str]:
    """Write every page of `docs/reference/`; the pages that differed."""
    # Imported late: these pages need the whole program, which other generators are part of.
    from nexus_tools.documentation import (
        command_pages,
        database_pages,
        format_pages,
        http_pages,
        kind_pages,
        setting_pages,
        source_pages,
    )

    pages = {
        **command_pages.pages(),
        **setting_pages.pages(),
        **http_pages.pages(root),
        **kind_pages.pages(),
        **format_pages.pages(),
        **source_pages.pages(),
        **database_pages.pages(uri),
    }
    files = {f"docs/reference/{name}": text for name, text in pages.items()}
    drifted = generated.write(root, files, check=check)
    return drifted + _stale(root, set(files), check=check)


def _stale(root: Path, written: set[str], *, check: bool) -> list[str]:
    found = {str(path.relative_to(root)) for path in root.glob("docs/reference/**/*.md")}
    stale = sorted(found - written)
    for path in [] if check else stale:
        (root / path).unlink()
    return stale
