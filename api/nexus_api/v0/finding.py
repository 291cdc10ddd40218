"""Which live entity an identifier names, told by exactly one parameter of a query."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection

from nexus_api.problems import invalid
from nexus_api.v0.asking import AnyRequest, word
from nexus_hub.aquilo.errors import ValidationFailed
from nexus_hub.catalog.fatcat.shapes import SCHEMES
from nexus_hub.catalog.queries import entity as q
from nexus_hub.catalog.queries.models import Kind
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.croid.identifiers import normalise

Database = AsyncConnection[Any]
HASH_BITS: Final = {"md5": 128, "sha1": 160, "sha256": 256}
MEDIA: Final = {"issn": None, "issnl": "linking", "issne": "electronic", "issnp": "print"}
PARAMETERS: Final[dict[Kind, dict[str, str]]] = {
    Kind.RELEASE: SCHEMES,
    Kind.CREATOR: {"orcid": "orcid", "wikidata_qid": "wikidata"},
    Kind.CONTAINER: {**dict.fromkeys(MEDIA, "issn"), "wikidata_qid": "wikidata"},
    Kind.FILE: {name: name for name in HASH_BITS},
}
"""By what entities are found: parameters with their schemes, or hashes."""


async def find(db: Database, kind: Kind, request: AnyRequest) -> UUID:
    """The entity. Raises `ValidationFailed`, `MalformedIdentifier`, `NoSuchObject`."""
    known = PARAMETERS.get(kind, {})
    given = {name: value for name in known if (value := word(request, name)) is not None}
    if len(given) != 1:
        raise ValidationFailed(
            f"one of {', '.join(known) or 'no parameters'} is expected; given: "
            f"{', '.join(given) or 'none'}"
        )
    ((name, value),) = given.items()
    croid = await _find(db, kind, name, value)
    if croid is None:
        raise NoSuchObject(f"no live {kind.value} has the {name} {value[:200]!r}")
    return croid


async def _find(db: Database, kind: Kind, name: str, value: str) -> UUID | None:
    if kind == Kind.FILE:
        hashes = dict.fromkeys(HASH_BITS) | {name: _digest(name, value)}
        return await q.entity_find_by_hash_async(db, **hashes)
    scheme = PARAMETERS[kind][name]
    normal = normalise(scheme, value)
    if scheme == "issn":
        return await q.entity_find_by_issn_async(db, issn=normal, medium=MEDIA[name])
    return await q.entity_find_by_identifier_async(db, scheme=scheme, value=normal, kind=kind)


def _digest(name: str, value: str) -> bytes:
    digits = HASH_BITS[name] // 4
    try:
        read = bytes.fromhex(value) if len(value) == digits else b""
    except ValueError:
        read = b""
    if len(read) * 2 != digits:
        raise invalid(name, value[:200], f"{digits} hexadecimal digits")
    return read
