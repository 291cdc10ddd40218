"""The answers of Crossref's REST API, written around stored bytes.

Bodies come from the database as JSON bytes and leave as JSON bytes: the members that change without
a revision are spliced in and the envelope is put around, and nothing is decoded. Shapes: the
`work` and `work-list` messages of Crossref's REST API, version 1.0.0.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from nexus_hub.aquilo.csl import doi_url

MESSAGE_VERSION = "1.0.0"
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class WorkList:
    """One page of works as the list answer tells of it, beside its items.

    `next_cursor` is left out of the answer while `False`: the key stands there when a cursor was
    sent, and is null on the final, empty page.
    """

    total_results: int
    items_per_page: int
    start_index: int = 0
    search_terms: str | None = None
    facets: Mapping[str, Any] = field(default_factory=dict)
    next_cursor: str | Literal[False] | None = False
    bound: Literal["exact", "at-most"] | None = None
    """Whether there are just so many, or no more than that; not told where it is always exact."""


def splice(body: bytes, extra: Mapping[str, Any]) -> bytes:
    """A JSON object with further members at its end, without decoding it.

    `body` is one object, white space around it allowed. A `URL` and a `prefix` of its own stay as
    they are: it has them only where they are not what the DOI says. It has none of the others.

    >>> splice(b'{"a": 1}', {"b": None})
    b'{"a": 1,"b":null}'
    >>> splice(b'{}', {"b": "}"}), splice(b'{"a":{}}', {})
    (b'{"b":"}"}', b'{"a":{}}')
    """
    extra = {name: value for name, value in extra.items() if not _has(body, name)}
    if not extra:
        return body
    head = body.rstrip()[:-1].rstrip()
    separator = b"" if head.endswith(b"{") else b","
    return b"".join((head, separator, _encode(extra)[1:]))


def _has(body: bytes, name: str) -> bool:
    """Whether a body has this one of the two members that it may have; nothing within is read."""
    if name not in _OWN or f'"{name}"'.encode() not in body:
        return False
    return name in _SHALLOW.decode(body)


_OWN = frozenset({"URL", "prefix"})
_SHALLOW = msgspec.json.Decoder(dict[str, msgspec.Raw])


def moment(at: datetime) -> dict[str, Any]:
    """A point in time as Crossref writes it: in UTC, to the second, with milliseconds since 1970.

    >>> moment(datetime(2017, 10, 23, 14, 15, 1, tzinfo=UTC))["date-time"]
    '2017-10-23T14:15:01Z'
    """
    utc = at.astimezone(UTC)
    return {
        "date-parts": [[utc.year, utc.month, utc.day]],
        "date-time": utc.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0"),
        "timestamp": int(utc.replace(microsecond=0).timestamp()) * 1000,
    }


def volatile(
    doi: str,
    *,
    reference_count: int,
    cited_by_count: int | None,
    created: datetime,
    deposited: datetime,
    indexed: datetime,
    score: float | None = None,
    updated_by: str | None = None,
) -> dict[str, Any]:
    """The members of a work that no body holds, for `splice`.

    `created` is when the DOI was first accepted here, `deposited` when its record was last
    deposited, `indexed` when this rendering became current. `score` is only in answers to queries,
    and how often a work was cited at an earlier time, None here, is not told. `updated_by` is JSON.
    """
    members: dict[str, Any] = {
        "URL": doi_url(doi),
        "prefix": doi.partition("/")[0],
        "reference-count": reference_count,
        "references-count": reference_count,
        "created": moment(created),
        "deposited": moment(deposited),
        "indexed": moment(indexed),
    }
    if cited_by_count is not None:
        members["is-referenced-by-count"] = cited_by_count
    if updated_by is not None:
        members["updated-by"] = msgspec.Raw(updated_by.encode())
    return members if score is None else members | {"score": score}


def chosen(item: bytes, names: Collection[str]) -> bytes:
    """A JSON object with these of its members alone.

    >>> chosen(b'{"DOI":"10.5555/1","title":["a"]}', {"DOI", "volume"})
    b'{"DOI":"10.5555/1"}'
    """
    return _encode({name: raw for name, raw in _SHALLOW.decode(item).items() if name in names})


def envelope(message_type: str, message: bytes) -> bytes:
    """A whole answer: the message, itself JSON, in Crossref's envelope.

    >>> envelope("work", b'{"DOI":"10.5555/12"}')[:41]
    b'{"status":"ok","message-type":"work","mes'
    """
    head = {"status": "ok", "message-type": message_type, "message-version": MESSAGE_VERSION}
    return b"".join((_encode(head)[:-1], b',"message":', message, b"}"))


def work_list(items: Sequence[bytes], about: WorkList) -> bytes:
    """The message of a list answer around its items, each a JSON object in bytes.

    >>> work_list([b"{}"], WorkList(1, 20))[-25:]
    b'"facets":{},"items":[{}]}'
    """
    members: dict[str, Any] = {
        "total-results": about.total_results,
        "items-per-page": about.items_per_page,
        "query": {"start-index": about.start_index, "search-terms": about.search_terms},
        "facets": about.facets,
    }
    if about.bound is not None:
        members["total-results-is"] = about.bound
    if about.next_cursor is not False:
        members["next-cursor"] = about.next_cursor
    return b"".join((_encode(members)[:-1], b',"items":[', b",".join(items), b"]}"))
