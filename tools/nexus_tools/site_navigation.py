"""A hook of mkdocs: a folder in the navigation stands for its pages, so that none is forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def on_config(config: Any) -> Any:
    """Replace each `folder/` by its pages: the index first, then by name, folders last."""
    docs = Path(config["docs_dir"])
    config["nav"] = [_expanded(entry, docs) for entry in config["nav"]]
    return config


def _expanded(entry: Any, docs: Path) -> Any:
    if isinstance(entry, dict):
        return {
            title: _pages(docs / target, docs) if str(target).endswith("/") else target
            for title, target in entry.items()
        }
    return entry


def _pages(folder: Path, docs: Path) -> list[Any]:
    pages = sorted(folder.glob("*.md"), key=lambda page: (page.name != "index.md", page.name))
    found: list[Any] = [str(page.relative_to(docs)) for page in pages]
    for inner in sorted(path for path in folder.iterdir() if path.is_dir()):
        found.append({inner.name.capitalize(): _pages(inner, docs)})
    return found
