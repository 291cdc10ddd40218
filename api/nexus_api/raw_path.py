"""Paths as they were sent: the router sees them undecoded, a DOI is one segment of them.

Frameworks decode a path before they split it, so `%2F`, `//`, a trailing slash and `%25` are lost
and one identifier can be taken for another. Here the path is split first and decoded once, last.
The router is given a canonical path in which every identifier is one percent-encoded segment;
`DecodedPath` decodes the parameters it finds. Rule for DOIs in paths: Crossref's REST API, with
`%2F` in the first segment saying that this segment is the whole DOI.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, unquote_to_bytes

from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from nexus_hub.aquilo.errors import MalformedPath, NoSuchRoute
from nexus_hub.croid.identifiers import normalise_doi

DOI_COLLECTIONS = frozenset({"works", "dois"})
"""First segments after which a DOI stands, with slashes and all."""

VALUE_COLLECTIONS = {"organizations": 1, "id": 2, "sources": 5, "funders": 1, "licenses": 1}
"""First segment -> after how many segments one identifier stands that may have slashes."""

VALUE_SUFFIXES = {
    "organizations": frozenset({"history"}),
    "funders": frozenset({"works"}),
    "licenses": frozenset({"works"}),
}
"""First segment -> what may be asked about the identifier, after it."""

HANDLES = ("api", "handles")
"""First segments after which a handle stands, spelt as it was sent."""

RESOLVER = "resolver"
"""Where names at the root are routed to; nobody outside can spell this way."""

VERSION = "v1"
VERSIONED = frozenset({"works", "members", "prefixes", "funders", "journals", "types", "licenses"})
"""Collections that Crossref's clients also ask for under `/v1`."""

SUFFIXES = frozenset(
    {
        "activities",
        "agency",
        "alias",
        "citations",
        "corrections",
        "deposits",
        "enrichments",
        "explain",
        "history",
        "linkset",
        "provenance",
        "references",
        "relationships",
    }
)
_TRANSFORM = re.compile(rb"(?P<doi>.+)/transform/(?P<type>[^/]+(?:/[^/]+)?)", re.DOTALL)
_CROID = re.compile(rb"[0-9A-Za-z]{26}/?")
_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PCHAR = "!$&'()*+,;=:@-._~"


@dataclass(frozen=True, slots=True)
class DoiPath:
    """What a path after `/works/` names: a DOI as it was spelt, and what is asked about it."""

    doi: str
    suffix: str = ""
    argument: str = ""


def parse_doi_path(tail: bytes) -> DoiPath:
    """The DOI and the suffix in the raw path after a DOI collection's slash.

    Raises `MalformedPath` for broken percent-encoding, `NoSuchRoute` for what follows a whole DOI
    and is no suffix.

    >>> parse_doi_path(b"10.1234%2Fab%2F/agency")
    DoiPath(doi='10.1234/ab/', suffix='agency', argument='')
    >>> parse_doi_path(b"10.24911/jbcgenetics/").doi
    '10.24911/jbcgenetics/'
    >>> parse_doi_path(b"10.5555/1/transform/application/x-bibtex").argument
    'application/x-bibtex'
    """
    first, slash, rest = tail.partition(b"/")
    if b"%2f" in first.lower():
        return _suffixed(decode(first), rest if slash else b"")
    if (transform := _TRANSFORM.fullmatch(tail)) and transform["doi"].partition(b"/")[2]:
        return DoiPath(decode(transform["doi"]), "transform", decode(transform["type"]))
    head, _, last = tail.rpartition(b"/")
    if last.decode("latin-1") in SUFFIXES and head.partition(b"/")[2]:
        return DoiPath(decode(head), last.decode())
    return DoiPath(decode(tail))


def decode(raw: bytes) -> str:
    """Percent-decoded text, decoded once. Raises `MalformedPath` where it is not UTF-8 text."""
    if bad := _BAD_ESCAPE.search(raw):
        raise MalformedPath(f"'%' at byte {bad.start()} is not followed by two hexadecimal digits")
    try:
        text = unquote_to_bytes(raw).decode()
    except UnicodeDecodeError as error:
        raise MalformedPath(f"not UTF-8 at byte {error.start} after decoding") from error
    if control := _CONTROL.search(text):
        raise MalformedPath(f"a control character, U+{ord(control[0]):04X}, is in the path")
    return text


def encode(segment: str) -> str:
    """One segment in its canonical encoding: nothing encoded that need not be, and every slash.

    >>> encode("10.1002/(sici)1<2::a>3.0;2-a%2F")
    '10.1002%2F(sici)1%3C2::a%3E3.0;2-a%252F'
    """
    return quote(segment, safe=_PCHAR)


