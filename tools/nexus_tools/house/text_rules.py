"""Rules about any text: unfinished work, traces of one machine, lock files, silent skips."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexus_tools.house.tree import Finding, Tree

PRODUCT = ("src", "api", "sql", "queries", "migrations")
# In quotes of its own, the last is a word of a vocabulary.
UNFINISHED = re.compile(
    r"\b(NotImplementedError|TODO|FIXME|XXX|(?i:placeholder)|(?<!['\"])(?i:stub)(?!['\"]))\b"
)
LOCK_FILE = re.compile(
    r"(^|/)(uv|poetry|pdm)\.lock$|(^|/)pylock.*\.toml$|(^|/)package-lock\.json$|(^|/)yarn\.lock$"
)
INDEX = re.compile(r"^\s*--?(extra-)?index-url|^\s*--find-links|^registry *=")
HOME_FOLDER = re.compile(r"(?<![\w.~-])/(home|Users)/\w+/|(?<![\w.-])/root/")
SILENT_SKIP = re.compile(r"pytest\.mark\.(skip|xfail)\b(?!.*reason)|pytest\.skip\(\)")


def check(tree: Tree) -> Iterator[Finding]:
    """All findings of this module."""
    for path in tree.files():
        if LOCK_FILE.search(path):
            yield Finding(path, 0, "lock-file", "remove it; pin in requirements/*.txt with hashes")
        yield from _lines(tree, path)


def _lines(tree: Tree, path: str) -> Iterator[Finding]:
    is_product = path.startswith(tuple(f"{folder}/" for folder in PRODUCT))
    is_rule = path.startswith(("tools/nexus_tools/house/", "tests/house/"))
    checkout = f"{tree.root.resolve()}/"
    for number, line in tree.lines(path):
        if is_product and (found := UNFINISHED.search(line)):
            yield Finding(path, number, "unfinished", f"finish it or leave it out: {found[0]}")
        if is_rule:
            continue
        if checkout in line or HOME_FOLDER.search(line):
            yield Finding(path, number, "machine-path", "name a path that exists everywhere")
        if INDEX.search(line) and not path.startswith("docs/"):
            yield Finding(path, number, "package-index", "leave the package index to the machine")
        if path.startswith("tests/") and SILENT_SKIP.search(line):
            yield Finding(path, number, "silent-skip", "say why: reason=...")
