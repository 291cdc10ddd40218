"""What an object of each kind may hold: one declaration for validation, schemas and projections.

Creators, containers, works, files, filesets and web captures have the members of fatcat's entities
(fatcat-openapi-client 0.5.0), but that other objects are named by CROID: `releases: [{croid}]`.
A release is a Crossref work, an organisation a ROR record; each has its own module.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from nexus_hub.catalog.canonical import Problem, RefusedRecordError
from nexus_hub.catalog.crossref import normalise_work
from nexus_hub.catalog.funder import is_funder_body
from nexus_hub.catalog.kind_shapes import (
    MD5,
    MOMENT,
    SEVERAL_NAMED,
    SHA1,
    SHA256,
    SIZE,
    STATUS_CODE,
    Identifier,
    Known,
)
from nexus_hub.catalog.release import DETAILS, PARTS, RELEASE, check_release
from nexus_hub.catalog.ror import read_funder_record, read_record
from nexus_hub.catalog.ror_shapes import SCHEMA_2
from nexus_hub.catalog.shape import ABSENT, OBJECT, TEXT, Record, Several, Shape

Reading = tuple[dict[str, Any], list[Problem]]

ISSN: Final = Identifier("issn")
WIKIDATA: Final = Identifier("wikidata")
_HASHES: Final[dict[str, Shape]] = {"md5": MD5, "sha1": SHA1, "sha256": SHA256}
_URLS: Final = Several(Known({"url": TEXT, "rel": TEXT}, required=("url", "rel")))
_STORED: Final[dict[str, Shape]] = {
    "content_scope": TEXT,
    "releases": SEVERAL_NAMED,
    "extra": OBJECT,
}
"""What every stored copy of a release says: of which releases, how much of them."""

CREATOR: Final = Known(
    {
        **dict.fromkeys(("display_name", "given_name", "surname"), TEXT),
        "orcid": Identifier("orcid"),
        "wikidata_qid": WIKIDATA,
        "extra": OBJECT,
    },
    required=("display_name",),
)
CONTAINER: Final = Known(
    {
        **dict.fromkeys(("name", "container_type", "publication_status", "publisher"), TEXT),
        **dict.fromkeys(("issnl", "issne", "issnp"), ISSN),
        "wikidata_qid": WIKIDATA,
        "extra": OBJECT,
    },
    required=("name",),
)
WORK: Final = Known({"extra": OBJECT})
FILE: Final = Known({**_STORED, **_HASHES, "size": SIZE, "mimetype": TEXT, "urls": _URLS})
MANIFEST_ENTRY: Final = Known(
    {**_HASHES, "path": TEXT, "size": SIZE, "mimetype": TEXT, "extra": OBJECT},
    required=("path", "size"),
)
FILESET: Final = Known({**_STORED, "manifest": Several(MANIFEST_ENTRY), "urls": _URLS})
CDX_ROW: Final = Known(
    {
        **dict.fromkeys(("surt", "url", "mimetype"), TEXT),
        "timestamp": MOMENT,
        "status_code": STATUS_CODE,
        "size": SIZE,
        "sha1": SHA1,
        "sha256": SHA256,
    },
    required=("surt", "timestamp", "url", "sha1"),
)
WEBCAPTURE: Final = Known(
    {
        **_STORED,
        "cdx": Several(CDX_ROW),
        "archive_urls": _URLS,
        "original_url": TEXT,
        "timestamp": MOMENT,
    },
    required=("original_url", "timestamp"),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its shape, the members that are stored as parts, how its body is read.

    `details` are members that lie in one part together, since they seldom change.
    `columns` says of each table of its projection which member a column shows; `*` stands for the
    place in a list, which is the table's `position`.
    """

    shape: Record
    parts: tuple[str, ...] = ()
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    read: Callable[[Any], Reading] | None = None
    details: frozenset[str] = frozenset()


def _columns(prefix: str, names: str, **others: str) -> dict[str, str]:
    """Columns that are called as their member, and others."""
    return {name: f"{prefix}/{name}" for name in names.split()} | others