@lru_cache(maxsize=1_024)
def routed_path(raw_path: bytes, query: bytes = b"") -> str:
    """The path to route on: canonical, still encoded, each identifier one segment.

    A DOI is normalised on the way, and `?id=doi:...` on a DOI collection stands for the DOI in the
    path. Raises `MalformedPath`, `NoSuchRoute`, and what `normalise_doi` raises.

    >>> routed_path(b"/v1/works/10.5555/A//agency"), routed_path(b"/works", b"id=doi:10.5555/A")
    ('/works/10.5555%2Fa%2F/agency', '/works/10.5555%2Fa')
    >>> routed_path(b"/id/doi/10.5555%2FA"), routed_path(b"/%77orks/")
    ('/id/doi/10.5555%2FA', '/works')
    """
    whole = raw_path.partition(b"?")[0].lstrip(b"/")
    segments = whole.split(b"/")
    head = decode(segments[0])
    if head == RESOLVER:
        raise NoSuchRoute("names are resolved at the root")
    if named := _named(head, whole):
        return named
    if head == VERSION and len(segments) > 1 and decode(segments[1]) in VERSIONED:
        segments = segments[1:]
        head = decode(segments[0])
    if head in DOI_COLLECTIONS:
        return _doi_route(head, b"/".join(segments[1:]), query)
    fixed = min(VALUE_COLLECTIONS.get(head, len(segments)), len(segments))
    parts = [segment for segment in segments[:fixed] if segment]
    if value := b"/".join(segments[fixed:]):
        parts += _value_parts(head, value)
    return "/" + "/".join(encode(decode(part)) for part in parts)


class DecodedPath(ASGIMiddleware):
    """Decodes the path parameters that routing on the encoded path has found."""

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass the request on with its parameters as text."""
        parameters: dict[str, Any] = scope["path_params"]
        if any(isinstance(value, str) and "%" in value for value in parameters.values()):
            # The router keeps its answers: the dictionary is shared between requests.
            scope["path_params"] = {
                name: unquote(value) if isinstance(value, str) else value
                for name, value in parameters.items()
            }
        await next_app(scope, receive, send)


def _named(head: str, whole: bytes) -> str | None:
    """Where a name at the root, or a handle, is routed to; None for every other path.

    >>> _named("10.5555", b"10.5555/A%2Fb/"), _named("works", b"works/10.5555/a")
    ('/resolver/10.5555%2FA%2Fb%2F', None)
    """
    if head.startswith("10."):
        return f"/{RESOLVER}/{encode(decode(whole))}"
    if head == HANDLES[0]:
        first, _, tail = whole.partition(b"/")[2].partition(b"/")
        if tail and decode(first) == HANDLES[1]:
            return f"/{'/'.join(HANDLES)}/{encode(decode(tail))}"
    if _CROID.fullmatch(whole):
        return f"/{RESOLVER}/{decode(whole).rstrip('/')}"
    return None


def _value_parts(collection: str, value: bytes) -> list[bytes]:
    """The identifier that stands here, and what is asked about it."""
    one, _, last = value.rstrip(b"/").rpartition(b"/")
    if one and last.decode("latin-1") in VALUE_SUFFIXES.get(collection, ()):
        return [one, last]
    return [value]


def _suffixed(doi: str, rest: bytes) -> DoiPath:
    """What follows a DOI that was one segment: nothing, a suffix, or a route there is not."""
    suffix, _, argument = rest.rstrip(b"/").partition(b"/")
    name = decode(suffix)
    if name == "transform" and argument:
        return DoiPath(doi, name, decode(argument))
    if argument or (name and name not in SUFFIXES):
        raise NoSuchRoute(f"nothing is called '{decode(rest)}' under a DOI")
    return DoiPath(doi, name)


def _doi_route(collection: str, tail: bytes, query: bytes) -> str:
    fields = parse_qsl(query.decode(errors="replace"), keep_blank_values=True)
    given = dict(fields).get("id")
    whole = tail.strip(b"/")
    suffix = decode(whole).partition("/")[0]
    if given is not None and (not whole or suffix == "transform" or suffix in SUFFIXES):
        path = _suffixed(given, whole)
    elif whole:
        path = parse_doi_path(tail)
    else:
        return f"/{collection}"
    parts = (collection, normalise_doi(path.doi), path.suffix, path.argument)
    return "".join(f"/{encode(part)}" for part in parts if part)
