"""The Open Funder Registry, as its RDF file gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import orjson

from nexus_hub.fulgora.declaration import Rows
from nexus_hub.platform.elements import read_elements
from nexus_hub.platform.files import MAX_RECORD_BYTES, read_texts
from nexus_hub.platform.places import BrokenFileError, Site, record_numbers
from nexus_hub.platform.unpacking import Progress


def read_funder_registry(path: str, progress: Progress) -> Rows:
    """Every SKOS concept of the registry as an object of its elements."""
    return read_xml(path, lambda name, depth: name == "Concept" and depth == 1, pick_rdf, progress)


def pick_rdf(names: Sequence[str]) -> list[str]:
    """Choose the RDF of an archive.

    >>> pick_rdf(["registry.rdf", "readme.md"])
    ['registry.rdf']
    """
    return [name for name in names if name.lower().endswith((".rdf", ".xml"))]


def read_xml(
    path: str,
    is_wanted: Callable[[str, int], bool],
    pick: Callable[[Sequence[str]], Sequence[str]],
    progress: Progress,
) -> Rows:
    """The wanted elements of XML files as JSON objects, each with the line it begins at."""
    numbers = record_numbers()
    for member, chunks in read_texts(path, pick, progress):
        site = Site(path, member, numbers, MAX_RECORD_BYTES)
        if isinstance(chunks, BrokenFileError):
            yield site.broken(None, chunks)
            return
        yield from read_member(site, chunks, is_wanted)


def read_member(site: Site, chunks: Iterator[bytes], is_wanted: Callable[[str, int], bool]) -> Rows:
    """The wanted elements of one XML text."""
    line = None
    try:
        for line, name, value in read_elements(chunks, is_wanted):
            if isinstance(value, str):
                yield site.bad(line, "not-an-object", f"the element {name} holds nothing but text")
            else:
                yield site.parsed_record(line, 0, orjson.dumps(value))
    except BrokenFileError as failure:
        yield site.broken(line, failure)