def _stored_tables(kind: str, urls: str) -> dict[str, dict[str, str]]:
    return {
        f"{kind}_url": _columns(f"/{urls}/*", "url rel"),
        f"{kind}_release": {"release_croid": "/releases/*/croid"},
    }


_HASH_NAMES: Final = " ".join(_HASHES)


def _read_release(body: Any) -> Reading:
    read, problems = normalise_work(body, may_have_traces=False, shape=RELEASE, required=())
    return read, check_release(read, problems)


def _read_organisation(body: Any) -> Reading:
    try:
        record = read_funder_record(body) if is_funder_body(body) else read_record(body)
    except RefusedRecordError as refusal:
        return {}, [refusal.problem]
    return record.record, list(record.problems)


KINDS: Final[dict[str, Kind]] = {
    "release": Kind(
        RELEASE,
        PARTS,
        {
            "release": {
                "work_croid": "/work/croid",
                "container_croid": "/container/croid",
                "release_type": "/nexus/release_type",
                "release_stage": "/nexus/release_stage",
                "withdrawn_status": "/nexus/withdrawn_status",
                "withdrawn_on": "/nexus/withdrawn_date",
                "withdrawn_year": "/nexus/withdrawn_year",
            },
        },
        _read_release,
        DETAILS,
    ),
    "organisation": Kind(SCHEMA_2, read=_read_organisation),
    "creator": Kind(
        CREATOR,
        columns={
            "creator": _columns("", "display_name given_name surname orcid wikidata_qid"),
        },
    ),
    "container": Kind(
        CONTAINER,
        columns={
            "container": _columns(
                "", "name container_type publication_status publisher issnl wikidata_qid"
            ),
        },
    ),
    "work": Kind(WORK, columns={"work": {}}),
    "file": Kind(
        FILE,
        ("urls",),
        {
            "file": _columns("", f"{_HASH_NAMES} mimetype content_scope", size_bytes="/size"),
            **_stored_tables("file", "urls"),
        },
    ),
    "fileset": Kind(
        FILESET,
        ("manifest", "urls"),
        {
            "fileset": _columns("", "content_scope"),
            "fileset_file": _columns(
                "/manifest/*", f"path {_HASH_NAMES} mimetype", size_bytes="/manifest/*/size"
            ),
            **_stored_tables("fileset", "urls"),
        },
    ),
    "webcapture": Kind(
        WEBCAPTURE,
        ("archive_urls", "cdx"),
        {
            "webcapture": _columns("", "original_url content_scope", captured_at="/timestamp"),
            "webcapture_cdx": _columns(
                "/cdx/*",
                "surt url mimetype status_code sha1 sha256",
                captured_at="/cdx/*/timestamp",
                size_bytes="/cdx/*/size",
            ),
            **_stored_tables("webcapture", "archive_urls"),
        },
    ),
}
"""Every kind of object, by name."""


def validate(kind: str, body: Any) -> Reading:
    """The clean body that an edit proposes, and what is wrong with it.

    Identifiers and dates are in their normal forms, nulls and unknown members are left out. Where a
    problem is an error, the body must not be stored. Validating a clean body changes nothing.

    >>> validate("creator", {"display_name": "A. Ng", "orcid": "0000-0002-1825-0097", "age": 7})[0]
    {'display_name': 'A. Ng', 'orcid': '0000-0002-1825-0097'}
    >>> [problem.code for problem in validate("container", {"issnl": "0378-5954"})[1]]
    ['malformed-issn', 'missing-name']
    """
    declared = KINDS[kind]
    if declared.read is not None:
        return declared.read(body)
    problems: list[Problem] = []
    read = declared.shape.read(body, None, problems)
    return {} if read is ABSENT else read, problems


def schema(kind: str) -> dict[str, Any]:
    """The body of a kind as JSON Schema (2020-12)."""
    return KINDS[kind].shape.schema()
