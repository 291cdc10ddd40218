"""The formats of a work, by `Accept` or by name, under the names Crossref gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import orjson
from litestar import Request

from nexus_hub.aquilo import bibtex, csl
from nexus_hub.aquilo.errors import NotAcceptable

JSON = "application/json"
CSL = "application/vnd.citationstyles.csl+json"
BIBTEX = "application/x-bibtex"


@dataclass(frozen=True, slots=True)
class Format:
    """A media type, what else it is called, and how a body is written in it.

    `write` takes the decoded body and the CROID; the format without it is the body itself.
    """

    media_type: str
    aliases: tuple[str, ...] = ()
    write: Callable[[Mapping[str, Any], str], bytes] | None = None


def _write_csl(body: Mapping[str, Any], croid: str) -> bytes:
    return msgspec.json.encode(csl.item(body, croid))


def _write_bibtex(body: Mapping[str, Any], croid: str) -> bytes:
    return bibtex.entry(body, croid).encode()


FORMATS = (
    Format(JSON, ("application/vnd.crossref-api-message+json",)),
    Format(CSL, ("application/citeproc+json",), _write_csl),
    Format(BIBTEX, ("text/x-bibtex",), _write_bibtex),
)
"""What there is, the one given to who does not mind first."""

_BY_TYPE = {name: form for form in FORMATS for name in (form.media_type, *form.aliases)}


def accepted(request: Request[Any, Any, Any]) -> Format:
    """The format a client prefers by its `Accept`; raises `NotAcceptable` with what there is."""
    chosen = request.accept.best_match(list(_BY_TYPE))
    if chosen is None:
        raise _refusal(request.headers.get("accept", ""))
    return _BY_TYPE[chosen]


def named(media_type: str) -> Format:
    """The format of this name; raises `NotAcceptable` with what there is."""
    found = _BY_TYPE.get(media_type.strip().lower())
    if found is None:
        raise _refusal(media_type)
    return found


def write(form: Format, body: bytes | str, croid: str) -> bytes:
    """A stored body in a format that is not the body itself. Raises `NoAuthors`."""
    assert form.write is not None  # noqa: S101
    return form.write(orjson.loads(body), croid)


def _refusal(asked: str) -> NotAcceptable:
    there_is = ", ".join(form.media_type for form in FORMATS)
    return NotAcceptable(f"{asked[:200]!r} was asked for; there is: {there_is}")
