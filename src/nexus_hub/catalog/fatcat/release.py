"""A release as fatcat's entity and as a Crossref work, without loss either way.

What fatcat has no field for travels in `extra.nexus`; what Crossref has no member for lies under
`nexus`. What is in both is the entity's to say: a change of it wins over what travelled.
"""

from __future__ import annotations

from typing import Any, Final

from nexus_hub.catalog.fatcat.forms import Form
from nexus_hub.catalog.fatcat.lenses import (
    ISSUED,
    OURS,
    Lens,
    View,
    first,
    inner,
    named,
    same,
    text,
)
from nexus_hub.catalog.fatcat.parts import (
    first_isbn,
    from_abstracts,
    from_ext_ids,
    from_refs,
    to_abstracts,
    to_ext_ids,
    to_refs,
)
from nexus_hub.catalog.fatcat.people import MEMBERS, from_contribs, to_contribs
from nexus_hub.catalog.fatcat.types import TYPE
from nexus_hub.catalog.shape import ABSENT

_LENSES: Final[tuple[Lens, ...]] = (
    first("title", "title"),
    first("subtitle", "subtitle"),
    first("original-title", "original_title"),
    first("container-title", "extra/container_name"),
    named("work", "work_id"),
    named("container", "container_id"),
    TYPE,
    ISSUED,
    text("page", "pages"),
    *(text(name, name) for name in ("volume", "issue", "publisher", "language")),
    inner("version", "version", "version"),
)
_FORM: Final = Form(
    _LENSES,
    (
        *("release_type", "release_stage", "release_year", "number", "license_slug"),
        *("withdrawn_status", "withdrawn_date", "withdrawn_year"),
    ),
)
_LISTS: Final = ("contribs", "refs", "abstracts", "ext_ids")
"""The fields that have forms of their own."""


def to_entity(body: dict[str, Any]) -> dict[str, Any]:
    """The entity of a release, without what is empty; `ext_ids` is always there."""
    given = body.get(OURS, {})
    people = {name: body.get(name, []) for name in MEMBERS[:-1]}
    abstracts = to_abstracts(body, given)
    ext_ids = to_ext_ids(body, given)
    lists = {
        "contribs": to_contribs({**people, "contributor": given.get("contributor", [])}),
        "refs": to_refs(body.get("reference", [])),
        "abstracts": abstracts,
    }
    said, ours = _join(people, body.get("reference", []), abstracts, ext_ids)
    ours |= {"contributor": given["contributor"]} if given.get("contributor") else {}
    rest = {name: value for name, value in body.items() if not same(said.get(name, ABSENT), value)}
    left = {name: value for name, value in given.items() if not same(ours.get(name, ABSENT), value)}
    if given:
        del rest[OURS]
    if left:
        rest[OURS] = left
    entity = _FORM.to_entity(rest, {})
    return {**entity, "ext_ids": ext_ids, **{k: v for k, v in lists.items() if v}}


def from_entity(entity: dict[str, Any]) -> dict[str, Any]:
    """The body of a release, of an entity whose members are right."""
    if "release_date" in entity:
        entity = {"release_year": int(entity["release_date"][:4]), **entity}
    people = from_contribs(entity.get("contribs", []))
    contributors = people.pop("contributor", None)
    said, ours = _join(
        people,
        from_refs(entity.get("refs", [])),
        entity.get("abstracts", []),
        entity.get("ext_ids", {}),
    )
    fields = {name: value for name, value in entity.items() if name not in _LISTS}
    body = _FORM.to_body(fields, {})
    isbns = said.pop("ISBN", None)
    if first_isbn(body) != (isbns[0] if isbns else None):
        body.pop("ISBN", None)
    if isbns:
        body.setdefault("ISBN", isbns)
    ours |= {"contributor": contributors} if contributors else {}
    body |= said
    if ours:
        body[OURS] = {**body.get(OURS, {}), **ours}
    return body


def _join(
    people: dict[str, Any],
    references: list[dict[str, Any]],
    abstracts: list[dict[str, Any]],
    ext_ids: dict[str, str],
) -> tuple[dict[str, Any], View]:
    """The members that lists and identifiers make, and what they make under `nexus`."""
    content, described = from_abstracts(abstracts)
    doi, isbn, identified = from_ext_ids(ext_ids)
    said = {
        **people,
        "reference": references,
        "abstract": content,
        "DOI": doi,
        "ISBN": [isbn] if isbn else None,
    }
    return {name: value for name, value in said.items() if value}, {**described, **identified}
