"""What can go wrong in fulgora. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "NoSuchRelease",
    "NoSuchRow",
    "NoSuchSource",
    "SourceUnreachable",
    "WrongSourceFile",
]


class NoSuchSource(NexusError):
    """There is no source of this name."""

    slug = "no-such-source"
    sqlstate = "NX400"
    http_status = 404
    meaning = "There is no source of this name."
    hint = "nexus fulgora sources lists them."


class SourceUnreachable(NexusError):
    """The public release of a source could not be fetched."""

    slug = "source-unreachable"
    sqlstate = "NX401"
    http_status = 503
    meaning = "The public release of a source could not be fetched."
    hint = "Try again later, or download the file elsewhere and load it with nexus load."


class WrongSourceFile(NexusError):
    """The file is not one of this source."""

    slug = "wrong-source-file"
    sqlstate = "NX402"
    http_status = 400
    meaning = "The file is not one of this source."
    hint = "The detail says what was found; choose the matching nexus load command."


class NoSuchRelease(NexusError):
    """The source has no complete release of this number."""

    slug = "no-such-release"
    sqlstate = "NX403"
    http_status = 404
    meaning = "The source has no complete release of this number."
    hint = "GET /sources/{source}/releases lists them."


class NoSuchRow(NexusError):
    """The source had no row of this key then."""

    slug = "no-such-row"
    sqlstate = "NX404"
    http_status = 404
    meaning = "The source had no row of this key then."
    hint = "GET /sources/{source}/releases/{release}/rows lists the keys."
