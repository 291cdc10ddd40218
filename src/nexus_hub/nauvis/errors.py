"""What can go wrong in nauvis. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "BadMemberName",
    "BadPrefix",
    "DepositRefused",
    "DepositTooLarge",
    "KeyReused",
    "MalformedDeposit",
    "MemberExists",
    "NoSuchDeposit",
    "NoSuchKey",
    "NoSuchMember",
    "NotAReport",
    "NotYourMember",
    "NotYourPrefix",
    "PrefixOwned",
    "ServiceAway",
]


class NoSuchDeposit(NexusError):
    """There is no deposit of this id."""

    slug = "no-such-deposit"
    sqlstate = "NX300"
    http_status = 404
    meaning = "There is no deposit of this id."
    hint = "Use the Location of the answer to POST /deposits."


class KeyReused(NexusError):
    """The Idempotency-Key was used for another deposit."""

    slug = "key-reused"
    sqlstate = "NX301"
    http_status = 422
    meaning = "The Idempotency-Key was used for another deposit."
    hint = (
        "Use a new key for a new deposit, and the same key only to send the same bytes "
        "again, with the same test and atomic."
    )


class MalformedDeposit(NexusError):
    """The deposit cannot be read as a whole."""

    slug = "malformed-deposit"
    sqlstate = "NX302"
    http_status = 400
    meaning = "The deposit cannot be read as a whole."
    hint = "The detail names the place; compare with the schema in the documentation."


class DepositTooLarge(NexusError):
    """A deposit holds at most 10,000 records and 50 MB."""

    slug = "deposit-too-large"
    sqlstate = "NX303"
    http_status = 413
    meaning = "A deposit holds at most 10,000 records and 50 MB."
    hint = "Split it; records of one deposit need not come together."


class NoSuchMember(NexusError):
    """There is no member of this number or name."""

    slug = "no-such-member"
    sqlstate = "NX310"
    http_status = 404
    meaning = "There is no member of this number or name."
    hint = "nexus member list shows them."


class MemberExists(NexusError):
    """Another member has this name, whatever its case."""

    slug = "member-exists"
    sqlstate = "NX311"
    http_status = 409
    meaning = "Another member has this name, whatever its case."
    hint = "Choose another name, or give the member that is there a key: nexus member key."


class BadPrefix(NexusError):
    """This cannot be a DOI prefix."""

    slug = "bad-prefix"
    sqlstate = "NX312"
    http_status = 400
    meaning = "This cannot be a DOI prefix."
    hint = "A prefix is 10. and a number of 4 to 9 digits, like 10.5555."


class NotYourPrefix(NexusError):
    """The DOI is under a prefix that whoever asks does not own."""

    slug = "not-your-prefix"
    sqlstate = "NX313"
    http_status = 403
    meaning = "The DOI is under a prefix that whoever asks does not own."
    hint = "Use a key of the member that owns the prefix; nexus member list shows who owns which."


class NotYourMember(NexusError):
    """The key is not one of this member, or its role does not allow it."""

    slug = "not-your-member"
    sqlstate = "NX314"
    http_status = 403
    meaning = "The key is not one of this member, or its role does not allow it."
    hint = "Use a key of the member with the role that the detail names; its owners issue them."


class PrefixOwned(NexusError):
    """Somebody owns the prefix, then or later."""

    slug = "prefix-owned"
    sqlstate = "NX315"
    http_status = 409
    meaning = "Somebody owns the prefix, then or later."
    hint = (
        "Transfer it: nexus member prefix NAME PREFIX --transfer, from a day on which "
        "nothing later is known."
    )


class NoSuchKey(NexusError):
    """The member has no key of this id that is good."""

    slug = "no-such-key"
    sqlstate = "NX316"
    http_status = 404
    meaning = "The member has no key of this id that is good."
    hint = "GET /members/{id}/keys lists them."


class BadMemberName(NexusError):
    """This cannot be the name of a member."""

    slug = "bad-member-name"
    sqlstate = "NX317"
    http_status = 400
    meaning = "This cannot be the name of a member."
    hint = "Use 1 to 200 characters, without blanks around them."


class DepositRefused(NexusError):
    """The service does not take this deposit."""

    slug = "deposit-refused"
    sqlstate = "NX380"
    http_status = 403
    meaning = "The service does not take this deposit."
    hint = "Check the address and the key; the detail says what it answered."


class ServiceAway(NexusError):
    """The service could not be reached, or had too much to do, for as long as was
    waited."""

    slug = "service-away"
    sqlstate = "NX381"
    http_status = 503
    meaning = "The service could not be reached, or had too much to do, for as long as was waited."
    hint = "Run the same command again; it goes on where it was."


class NotAReport(NexusError):
    """The file is no report of verdicts."""

    slug = "not-a-report"
    sqlstate = "NX382"
    http_status = 400
    meaning = "The file is no report of verdicts."
    hint = "Give --report a file that is not there yet, or the report of this very deposit."
