"""What can go wrong in croid. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "BadLeaseDuration",
    "FencedOff",
    "Held",
    "MalformedCroid",
    "MalformedIdentifier",
    "NoSuchLease",
    "NoSuchObject",
    "TooManyCroids",
    "TooManyLocks",
    "UnknownScheme",
    "WrongKind",
]


class MalformedCroid(NexusError):
    """This is not a CROID."""

    slug = "malformed-croid"
    sqlstate = "NX101"
    http_status = 400
    meaning = "This is not a CROID."
    hint = "A CROID has 26 characters of 0-9 and a-z without i, l, o, u; the first is 0 to 7."


class MalformedIdentifier(NexusError):
    """A value does not have the form its identifier scheme asks for."""

    slug = "malformed-identifier"
    sqlstate = "NX102"
    http_status = 400
    meaning = "A value does not have the form its identifier scheme asks for."
    hint = "Check it for a wrong digit, white space or a missing prefix; the detail names it."


class UnknownScheme(NexusError):
    """There is no identifier scheme of this name."""

    slug = "unknown-scheme"
    sqlstate = "NX103"
    http_status = 400
    meaning = "There is no identifier scheme of this name."
    hint = "The table croid.scheme lists them: doi, orcid, ror, issn and others."


class WrongKind(NexusError):
    """An identifier of this scheme names another kind of object."""

    slug = "wrong-kind"
    sqlstate = "NX104"
    http_status = 400
    meaning = "An identifier of this scheme names another kind of object."
    hint = "An ORCID iD names a creator, a ROR id an organisation, a DOI a release."


class TooManyCroids(NexusError):
    """Between 1 and 1,000 CROIDs can be minted at once."""

    slug = "too-many-croids"
    sqlstate = "NX105"
    http_status = 400
    meaning = "Between 1 and 1,000 CROIDs can be minted at once."
    hint = "Ask several times."


class TooManyLocks(NexusError):
    """At most 1,000 objects can be locked by one transaction."""

    slug = "too-many-locks"
    sqlstate = "NX106"
    http_status = 400
    meaning = "At most 1,000 objects can be locked by one transaction."
    hint = "Split the batch; each transaction locks its own part."


class Held(NexusError):
    """Somebody else holds the lease of this object."""

    slug = "held"
    sqlstate = "NX107"
    http_status = 409
    meaning = "Somebody else holds the lease of this object."
    hint = "Try again after the time in the detail."


class FencedOff(NexusError):
    """The lease behind this fence was released, or somebody else has taken it since."""

    slug = "fenced-off"
    sqlstate = "NX108"
    http_status = 409
    meaning = "The lease behind this fence was released, or somebody else has taken it since."
    hint = "Take the lease again, read the object again, and redo the work."


class NoSuchLease(NexusError):
    """Nobody has ever taken a lease of this object."""

    slug = "no-such-lease"
    sqlstate = "NX109"
    http_status = 404
    meaning = "Nobody has ever taken a lease of this object."
    hint = "Take one first: POST /leases/{croid}."


class BadLeaseDuration(NexusError):
    """A lease lasts between 1 second and 1 day."""

    slug = "bad-lease-duration"
    sqlstate = "NX110"
    http_status = 400
    meaning = "A lease lasts between 1 second and 1 day."
    hint = "Take it for a shorter time and renew it while the work goes on."


class NoSuchObject(NexusError):
    """No live object has this identifier."""

    slug = "no-such-object"
    sqlstate = "NX111"
    http_status = 404
    meaning = "No live object has this identifier."
    hint = (
        "Check the spelling; an object that is only reserved or was deleted is not found "
        "by its identifiers."
    )
