"""What can go wrong in platform. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "DatabaseUnavailable",
    "NoSuchQueue",
    "NoSuchTask",
    "SchemaBehind",
    "ServerFailed",
    "UnreadableFile",
]


class NoSuchTask(NexusError):
    """There is no task of this id."""

    slug = "no-such-task"
    sqlstate = "NX001"
    http_status = 404
    meaning = "There is no task of this id."
    hint = "Use the Location of the answer that began the work."


class NoSuchQueue(NexusError):
    """There is no queue of this name."""

    slug = "no-such-queue"
    sqlstate = "NX002"
    http_status = 404
    meaning = "There is no queue of this name."
    hint = "nexus queues lists them."


class DatabaseUnavailable(NexusError):
    """The database cannot be reached or is read-only at the moment."""

    slug = "database-unavailable"
    sqlstate = "NX003"
    http_status = 503
    meaning = "The database cannot be reached or is read-only at the moment."
    hint = "Try again after the seconds in Retry-After."


class UnreadableFile(NexusError):
    """A file could not be read as what it was said to be."""

    slug = "unreadable-file"
    sqlstate = "NX004"
    http_status = 400
    meaning = "A file could not be read as what it was said to be."
    hint = (
        "The detail names the file and the line; mend or leave out what is there and load"
        " the file again."
    )


class ServerFailed(NexusError):
    """The embedded PostgreSQL could not be started."""

    slug = "server-failed"
    sqlstate = "NX005"
    http_status = 503
    meaning = "The embedded PostgreSQL could not be started."
    hint = "Read the log named in the detail; nexus doctor checks the settings."


class SchemaBehind(NexusError):
    """The database is older or newer than this program."""

    slug = "schema-behind"
    sqlstate = "NX006"
    http_status = 503
    meaning = "The database is older or newer than this program."
    hint = "Run nexus db upgrade."
