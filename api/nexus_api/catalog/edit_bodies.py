"""Edits as they are sent, read into what the catalogue takes; each fault is named in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, NamedTuple, TypeVar
from uuid import UUID

import msgspec
from litestar import Request

from nexus_api.ids import read_id
from nexus_api.problems import Fault, Refused
from nexus_hub.aquilo.errors import UnsupportedMediaType, ValidationFailed
from nexus_hub.catalog.canonical import Problem, RefusedRecordError, decode
from nexus_hub.catalog.editing import Edit
from nexus_hub.catalog.errors import BadEdit, BadRecord
from nexus_hub.catalog.kinds import validate
from nexus_hub.catalog.queries.models import Kind
from nexus_hub.croid.codec import decode as decode_croid
from nexus_hub.croid.errors import MalformedCroid

MOST_EDITS = 10_000
MOST_FAULTS = 100
MOST_WARNINGS = 1000
Read = TypeVar("Read", bound=msgspec.Struct)
Description = Annotated[str, msgspec.Meta(max_length=10_000)]
_PLACE = re.compile(r" - at `\$([^`]*)`$")
_STEP = re.compile(r"\.?([^.\[\]]+)")


class EditBody(msgspec.Struct, forbid_unknown_fields=True):
    """One edit as it is sent; which members it has follows from its action."""

    action: Literal["create", "update", "revert", "redirect", "delete"]
    kind: Kind | None = None
    croid: str | None = None
    record: Any = None
    revision: str | None = None
    into: str | None = None
    expect: str | None = None
    extra: dict[str, Any] | None = None


NEEDED = {
    "create": ("kind", "record"),
    "update": ("croid", "record"),
    "revert": ("croid", "revision"),
    "redirect": ("croid", "into"),
    "delete": ("croid",),
}
"""The members that an edit of each action must have."""

ALLOWED = {
    action: {*needed, "kind", "croid", *(() if action == "create" else ("expect",))}
    for action, needed in NEEDED.items()
}
"""The members that it may have beside `action` and `extra`."""


class Draft(NamedTuple):
    """An edit whose members were read, but for its record; `place` is a JSON Pointer to it."""

    edit: Edit
    record: Any
    place: str


@dataclass
class Faults:
    """What is wrong with the edits of one request; anything at all refuses them all."""

    of_edits: list[Fault] = field(default_factory=list)
    of_records: list[Fault] = field(default_factory=list)

    def settle(self) -> None:
        """Raise `Refused` where anything is wrong."""
        told = (self.of_edits + self.of_records)[:MOST_FAULTS]
        if told:
            error = BadEdit if self.of_edits else BadRecord
            detail = f"{told[0].pointer}: {told[0].message}".removeprefix(": ")
            raise Refused(error(detail), told)


async def read_json(request: Request[Any, Any, Any], *, may_lack: bool = False) -> Any:
    """The body of a request as canonical JSON values; `{}` where there is none and that may be.

    Raises `Refused` or `UnsupportedMediaType`.
    """
    raw = await request.body()
    if may_lack and not raw.strip():
        return {}
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type and media_type != "application/json" and not media_type.endswith("+json"):
        raise UnsupportedMediaType(f"{media_type[:100]!r}; edits are application/json")
    try:
        return decode(raw)
    except RefusedRecordError as refusal:
        fault = _fault(refusal.problem, "")
        detail = f"the body is not JSON that can be kept: {refusal.problem.detail}"
        raise Refused(ValidationFailed(detail), [fault]) from refusal


def read_body(value: Any, into: type[Read]) -> Read:
    """The members of a body. Raises `Refused`."""
    try:
        return msgspec.convert(value, into)
    except msgspec.ValidationError as error:
        fault = _misfit(error, "")
        raise Refused(ValidationFailed(fault.message), [fault]) from error


def read_drafts(values: Sequence[Any], place: str = "/edits") -> list[Draft]:
    """The edits of a list, at most 10,000. Raises `Refused` with all that is wrong."""
    if not 1 <= len(values) <= MOST_EDITS:
        detail = f"{len(values)} edits were sent; 1 to {MOST_EDITS} are taken at once"
        raise Refused(BadEdit(detail), [Fault("bad-edit", detail, pointer=place)])
    faults = Faults()
    drafts = [_draft(value, f"{place}/{n}", faults) for n, value in enumerate(values)]
    faults.settle()
    return [draft for draft in drafts if draft is not None]


def read_draft(value: Any) -> Draft:
    """One edit that is no part of a list. Raises `Refused` with all that is wrong."""
    faults = Faults()
    draft = _draft(value, "", faults)
    faults.settle()
    assert draft is not None  # noqa: S101
    return draft


def unknown_kinds(drafts: Sequence[Draft]) -> list[UUID]:
    """The objects whose kind has to be looked up before their records can be read."""
    return [
        draft.edit.croid
        for draft in drafts
        if draft.edit.action == "update" and draft.edit.kind is None and draft.edit.croid
    ]


def read_records(
    drafts: Sequence[Draft], kinds: Mapping[UUID, str]
) -> tuple[list[Edit], list[dict[str, Any]]]:
    """The edits with clean records, and warnings. Raises `Refused` with all that is wrong.

    `kinds` tells of the objects of `unknown_kinds`; one that is not there is no object.
    """
    faults = Faults()
    warnings: list[dict[str, Any]] = []
    edits: list[Edit] = []
    for draft in drafts:
        edit = draft.edit
        if edit.action not in ("create", "update"):
            edits.append(edit)
            continue
        kind = edit.kind or (kinds.get(edit.croid) if edit.croid else None)
        if kind is None:
            pointer = f"{draft.place}/croid"
            faults.of_edits.append(Fault("no-such-object", "it is not known", pointer=pointer))
            continue
        body, problems = validate(kind, draft.record)
        edits.append(_with_body(edit, kind, body))
        for problem in problems:
            if problem.severity == "error":
                faults.of_records.append(_fault(problem, f"{draft.place}/record"))
            elif len(warnings) < MOST_WARNINGS:
                warnings.append(_warning(problem, f"{draft.place}/record"))
    faults.settle()
    return edits, warnings


def _draft(value: Any, place: str, faults: Faults) -> Draft | None:
    """One edit; None where something is wrong, which is among the faults then."""
    before = len(faults.of_edits)
    try:
        body = msgspec.convert(value, EditBody)
    except msgspec.ValidationError as error:
        faults.of_edits.append(_misfit(error, place))
        return None
    for name in ("kind", "croid", "record", "revision", "into", "expect"):
        is_there = getattr(body, name) is not None
        if is_there and name not in ALLOWED[body.action]:
            what = f"an edit that is a {body.action} has no {name}"
            faults.of_edits.append(Fault("unexpected-member", what, pointer=f"{place}/{name}"))
        elif not is_there and name in NEEDED[body.action]:
            what = f"an edit that is a {body.action} has a {name}"
            faults.of_edits.append(Fault("missing-member", what, pointer=f"{place}/{name}"))
    edit = Edit(
        body.action,
        croid=_croid(body.croid, f"{place}/croid", faults),
        kind=body.kind,
        target=_croid(body.into, f"{place}/into", faults),
        revision_id=_revision(body.revision, f"{place}/revision", faults),
        expected_id=_revision(body.expect, f"{place}/expect", faults),
        extra=body.extra,
    )
    return Draft(edit, body.record, place) if len(faults.of_edits) == before else None


def _with_body(edit: Edit, kind: str, body: dict[str, Any]) -> Edit:
    return Edit(
        edit.action,
        croid=edit.croid,
        kind=kind,
        body=body,
        expected_id=edit.expected_id,
        extra=edit.extra,
    )


def _croid(text: str | None, pointer: str, faults: Faults) -> UUID | None:
    if text is None:
        return None
    try:
        return decode_croid(text)
    except MalformedCroid as error:
        faults.of_edits.append(Fault(error.slug, str(error), text[:100], pointer))
        return None


def _revision(text: str | None, pointer: str, faults: Faults) -> UUID | None:
    if text is None:
        return None
    found = read_id(text)
    if found is None:
        fault = Fault("malformed-revision", "this is no id of a revision", text[:100], pointer)
        faults.of_edits.append(fault)
    return found


def _misfit(error: msgspec.ValidationError, place: str) -> Fault:
    message = str(error)
    found = _PLACE.search(message)
    steps = _STEP.findall(found[1]) if found else []
    pointer = place + "".join(f"/{step}" for step in steps)
    return Fault("body-not-valid", _PLACE.sub("", message), pointer=pointer)


def _fault(problem: Problem, place: str) -> Fault:
    return Fault(problem.code, problem.detail, pointer=f"{place}{problem.pointer}")


def _warning(problem: Problem, place: str) -> dict[str, Any]:
    return {
        "code": problem.code,
        "pointer": f"{place}{problem.pointer}",
        "detail": problem.detail,
        "severity": problem.severity,
    }
