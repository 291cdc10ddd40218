"""What can go wrong in nauvis. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "AliasInUse",
    "BadAlias",
    "BadCallback",
    "BadDoiDocument",
    "BadMemberName",
    "BadPrefix",
    "CallbackNeedsMember",
    "CorrectionDecided",
    "CorrectionRefused",
    "DepositRefused",
    "DepositTooLarge",
    "DoiDeleted",
    "DoiRefused",
    "DoiTaken",
    "KeyReused",
    "MalformedDeposit",
    "MalformedPatch",
    "MemberExists",
    "NoCallbackSecret",
    "NoSuchAlias",
    "NoSuchCallback",
    "NoSuchCorrection",
    "NoSuchDeposit",
    "NoSuchDoi",
    "NoSuchKey",
    "NoSuchMember",
    "NotAReport",
    "NotSettled",
    "NotYourCorrection",
    "NotYourMember",
    "NotYourPrefix",
    "NothingDeposited",
    "PatchDoesNotApply",
    "PrefixOwned",
    "ServiceAway",
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


class MalformedPatch(NexusError):
    """The patch cannot be read, or does what no patch of a work may do."""

    slug = "malformed-patch"
    sqlstate = "NX350"
    http_status = 422
    meaning = "The patch cannot be read, or does what no patch of a work may do."
    hint = "The pointer names the place in the patch; a DOI is changed by no patch."


class PatchDoesNotApply(NexusError):
    """The patch does not fit what was deposited last."""

    slug = "patch-does-not-apply"
    sqlstate = "NX351"
    http_status = 409
    meaning = "The patch does not fit what was deposited last."
    hint = (
        "GET /works/{doi}?view=deposited shows what it is applied to; the pointer names "
        "the operation that failed."
    )


class NothingDeposited(NexusError):
    """Nothing was deposited of the object, so there is nothing to patch."""

    slug = "nothing-deposited"
    sqlstate = "NX353"
    http_status = 409
    meaning = "Nothing was deposited of the object, so there is nothing to patch."
    hint = "Deposit it whole: POST /deposits."


class NoSuchCorrection(NexusError):
    """There is no correction of this id."""

    slug = "no-such-correction"
    sqlstate = "NX360"
    http_status = 404
    meaning = "There is no correction of this id."
    hint = "GET /corrections lists them."


class CorrectionDecided(NexusError):
    """The correction is not open any more."""

    slug = "correction-decided"
    sqlstate = "NX361"
    http_status = 409
    meaning = "The correction is not open any more."
    hint = "GET /corrections/{id} says what became of it; propose another if need be."


class NotYourCorrection(NexusError):
    """The correction was proposed by somebody else."""

    slug = "not-your-correction"
    sqlstate = "NX362"
    http_status = 403
    meaning = "The correction was proposed by somebody else."
    hint = "Whoever proposed it withdraws it, with a key; its owner rejects it."


class CorrectionRefused(NexusError):
    """The correction cannot be taken as it is."""

    slug = "correction-refused"
    sqlstate = "NX363"
    http_status = 422
    meaning = "The correction cannot be taken as it is."
    hint = "The detail says what it lacks."


class BadCallback(NexusError):
    """This cannot be the address of a callback."""

    slug = "bad-callback"
    sqlstate = "NX370"
    http_status = 400
    meaning = "This cannot be the address of a callback."
    hint = (
        "Use an http or https address on the open internet, without credentials, of at "
        "most 2,000 characters."
    )


class NoCallbackSecret(NexusError):
    """The member has no secret that signs its callbacks."""

    slug = "no-callback-secret"
    sqlstate = "NX371"
    http_status = 409
    meaning = "The member has no secret that signs its callbacks."
    hint = "An owner makes one: POST /members/{id}/callback-secret."


class CallbackNeedsMember(NexusError):
    """Only members are called back, since callbacks are signed with a secret of
    theirs."""

    slug = "callback-needs-member"
    sqlstate = "NX372"
    http_status = 403
    meaning = "Only members are called back, since callbacks are signed with a secret of theirs."
    hint = "Deposit with a key of a member, or ask GET /deposits/{id} how it stands."


class NoSuchCallback(NexusError):
    """The deposit has no callback of this number."""

    slug = "no-such-callback"
    sqlstate = "NX373"
    http_status = 404
    meaning = "The deposit has no callback of this number."
    hint = "GET /deposits/{id}/callbacks lists them."


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
