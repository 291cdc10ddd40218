"""What stands behind a DOI, as DataCite's REST API shows it, and what is deposited of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from psycopg import AsyncConnection

from nexus_api.conditional import item_etag
from nexus_hub.aquilo.queries.work import work_get_async
from nexus_hub.catalog.canonical import Problem, RefusedRecordError
from nexus_hub.catalog.datacite import read, write
from nexus_hub.catalog.datacite.shapes import DROPPED
from nexus_hub.nauvis.handles import read_record_async
from nexus_hub.vulcanus.bases import DEPOSIT_READERS

EVENTS: Mapping[str, Mapping[str | None, str]] = {
    "publish": dict.fromkeys((None, "draft", "registered", "findable"), "findable"),
    "register": {None: "registered", "draft": "registered"},
    "hide": {"findable": "registered", None: "registered"},
}
"""What becomes of a DOI by an event, by the state it has; it stays what it is otherwise."""


def wanted(attributes: Mapping[str, Any], before: str | None) -> str:
    """The state that a DOI is to have.

    >>> wanted({"event": "publish"}, None), wanted({}, None), wanted({"event": "hide"}, "draft")
    ('findable', 'draft', 'draft')
    """
    event = attributes.get("event")
    if isinstance(event, str) and event in EVENTS:
        return EVENTS[event].get(before, before or "draft")
    state = attributes.get("state")
    return state if isinstance(state, str) else before or "draft"


async def attributes_of(db: AsyncConnection[Any], doi: str) -> dict[str, Any]:
    """The metadata of a DOI: what was deposited of it last, or what the catalogue has of it."""
    kept = await read_record_async(db, doi)
    if kept is not None:
        row, raw = kept
        try:
            body, _ = DEPOSIT_READERS[row.media](raw)
        except RefusedRecordError:
            body = {}
    else:
        found = await work_get_async(db, doi=doi, with_body=True)
        body = orjson.loads(found.body) if found and found.body else {}
    return write({**body, "DOI": doi}) if body else {}


def record(
    doi: str | None, attributes: Mapping[str, Any], state: str, prefix: str | None
) -> tuple[dict[str, Any], list[Problem]]:
    """The record of a deposit that these attributes ask for, and what is wrong with them."""
    named = {**attributes, "doi": doi or f"{prefix or '10.5555'}/0"}
    body, problems = read(named)
    told: dict[str, Any] = {"state": state, "metadata": body}
    if doi is not None:
        return told | {"doi": doi}, problems
    body.pop("DOI", None)
    return told | {"mint": True} | ({"prefix": prefix} if prefix else {}), problems


def says_metadata(attributes: Mapping[str, Any]) -> bool:
    """Whether attributes say anything about the object, not only what to do with its DOI."""
    return bool(attributes.keys() - DROPPED - {"doi"})


def document(doi: str, state: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON:API document of a DOI; its relationships stand at the top too."""
    prefix, _, suffix = doi.partition("/")
    relationships = {"media": {"data": []}, "references": {"data": []}, "citations": {"data": []}}
    told: dict[str, Any] = {
        "doi": doi,
        "prefix": prefix,
        "suffix": suffix,
        "identifiers": [],
        "creators": [],
        "titles": [],
        "publisher": None,
        "publicationYear": None,
        "types": {},
        "url": None,
    }
    told.update(attributes)
    told.update(doi=doi, state=state, isActive=state == "findable")
    return {"id": doi, "type": "dois", "attributes": told, "relationships": relationships}


async def told(db: AsyncConnection[Any], doi: str, state: str) -> dict[str, Any]:
    """The JSON:API document of a DOI as it is answered."""
    data = document(doi, state, await attributes_of(db, doi))
    return {"data": data, "relationships": data["relationships"]}


def tag(content: Any) -> str:
    """The tag of a document, by what it says: the same content has the same one.

    >>> tag({"a": 1}) == tag({"a": 1}), tag({"a": 1}) == tag({"a": 2})
    (True, False)
    """
    return item_etag(orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode())
