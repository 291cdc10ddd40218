"""Release bodies as RO-Crate metadata: a detached crate that says what the release is.

The root of the crate is the link of the DOI, and everything beside it an entity of its own, as flat
JSON-LD wants it. Rule: RO-Crate 1.1, with an absolute root as 1.2 allows for detached crates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nexus_hub.aquilo import csl, schema_org

VERSION = "https://w3id.org/ro/crate/1.2"
UNKNOWN_DATE = "0001-01-01"
_NAMES = frozenset({"@context", "@id"})
_CALLED: Mapping[str, str] = {"encoding": "hasPart"}
"""Files are parts of a crate."""


def metadata(body: Mapping[str, Any], croid: str | None = None) -> dict[str, Any]:
    """The content of `ro-crate-metadata.json` for one release.

    A crate has to have a name, a date and a licence: what the record does not say is said to be
    not known.

    >>> told = metadata({"DOI": "10.5555/1", "type": "dataset", "title": ["T"]})
    >>> [entity["@id"] for entity in told["@graph"]][:2]
    ['ro-crate-metadata.json', 'https://doi.org/10.5555/1']
    """
    work = schema_org.work(body, croid)
    entities: dict[str, dict[str, Any]] = {}
    root_id = work.get("@id") or f"urn:croid:{croid or 'unknown'}"
    root = {"@id": root_id, "@type": ["Dataset"]}
    root |= {
        _CALLED.get(name, name): _flat(value, f"#{name}", entities)
        for name, value in work.items()
        if name not in _NAMES
    }
    root["@type"] = list(dict.fromkeys(["Dataset", work["@type"]]))
    root.setdefault("name", root_id)
    root.setdefault("description", root["name"])
    root["datePublished"] = root.get("datePublished", UNKNOWN_DATE)
    root["license"] = _licence(work, entities)
    if doi := csl.item(body).get("DOI"):
        root["cite-as"] = csl.doi_url(doi)
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": VERSION},
        "about": {"@id": root_id},
    }
    # A work that cites itself is the root already.
    entities.pop(root_id, None)
    graph = [descriptor, root, *entities.values()]
    return {"@context": f"{VERSION}/context", "@graph": graph}


def _flat(value: Any, name: str, entities: dict[str, dict[str, Any]]) -> Any:
    """A value with the objects in it moved into entities and named by their ids."""
    if isinstance(value, list):
        return [_flat(one, f"{name}-{n}", entities) for n, one in enumerate(value, 1)]
    if not isinstance(value, Mapping):
        return value
    key = str(value.get("@id") or value.get("contentUrl") or name)
    told = {
        member: _flat(inner, f"{key if key.startswith('#') else name}-{member}", entities)
        for member, inner in value.items()
        if member != "@id"
    }
    if told.get("@type") == "MediaObject":
        told["@type"] = "File"
    entities[key] = {"@id": key, **told, **entities.get(key, {})}
    return {"@id": key}


def _licence(work: Mapping[str, Any], entities: dict[str, dict[str, Any]]) -> Any:
    urls = work.get("license", [])
    for url in urls:
        entities.setdefault(url, {"@id": url, "@type": "CreativeWork", "name": url})
    return [{"@id": url} for url in urls] or "No licence is known."
