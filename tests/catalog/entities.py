"""Entities of fatcat, made up: any that is valid, in the form in which fatcat gives them out."""

from __future__ import annotations

from hashlib import sha1
from typing import Any

from hypothesis import strategies as st

from catalog.bodies import (
    BODIES,
    DAYS,
    DOIS,
    EXT_IDS,
    EXTRA,
    ISBNS,
    NAME,
    ROLES,
    STAGES,
    STATUSES,
    TEXT,
    TYPES,
    UUIDS,
    YEARS,
)
from catalog.test_crossref import ODD_MEMBERS
from nexus_hub.catalog.crossref_forms import TYPES as WORK_TYPES
from nexus_hub.catalog.fatcat import to_fatcat
from nexus_hub.catalog.fatcat.idents import to_ident
from nexus_hub.croid.codec import encode

Entity = dict[str, Any]
RESERVED = {"nexus", "container_name"}

IDENTS = UUIDS.map(to_ident)
INDEXES = st.integers(-2, 5) | st.integers(1 - 2**31, 2**31 - 1)


def fields(required: dict[str, Any], **optional: Any) -> st.SearchStrategy[Entity]:
    return st.fixed_dictionaries(required, optional=optional)


def extra_with(**names: Any) -> st.SearchStrategy[Entity]:
    return st.builds(lambda one, two: {**one, **two}, EXTRA, fields({}, **names))


CONTRIBS = st.lists(
    fields(
        {"index": INDEXES},
        creator_id=IDENTS,
        raw_name=TEXT | st.just("A B"),
        given_name=st.just("A") | TEXT,
        surname=st.just("B") | TEXT,
        role=ROLES,
        raw_affiliation=TEXT,
        extra=EXTRA,
    ),
    max_size=4,
    unique_by=lambda contrib: contrib["index"],
).map(lambda contribs: sorted(contribs, key=lambda contrib: contrib["index"]))
REFS = st.lists(
    fields(
        {"index": INDEXES},
        target_release_id=IDENTS,
        key=TEXT,
        year=st.integers(1 - 2**31, 2**31 - 1) | YEARS,
        container_name=TEXT,
        title=TEXT,
        locator=TEXT,
        extra=extra_with(
            doi=DOIS | st.just("10.5555/ABC") | TEXT,
            unstructured=TEXT,
            volume=TEXT | st.integers(0, 9),
            issue=TEXT,
        ),
    ),
    max_size=3,
)


def digested(abstract: Entity) -> Entity:
    return {**abstract, "sha1": sha1(abstract["content"].encode()).hexdigest()}


ABSTRACTS = st.lists(
    fields(
        {"content": NAME | st.just("<jats:p>A</jats:p>")},
        mimetype=st.sampled_from(["text/plain", "application/xml+jats", "text/html"]),
        lang=st.sampled_from(["en", "de"]),
    ).map(digested),
    max_size=3,
)
WRITTEN_ISBNS = ISBNS | ISBNS.map(lambda text: f"{text[:3]}-{text[3:]}")
ALL_IDS = fields(
    {},
    doi=DOIS,
    isbn13=WRITTEN_ISBNS,
    **EXT_IDS | {"arxiv": EXT_IDS["arxiv"] | st.just("math.CA/0611800v2")},
)


def dated(entity: Entity) -> Entity:
    """With the year, which fatcat takes from the date where it is not given."""
    if "release_date" in entity:
        return {"release_year": int(entity["release_date"][:4]), **entity}
    return entity


def full(entity: Entity) -> Entity:
    return {name: value for name, value in entity.items() if value != []}


RELEASES = (
    fields(
        {"title": NAME, "ext_ids": ALL_IDS},
        **dict.fromkeys(("subtitle", "original_title", "volume", "issue", "pages"), TEXT),
        **dict.fromkeys(("number", "version", "publisher", "language", "license_slug"), TEXT),
        work_id=IDENTS,
        container_id=IDENTS,
        release_type=TYPES,
        release_stage=STAGES,
        release_date=DAYS,
        release_year=YEARS,
        withdrawn_status=STATUSES,
        withdrawn_date=DAYS,
        withdrawn_year=YEARS,
        contribs=CONTRIBS,
        refs=REFS,
        abstracts=ABSTRACTS,
        extra=extra_with(container_name=TEXT, crossref=EXTRA),
    )
    .map(dated)
    .map(full)
)

DATES = st.fixed_dictionaries(
    {
        "date-parts": st.lists(
            st.lists(st.integers(-1, 13) | st.integers(1900, 2100), max_size=3), max_size=2
        )
    }
)
SOME_TEXTS = st.lists(TEXT, max_size=2)
PEOPLE = st.lists(
    fields(
        {},
        **dict.fromkeys(("given", "family", "name", "suffix", "sequence", "colour"), TEXT),
        ORCID=st.just("https://orcid.org/0000-0002-1825-0097"),
        croid=UUIDS.map(encode),
        affiliation=st.lists(fields({}, name=TEXT, place=SOME_TEXTS), max_size=2),
    ),
    max_size=3,
)
REFERENCES = st.lists(
    fields(
        {},
        DOI=DOIS | TEXT,
        year=YEARS.map(str) | TEXT,
        croid=UUIDS.map(encode),
        **dict.fromkeys(("key", "unstructured", "volume", "author", "article-title"), TEXT),
        **dict.fromkeys(("journal-title", "first-page", "colour"), TEXT),
    ),
    max_size=3,
)
WORKS = st.builds(
    lambda odd, work: {**odd, **work},
    ODD_MEMBERS,
    fields(
        {"DOI": DOIS | DOIS.map(str.upper), "type": st.sampled_from(sorted(WORK_TYPES)) | TEXT},
        **dict.fromkeys(("author", "editor", "chair", "translator"), PEOPLE),
        **dict.fromkeys(("title", "subtitle", "original-title", "container-title"), SOME_TEXTS),
        issued=DATES,
        reference=REFERENCES,
        abstract=TEXT | st.just("<jats:p>A</jats:p>"),
        ISBN=st.lists(ISBNS | TEXT, max_size=2),
        version=fields({}, version=TEXT, language=TEXT),
        work=fields({}, croid=UUIDS.map(encode), colour=TEXT),
        nexus=fields(
            {},
            release_type=TYPES,
            release_stage=STAGES,
            release_year=YEARS,
            ext_ids=fields({}, **EXT_IDS),
            extra=st.dictionaries(NAME.filter(lambda name: name not in RESERVED), TEXT, max_size=2),
            contributor=st.just([]),
            colour=TEXT,
        ),
    ),
)
"""Works of Crossref, odd ones among them, as they may be deposited."""

ENTITIES: dict[str, st.SearchStrategy[Entity]] = {
    "release": RELEASES,
    **{
        kind: bodies.map(lambda body, kind=kind: to_fatcat(kind, body))
        for kind, bodies in BODIES.items()
    },
}
"""Any entity of each kind, without nulls and what is empty."""
