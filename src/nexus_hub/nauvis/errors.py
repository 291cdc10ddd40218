"""What can go wrong in nauvis. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "AliasInUse",
    "BadAlias",
    "BadDoiDocument",
    "BadMemberName",
    "BadPrefix",
    "DepositTooLarge",
    "DoiDeleted",
    "DoiRefused",
    "DoiTaken",
    "KeyReused",
    "MalformedDeposit",
    "MemberExists",
    "NoSuchAlias",
    "NoSuchDeposit",
    "NoSuchDoi",
    "NoSuchKey",
    "NoSuchMember",
    "NotSettled",
    "NotYourMember",
    "NotYourPrefix",
    "PrefixOwned",
    "WrongDoiState",
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


class DoiTaken(NexusError):
    """Somebody else was given this DOI just now."""

    slug = "doi-taken"
    sqlstate = "NX340"
    http_status = 409
    meaning = "Somebody else was given this DOI just now."
    hint = "Ask again: another one is coined."


class WrongDoiState(NexusError):
    """A DOI cannot go from the state it has to this one."""

    slug = "wrong-doi-state"
    sqlstate = "NX341"
    http_status = 409
    meaning = "A DOI cannot go from the state it has to this one."
    hint = "What was registered never is a draft again; hide it with the state registered."


class NotSettled(NexusError):
    """A deposit on this DOI waits for its verdict."""

    slug = "not-settled"
    sqlstate = "NX342"
    http_status = 409
    meaning = "A deposit on this DOI waits for its verdict."
    hint = "Ask again when it has it: GET /works/{doi}/deposits."


class NoSuchDoi(NexusError):
    """There is no DOI of this name here."""

    slug = "no-such-doi"
    sqlstate = "NX343"
    http_status = 404
    meaning = "There is no DOI of this name here."
    hint = "Check the spelling; an alias is changed under the DOI that it leads to."


class DoiDeleted(NexusError):
    """The DOI was deleted by its owner."""

    slug = "doi-deleted"
    sqlstate = "NX344"
    http_status = 410
    meaning = "The DOI was deleted by its owner."
    hint = "A deposit of its owner brings it back."


class BadAlias(NexusError):
    """This DOI cannot be led to by another one, or cannot lead there."""

    slug = "bad-alias"
    sqlstate = "NX345"
    http_status = 400
    meaning = "This DOI cannot be led to by another one, or cannot lead there."
    hint = "An alias leads to another DOI, which is registered or findable."


class AliasInUse(NexusError):
    """The DOI names an object, or is an alias already."""

    slug = "alias-in-use"
    sqlstate = "NX346"
    http_status = 409
    meaning = "The DOI names an object, or is an alias already."
    hint = "Hide or delete it first, or take the alias from where it leads now."


class NoSuchAlias(NexusError):
    """The DOI has no such alias."""

    slug = "no-such-alias"
    sqlstate = "NX347"
    http_status = 404
    meaning = "The DOI has no such alias."
    hint = "GET /works/{doi}/alias lists them."


class BadDoiDocument(NexusError):
    """The JSON:API document does not say what is to be done."""

    slug = "bad-doi-document"
    sqlstate = "NX348"
    http_status = 422
    meaning = "The JSON:API document does not say what is to be done."
    hint = 'Send {"data": {"attributes": {...}}}, as the client of DataCite does.'


class DoiRefused(NexusError):
    """The record was refused; the detail says why."""

    slug = "doi-refused"
    sqlstate = "NX349"
    http_status = 422
    meaning = "The record was refused; the detail says why."
    hint = "Mend what the source names, and send it again."
