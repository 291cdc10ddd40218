"""The formats a deposit may come in: by content type, how its records are found and named.

Each record is a stretch of the bytes received; what it says is read when it is processed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Final, Literal

import msgspec

from nexus_hub.catalog.canonical import Problem
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise_doi
from nexus_hub.nauvis.envelope import NOTHING, Asked, Incoming, read_incoming, unreadable

Media = Literal["deposit", "csl", "datacite"]

CSL_TYPE: Final = "application/vnd.citationstyles.csl+json"
DATACITE_TYPE: Final = "application/vnd.datacite.datacite+json"
MEDIA: Final[Mapping[str, Media]] = {CSL_TYPE: "csl", DATACITE_TYPE: "datacite"}
"""How the bytes of a deposit are laid out, by its content type; any other JSON is our own form."""


class Document(msgspec.Struct):
    """The body of POST /deposits."""

    records: list[msgspec.Raw]
    test: bool = False
    atomic: bool = False


class _Answer(msgspec.Struct):
    """What the REST API answers with, or a part of it."""

    message: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    items: list[msgspec.Raw] | msgspec.UnsetType = msgspec.UNSET
    DOI: str | msgspec.UnsetType = msgspec.UNSET


class _Foreign(msgspec.Struct):
    """A document in the format of others: several records, or one."""

    items: list[msgspec.Raw] | msgspec.UnsetType = msgspec.UNSET
    data: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class _Attributes(msgspec.Struct):
    doi: str | None = None


class _Named(msgspec.Struct):
    """Where a record in the format of others has its DOI."""

    DOI: str | None = None
    doi: str | None = None
    id: Any = None
    attributes: _Attributes | None = None


_DOCUMENT = msgspec.json.Decoder(Document)
_ANSWER = msgspec.json.Decoder(_Answer)
_FOREIGN = msgspec.json.Decoder(_Foreign)
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_NAMED = msgspec.json.Decoder(_Named)


def read_document(body: bytes, media: Media) -> Document:
    """The records of a deposit as they stand in its bytes.

    Raises `msgspec.MsgspecError` where the whole cannot be read.
    """
    if media != "deposit":
        return Document(_READ[media](body))
    try:
        return _DOCUMENT.decode(body)
    except msgspec.ValidationError as error:
        records = _read_answer(body)
        if records is None:
            raise error from None
        return Document(records)


def _read_answer(body: bytes) -> list[msgspec.Raw] | None:
    """The works of an answer of the REST API, of its message, or a work itself; None for others."""
    try:
        answer = _ANSWER.decode(body)
    except msgspec.ValidationError:
        return None
    if isinstance(answer.message, msgspec.Raw) and answer.DOI is msgspec.UNSET:
        return _read_answer(bytes(answer.message))
    if isinstance(answer.items, list):
        return answer.items
    return [msgspec.Raw(body.strip())] if isinstance(answer.DOI, str) else None


def _read_csl(body: bytes) -> list[msgspec.Raw]:
    if body.lstrip()[:1] == b"[":
        return _LIST.decode(body)
    items = _FOREIGN.decode(body).items
    return items if isinstance(items, list) else [msgspec.Raw(body.strip())]


def _read_datacite(body: bytes) -> list[msgspec.Raw]:
    if body.lstrip()[:1] == b"[":
        return _LIST.decode(body)
    data = _FOREIGN.decode(body).data
    if not isinstance(data, msgspec.Raw):
        return [msgspec.Raw(body.strip())]
    return _LIST.decode(data) if bytes(data)[:1] == b"[" else [data]


_READ: Final[Mapping[str, Callable[[bytes], list[msgspec.Raw]]]] = {
    "csl": _read_csl,
    "datacite": _read_datacite,
}


def read_record(raw: bytes, n: int, offset: int, media: Media, asked: Asked = NOTHING) -> Incoming:
    """Find out which object a record is about, whatever its format; never raises.

    What is `asked` of the records in the format of others, those in our own say themselves.
    """
    if media == "deposit":
        return read_incoming(raw, n, offset)
    record = Incoming(n, offset, len(raw), sha256(raw).digest(), None, None, [])
    try:
        named = _NAMED.decode(raw)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `")
        pointer = place.rstrip("`").replace("$", "").replace(".", "/")
        record.problems.append(Problem("wrong-type", pointer, what))
        return record
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        record.problems.append(unreadable(raw, str(error)))
        return record
    given, pointer = _name(named, media)
    record.wish = asked.wish(is_named=given is not None, is_bare=media == "csl")
    if given is None and record.wish is not None and record.wish.is_minted:
        return record
    if given is None:
        record.problems.append(Problem("no-doi", pointer, "the record has no DOI"))
        return record
    try:
        record.doi = normalise_doi(given)
    except MalformedIdentifier as error:
        record.problems.append(Problem("malformed-doi", pointer, error.detail))
    return record


def _name(named: _Named, media: Media) -> tuple[str | None, str]:
    if media == "csl":
        return named.DOI, "/DOI"
    if named.attributes is None:
        return named.doi, "/doi"
    if named.attributes.doi is None and isinstance(named.id, str):
        return named.id, "/id"
    return named.attributes.doi, "/attributes/doi"
