"""References, abstracts and identifiers of a release, in fatcat's form and in ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha1
from typing import Any, Final

from nexus_hub.catalog.fatcat.forms import Form
from nexus_hub.catalog.fatcat.lenses import (
    Lens,
    View,
    bare_named,
    overridden,
    overrides,
    text,
)
from nexus_hub.catalog.fatcat.shapes import FOLDED, SCHEMES
from nexus_hub.catalog.shape import ABSENT
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise

_YEAR: Final = re.compile("0|-?[1-9][0-9]{0,9}")

# ------------------------------------------------------------------ references


def _show_year(value: Any) -> View:
    is_year = isinstance(value, str) and _YEAR.fullmatch(value) and abs(int(value)) < 2**31
    return {"year": int(value)} if is_year else {}


def _make_year(view: View) -> Any:
    return str(view["year"]) if "year" in view else ABSENT


def _show_doi(value: Any) -> View:
    return {"extra/doi": value} if isinstance(value, str) else {}


def _make_doi(view: View) -> Any:
    given = view.get("extra/doi", ABSENT)
    return given if given is ABSENT else _normal("doi", given) or given


REFERENCE: Final = Form(
    (
        text("key", "key"),
        text("journal-title", "container_name"),
        text("article-title", "title"),
        text("first-page", "locator"),
        bare_named("croid", "target_release_id"),
        Lens("year", ("year",), _show_year, _make_year),
        Lens("DOI", ("extra/doi",), _show_doi, _make_doi),
        *(text(name, f"extra/{name}") for name in ("issue", "unstructured", "volume")),
    ),
    ("index", "extra/doi"),
)


def to_refs(references: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reference list in its order."""
    return [REFERENCE.to_entity(each, {"index": n}) for n, each in enumerate(references)]


def from_refs(refs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reference list in its order; one without an index has that of its place."""
    return [REFERENCE.to_body({"index": n, **each}, {"index": n}) for n, each in enumerate(refs)]


# ------------------------------------------------------------------ abstracts


def _guess(content: str) -> View:
    is_jats = content.startswith("<jats:")
    return {"mimetype": "application/xml+jats" if is_jats else "text/plain"}


def _digested(abstract: View) -> dict[str, Any]:
    digest = sha1(abstract["content"].encode(), usedforsecurity=False).hexdigest()
    return {"sha1": digest, **abstract}


def to_abstracts(body: Mapping[str, Any], ours: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The abstract of the body, then those under `nexus`."""
    abstracts = []
    if isinstance(content := body.get("abstract"), str) and content.strip():
        described = overridden(_guess(content), ours.get("abstract", {}))
        abstracts.append(_digested({"content": content, **described}))
    return abstracts + [_digested(each) for each in ours.get("abstracts", [])]


def from_abstracts(abstracts: list[dict[str, Any]]) -> tuple[str | None, View]:
    """The abstract of the body, and what lies under `nexus` of it and of others."""
    if not abstracts:
        return None, {}
    bare = [{k: v for k, v in each.items() if k != "sha1"} for each in abstracts]
    content = bare[0].pop("content")
    described = overrides(bare[0], _guess(content))
    ours = {"abstract": described} if described else {}
    return content, {**ours, **({"abstracts": bare[1:]} if bare[1:] else {})}


# ------------------------------------------------------------------ identifiers


def _normal(name: str, text: Any) -> str | None:
    try:
        return normalise(SCHEMES[name], text) if isinstance(text, str) else None
    except MalformedIdentifier:
        return None


def first_isbn(body: Mapping[str, Any]) -> str | None:
    """The first ISBN of a body, if it is one."""
    isbns = body.get("ISBN")
    given = isbns[0] if isinstance(isbns, list) and isbns else None
    return given if given == _normal("isbn13", given) else None


def to_ext_ids(body: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, str]:
    """All identifiers, as they were given where that is known."""
    ids = {"doi": body.get("DOI"), "isbn13": first_isbn(body), **ours.get("ext_ids", {})}
    known = {name: value for name, value in ids.items() if value and _normal(name, value) == value}
    given = ours.get("ids_as_given", {})
    return known | {
        name: given[name]
        for name in given
        if name in known and _normal(name, given[name]) == known[name]
    }


def from_ext_ids(ext_ids: Mapping[str, str]) -> tuple[str | None, str | None, View]:
    """The DOI, the ISBN, and what lies under `nexus`: the others, and how any was written."""
    normal = {name: normalise(SCHEMES[name], value) for name, value in ext_ids.items()}
    given = {
        name: value
        for name, value in ext_ids.items()
        if value != normal[name] and name not in FOLDED
    }
    doi, isbn = normal.pop("doi", None), normal.pop("isbn13", None)
    ours = {"ext_ids": normal} if normal else {}
    return doi, isbn, {**ours, **({"ids_as_given": given} if given else {})}
