"""What can go wrong in platform. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "AddressInUse",
    "AddressRefused",
    "ChecksumMismatch",
    "DatabaseUnavailable",
    "FetchFailed",
    "FetchTooLarge",
    "NoSuchQueue",
    "NoSuchTask",
    "ReplicaStuck",
    "ReplicaUnfinished",
    "ReplicaUnfit",
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


class AddressRefused(NexusError):
    """The address is not one that may be fetched from."""

    slug = "address-refused"
    sqlstate = "NX007"
    http_status = 400
    meaning = "The address is not one that may be fetched from."
    hint = (
        "Only public http and https addresses are fetched; an address of your own network"
        " must be named by a setting."
    )


class FetchFailed(NexusError):
    """What lies at an address could not be fetched."""

    slug = "fetch-failed"
    sqlstate = "NX008"
    http_status = 502
    meaning = "What lies at an address could not be fetched."
    hint = "Try again later; what was fetched so far is kept and continued."


class FetchTooLarge(NexusError):
    """What lies at an address is larger than what may be fetched."""

    slug = "fetch-too-large"
    sqlstate = "NX009"
    http_status = 502
    meaning = "What lies at an address is larger than what may be fetched."
    hint = "Fetch the file another way and load it with nexus load."


class ChecksumMismatch(NexusError):
    """A fetched file is not the one that was announced."""

    slug = "checksum-mismatch"
    sqlstate = "NX010"
    http_status = 502
    meaning = "A fetched file is not the one that was announced."
    hint = "Try again; if it happens again, tell the publisher of the file."


class AddressInUse(NexusError):
    """The server cannot listen at this address."""

    slug = "address-in-use"
    sqlstate = "NX011"
    http_status = 503
    meaning = "The server cannot listen at this address."
    hint = "Stop what listens there, or choose another address with --host and --port."


class ReplicaUnfit(NexusError):
    """The database cannot be a replica of this one, or is none."""

    slug = "replica-unfit"
    sqlstate = "NX020"
    http_status = 409
    meaning = "The database cannot be a replica of this one, or is none."
    hint = "The detail says what is in the way."


class ReplicaUnfinished(NexusError):
    """The replica does not hold everything yet."""

    slug = "replica-unfinished"
    sqlstate = "NX021"
    http_status = 503
    meaning = "The replica does not hold everything yet."
    hint = "nexus replica status tells how far it has come; try again when every table follows."


class ReplicaStuck(NexusError):
    """The replica cannot go on by itself."""

    slug = "replica-stuck"
    sqlstate = "NX022"
    http_status = 409
    meaning = "The replica cannot go on by itself."
    hint = (
        "nexus replica status says why, the log of its PostgreSQL in more detail; where a"
        " repair does not help, drop it and make it anew in an empty database."
    )
