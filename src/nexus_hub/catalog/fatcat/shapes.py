"""What fatcat's entities look like: the members that the catalogue keeps, and those it passes over.

After the models of fatcat-openapi-client 0.5.0. Kinds whose bodies have fatcat's members take them
from `kinds`, but for how other objects are named; a release is described here.
"""

from __future__ import annotations

from typing import Any, Final

from nexus_hub.catalog.crossref_members import EXT_IDS
from nexus_hub.catalog.fatcat.idents import MalformedIdentError, from_ident, to_ident
from nexus_hub.catalog.kind_shapes import DAY, SHA1, YEAR, Checked, Identifier, Known, Term, Whole
from nexus_hub.catalog.kinds import KINDS
from nexus_hub.catalog.shape import ABSENT, OBJECT, TEXT, Place, Problems, Several, Shape, report
from nexus_hub.catalog.vocabularies import (
    CONTRIBUTOR_ROLES,
    RELEASE_STAGES,
    RELEASE_TYPES,
    WITHDRAWN_STATUSES,
)


class Ident(Checked):
    """Another entity, by its identifier."""

    expected = "identifier of fatcat"
    code = "malformed-ident"

    def normal(self, text: str) -> str | None:
        """The identifier in lower case."""
        try:
            return to_ident(from_ident(text))
        except MalformedIdentError:
            return None


class AsGiven(Identifier):
    """An identifier that is checked, and kept as it is written."""

    def normal(self, text: str) -> str | None:
        """The text itself."""
        return None if super().normal(text) is None else text


class _Ignored(Shape):
    """A member that is no content: what the server says around an entity."""

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Leave it out."""
        return ABSENT


class Extra(Shape):
    """Members of anybody's choice; what travels under `nexus` is ours."""

    expected = OBJECT.expected

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the object if `nexus` is an object in it, or absent; an empty one is none."""
        if type(value) is not dict:
            return self.refuse(value, place, problems)
        if type(value.get("nexus", {})) is not dict:
            report(problems, (place, "nexus"), "wrong-type", "an object expected", "error")
            return ABSENT
        return value or ABSENT

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": "object"}


IDENT: Final = Ident()
EXTRA: Final = Extra()
INT: Final = Whole("bad-number", 1 - 2**31, 2**31 - 1)
_AROUND: Final[dict[str, Shape]] = dict.fromkeys(
    ("state", "ident", "revision", "redirect", "edit_extra"), _Ignored()
)


def _texts(*names: str) -> dict[str, Shape]:
    return dict.fromkeys(names, TEXT)


CONTRIB: Final = Known(
    {
        "index": INT,
        "creator_id": IDENT,
        **_texts("raw_name", "given_name", "surname", "raw_affiliation"),
        "role": Term("contributor_role", CONTRIBUTOR_ROLES),
        "extra": EXTRA,
        "creator": _Ignored(),
    }
)
REF: Final = Known(
    {
        "index": INT,
        "target_release_id": IDENT,
        **_texts("key", "container_name", "title", "locator"),
        "year": INT,
        "extra": EXTRA,
    }
)
ABSTRACT: Final = Known({"sha1": SHA1, **_texts("content", "mimetype", "lang")}, ("content",))
FOLDED: Final = ("doi", "hdl")
"""Identifiers that fatcat keeps in their normal form; others it keeps as they are written."""

SCHEMES: Final = {
    "doi": "doi",
    "isbn13": "isbn",
    **{name: shape.scheme for name, shape in EXT_IDS.items() if isinstance(shape, Identifier)},
}
"""The scheme of each external identifier of a release."""

RELEASE: Final = Known(
    {
        **_AROUND,
        **dict.fromkeys(("container", "files", "filesets", "webcaptures"), _Ignored()),
        **_texts("title", "subtitle", "original_title", "volume", "issue", "pages", "number"),
        **_texts("version", "publisher", "language", "license_slug"),
        **dict.fromkeys(("work_id", "container_id"), IDENT),
        "release_type": Term("release_type", RELEASE_TYPES),
        "release_stage": Term("release_stage", RELEASE_STAGES),
        "withdrawn_status": Term("withdrawn_status", WITHDRAWN_STATUSES),
        **dict.fromkeys(("release_date", "withdrawn_date"), DAY),
        **dict.fromkeys(("release_year", "withdrawn_year"), YEAR),
        "ext_ids": Known(
            {
                name: Identifier(scheme) if name in FOLDED else AsGiven(scheme)
                for name, scheme in SCHEMES.items()
            }
        ),
        "contribs": Several(CONTRIB),
        "refs": Several(REF),
        "abstracts": Several(ABSTRACT),
        "extra": EXTRA,
    },
    required=("title",),
)


def _entity(kind: str) -> Known:
    shape = KINDS[kind].shape
    assert isinstance(shape, Known)  # noqa: S101
    members = {**_AROUND, **shape.members}
    if "releases" in members:
        members |= {"releases": _Ignored(), "release_ids": Several(IDENT)}
    return Known(members, shape.required)


ENTITIES: Final[dict[str, Known]] = {
    "release": RELEASE,
    **{
        kind: _entity(kind)
        for kind in ("work", "container", "creator", "file", "fileset", "webcapture")
    },
}
"""The entities of each of fatcat's kinds."""
