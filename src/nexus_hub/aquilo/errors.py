"""What can go wrong in aquilo. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "BadKey",
    "BodyTooLarge",
    "Busy",
    "CursorMismatch",
    "Gone",
    "IndexNotReached",
    "KeyRequired",
    "MalformedCursor",
    "MalformedPath",
    "MalformedRequest",
    "MethodNotAllowed",
    "NoLogIn",
    "NoSuchItem",
    "NoSuchRevision",
    "NoSuchRoute",
    "NotAcceptable",
    "QueryTooDear",
    "SlowBody",
    "TooManyRequests",
    "UnsupportedMediaType",
    "ValidationFailed",
]


class MalformedCursor(NexusError):
    """The cursor was not made by this service."""

    slug = "malformed-cursor"
    sqlstate = "NX702"
    http_status = 400
    meaning = "The cursor was not made by this service."
    hint = "Begin again with cursor=*."


class CursorMismatch(NexusError):
    """The cursor belongs to another query."""

    slug = "cursor-mismatch"
    sqlstate = "NX703"
    http_status = 400
    meaning = "The cursor belongs to another query."
    hint = (
        "Send the cursor with the same parameters it was given for, or begin again with cursor=*."
    )


class MalformedPath(NexusError):
    """The path of the request cannot be read."""

    slug = "malformed-path"
    sqlstate = "NX704"
    http_status = 400
    meaning = "The path of the request cannot be read."
    hint = "Percent-encode it as UTF-8, once, without control characters."


class NoSuchRoute(NexusError):
    """Nothing is served under this path."""

    slug = "no-such-route"
    sqlstate = "NX705"
    http_status = 404
    meaning = "Nothing is served under this path."
    hint = "The routes are listed in /openapi.json."


class MethodNotAllowed(NexusError):
    """The resource does not answer this method."""

    slug = "method-not-allowed"
    sqlstate = "NX706"
    http_status = 405
    meaning = "The resource does not answer this method."
    hint = "The Allow header lists the methods it answers."


class NotAcceptable(NexusError):
    """The resource has no representation of a type that was asked for."""

    slug = "not-acceptable"
    sqlstate = "NX707"
    http_status = 406
    meaning = "The resource has no representation of a type that was asked for."
    hint = "The detail lists the types there are."


class BodyTooLarge(NexusError):
    """The body of the request is larger than what is taken."""

    slug = "body-too-large"
    sqlstate = "NX708"
    http_status = 413
    meaning = "The body of the request is larger than what is taken."
    hint = "Split it: 10,000 records or 50 MB a deposit."


class ValidationFailed(NexusError):
    """A parameter or the body of the request is not valid."""

    slug = "validation-failed"
    sqlstate = "NX709"
    http_status = 400
    meaning = "A parameter or the body of the request is not valid."
    hint = "Each message names the place and what was expected there."


class UnsupportedMediaType(NexusError):
    """The body is of a type that is not taken here."""

    slug = "unsupported-media-type"
    sqlstate = "NX710"
    http_status = 415
    meaning = "The body is of a type that is not taken here."
    hint = "Send application/json."


class KeyRequired(NexusError):
    """Writing needs a key."""

    slug = "key-required"
    sqlstate = "NX711"
    http_status = 401
    meaning = "Writing needs a key."
    hint = (
        "Send Authorization: Bearer with a key; an editor gets the first one from an "
        "admin or the operator."
    )


class BadKey(NexusError):
    """The key is not known, has expired or was revoked."""

    slug = "bad-key"
    sqlstate = "NX712"
    http_status = 401
    meaning = "The key is not known, has expired or was revoked."
    hint = "Leave the Authorization header out, or ask the operator for a new key."


class MalformedRequest(NexusError):
    """The request is not one that can be answered."""

    slug = "malformed-request"
    sqlstate = "NX713"
    http_status = 400
    meaning = "The request is not one that can be answered."
    hint = "The detail says what is wrong with it."


class Busy(NexusError):
    """The request met too many others and was given up."""

    slug = "busy"
    sqlstate = "NX714"
    http_status = 503
    meaning = "The request met too many others and was given up."
    hint = "Try again after the seconds in Retry-After."


class Gone(NexusError):
    """There was such an object, and it was deleted."""

    slug = "gone"
    sqlstate = "NX715"
    http_status = 410
    meaning = "There was such an object, and it was deleted."
    hint = "GET /changes tells when; its revisions stay readable under /cro/{croid}/revisions."


class NoSuchRevision(NexusError):
    """The object has no accepted revision of this id."""

    slug = "no-such-revision"
    sqlstate = "NX716"
    http_status = 404
    meaning = "The object has no accepted revision of this id."
    hint = "GET /cro/{croid} names the current one."


class IndexNotReached(NexusError):
    """What is known here is older than X-Nexus-Min-Index asks for."""

    slug = "index-not-reached"
    sqlstate = "NX717"
    http_status = 503
    meaning = "What is known here is older than X-Nexus-Min-Index asks for."
    hint = "Try again after the seconds in Retry-After."


class NoLogIn(NexusError):
    """Nobody logs in here by way of another service."""

    slug = "no-log-in"
    sqlstate = "NX718"
    http_status = 501
    meaning = "Nobody logs in here by way of another service."
    hint = "Ask an admin or the operator for a key, and send it as Authorization: Bearer."


class TooManyRequests(NexusError):
    """This client has made as many requests as it may for now."""

    slug = "too-many-requests"
    sqlstate = "NX719"
    http_status = 429
    meaning = "This client has made as many requests as it may for now."
    hint = "Try again after the seconds in Retry-After; a mailto in the query gives more room."


class SlowBody(NexusError):
    """The body of the request did not arrive in time."""

    slug = "slow-body"
    sqlstate = "NX728"
    http_status = 408
    meaning = "The body of the request did not arrive in time."
    hint = "Send it again, faster: 10 kB a second are awaited, after 20 seconds of grace."


class QueryTooDear(NexusError):
    """The query would take longer than one query may."""

    slug = "query-too-dear"
    sqlstate = "NX740"
    http_status = 400
    meaning = "The query would take longer than one query may."
    hint = (
        "Ask for less: a filter that selects fewer works, fewer facets, or no sample or "
        "sort of everything."
    )


class NoSuchItem(NexusError):
    """Nothing is known of a member, prefix, funder, journal, type or licence of this
    id."""

    slug = "no-such-item"
    sqlstate = "NX741"
    http_status = 404
    meaning = "Nothing is known of a member, prefix, funder, journal, type or licence of this id."
    hint = "The list of the collection has those there are."
