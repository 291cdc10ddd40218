"""What stands around the metadata of one deposited record, read without reading the metadata.

A record is either our own envelope `{"doi", "metadata": {...}, ...}`, a bare Crossref work, or the
answer of `GET /works/{doi}` with one as its `message`.
Taking a deposit in looks only here; the metadata is read when the record is processed.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from nexus_hub.catalog.canonical import Problem, RefusedRecordError, decode
from nexus_hub.croid.identifiers import MalformedIdentifier, normalise_doi


class Envelope(msgspec.Struct):
    """The members that decide how a record is taken; all others are left for later."""

    doi: str | None = None
    DOI: str | None = None
    metadata: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    message: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    expect: Any = None
    state: str | None = None
    mint: bool = False
    prefix: str | None = None


class _Inner(msgspec.Struct):
    DOI: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a record asks for that needs a look at what is there: a state, a new DOI.

    `is_bare` is a Crossref work without our envelope, `has_metadata` false where only the state of
    what is there is to change.
    """

    state: str
    is_minted: bool
    prefix: str | None
    is_bare: bool
    has_metadata: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of all records of a deposit whose format has no place to say it."""

    state: str | None = None
    is_minted: bool = False
    prefix: str | None = None

    def wish(self, *, is_named: bool, is_bare: bool) -> Wish | None:
        """What is asked of a record; one that has a DOI keeps it.

        >>> Asked("findable", True).wish(is_named=True, is_bare=True) is None
        True
        """
        state, is_minted = self.state or "findable", self.is_minted and not is_named
        if state == "findable" and not is_minted:
            return None
        return Wish(state, is_minted, self.prefix, is_bare=is_bare, has_metadata=True)


NOTHING = Asked()


@dataclass(slots=True)
class Incoming:
    """One record as it is taken in: its place, its name, and what is wrong with it."""

    n: int
    offset: int
    size_bytes: int
    sha256: bytes
    doi: str | None
    expect: str | None
    problems: list[Problem]
    wish: Wish | None = None

    @property
    def is_refused(self) -> bool:
        """Whether a problem is one that keeps the record out."""
        return any(problem.severity == "error" for problem in self.problems)


STATES = ("draft", "registered", "findable")
"""How public a DOI can be."""

_DECODER = msgspec.json.Decoder(Envelope)
_INNER = msgspec.json.Decoder(_Inner)


def read_incoming(raw: bytes, n: int, offset: int) -> Incoming:
    """Find out which object a record is about; never raises, but notes problems."""
    record = Incoming(n, offset, len(raw), sha256(raw).digest(), None, None, [])
    try:
        envelope = _DECODER.decode(raw)
        if isinstance(envelope.metadata, msgspec.Raw):
            inner = _INNER.decode(envelope.metadata).DOI
        elif isinstance(envelope.message, msgspec.Raw) and envelope.DOI is None:
            inner = _INNER.decode(envelope.message).DOI
        else:
            inner = envelope.DOI
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `")
        pointer = place.rstrip("`").replace("$", "").replace(".", "/")
        _refuse(record, "wrong-type", pointer, what)
        return record
    except (msgspec.DecodeError, RecursionError) as error:
        record.problems.append(unreadable(raw, str(error)))
        return record
    if envelope.mint or envelope.state is not None:
        _read_wish(record, envelope)
    is_named = envelope.doi is not None or inner is not None
    if not envelope.mint:
        record.doi = _choose_doi(record, envelope.doi, inner)
    elif is_named:
        _refuse(record, "mint-has-doi", "/mint", "a record that has a DOI needs none minted")
    record.expect = _read_expect(record, envelope.expect)
    return record


def _read_wish(record: Incoming, envelope: Envelope) -> None:
    state = envelope.state or "findable"
    if state not in STATES:
        _refuse(record, "unknown-state", "/state", f"{state!r} is none of {', '.join(STATES)}")
        return
    is_bare = envelope.metadata is msgspec.UNSET
    has_metadata = not is_bare or envelope.message is not msgspec.UNSET or envelope.DOI is not None
    if state != "findable" or envelope.mint or not has_metadata:
        record.wish = Wish(state, envelope.mint, envelope.prefix, is_bare, has_metadata)


def _choose_doi(record: Incoming, outer: str | None, inner: str | None) -> str | None:
    given = outer if outer is not None else inner
    pointer = "/doi" if outer is not None else "/DOI"
    if given is None:
        _refuse(record, "no-doi", "", "the record has neither doi nor DOI")
        return None
    try:
        doi = normalise_doi(given)
        if outer is not None and inner is not None and normalise_doi(inner) != doi:
            _refuse(record, "doi-mismatch", "/metadata/DOI", f"{inner} is not {outer}")
    except MalformedIdentifier as error:
        _refuse(record, "malformed-doi", pointer, error.detail)
        return None
    return doi


def _read_expect(record: Incoming, expect: Any) -> str | None:
    if expect in (None, "any"):
        return None
    if expect == "new":
        return "new"
    if isinstance(expect, dict) and isinstance(expect.get("revision"), str):
        try:
            return str(UUID(expect["revision"]))
        except ValueError:
            pass
    _refuse(record, "bad-expect", "/expect", 'one of "new", "any", {"revision": id}')
    return None


def unreadable(raw: bytes, detail: str) -> Problem:
    """What is wrong with a record that is no JSON, by the one canonicaliser's closer look."""
    try:
        decode(raw)
    except RefusedRecordError as refused:
        return refused.problem
    return Problem("malformed-json", "", detail)


def _refuse(record: Incoming, code: str, pointer: str, detail: str) -> None:
    record.problems.append(Problem(code, pointer, detail, "error"))
