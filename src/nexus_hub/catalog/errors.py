"""What can go wrong in catalog. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "AlreadyEdited",
    "BadEdit",
    "BadRecord",
    "BadRedirect",
    "BadUsername",
    "ChecksMissing",
    "DumpUnfit",
    "EditgroupClosed",
    "EditgroupKeyReused",
    "Forbidden",
    "IdentifierTaken",
    "NoSuchEdit",
    "NoSuchEditgroup",
    "NoSuchEditor",
    "NoSuchToken",
    "NotAllowed",
    "NotEmpty",
    "PreconditionFailed",
    "PreconditionRequired",
    "Redacted",
    "StaleBase",
    "TokenRefused",
    "UsernameTaken",
    "WrongState",
]


class NoSuchEditgroup(NexusError):
    """There is no editgroup of this id."""

    slug = "no-such-editgroup"
    sqlstate = "NX200"
    http_status = 404
    meaning = "There is no editgroup of this id."
    hint = "Use the id that opening the editgroup returned."


class StaleBase(NexusError):
    """An object changed since the edit was proposed."""

    slug = "stale-base"
    sqlstate = "NX201"
    http_status = 409
    meaning = "An object changed since the edit was proposed."
    hint = "Read the objects named in the detail again and propose the change anew."


class EditgroupClosed(NexusError):
    """The editgroup was accepted or withdrawn already."""

    slug = "editgroup-closed"
    sqlstate = "NX202"
    http_status = 400
    meaning = "The editgroup was accepted or withdrawn already."
    hint = "Open a new editgroup."


class IdentifierTaken(NexusError):
    """Another live object holds this identifier."""

    slug = "identifier-taken"
    sqlstate = "NX203"
    http_status = 409
    meaning = "Another live object holds this identifier."
    hint = "Look the identifier up; propose a merge if both objects are the same."


class BadRecord(NexusError):
    """A record cannot be read as what it should be."""

    slug = "bad-record"
    sqlstate = "NX204"
    http_status = 400
    meaning = "A record cannot be read as what it should be."
    hint = "The problems name the place of each fault."


class NotAllowed(NexusError):
    """The editor may not do that."""

    slug = "not-allowed"
    sqlstate = "NX220"
    http_status = 403
    meaning = "The editor may not do that."
    hint = "Ask the editor whose editgroup it is, or an admin; only admins accept and redact."


class NoSuchEdit(NexusError):
    """The editgroup has no edit of this id."""

    slug = "no-such-edit"
    sqlstate = "NX221"
    http_status = 404
    meaning = "The editgroup has no edit of this id."
    hint = "List the edits of the editgroup."


class AlreadyEdited(NexusError):
    """The editgroup has an edit of this object already."""

    slug = "already-edited"
    sqlstate = "NX222"
    http_status = 409
    meaning = "The editgroup has an edit of this object already."
    hint = "Delete that edit first; an editgroup changes an object once."


class BadEdit(NexusError):
    """An edit cannot be read as what it should be."""

    slug = "bad-edit"
    sqlstate = "NX223"
    http_status = 400
    meaning = "An edit cannot be read as what it should be."
    hint = "The detail names the edit, counted from 1, and what it lacks."


class BadRedirect(NexusError):
    """An object cannot be merged into this one."""

    slug = "bad-redirect"
    sqlstate = "NX224"
    http_status = 400
    meaning = "An object cannot be merged into this one."
    hint = (
        "Merge into a live object of the same kind that is not merged itself; what was "
        "merged into the first is merged anew before it."
    )


class WrongState(NexusError):
    """The object is not in a state for this."""

    slug = "wrong-state"
    sqlstate = "NX225"
    http_status = 409
    meaning = "The object is not in a state for this."
    hint = "Read it again; the detail says how it stands."


class ChecksMissing(NexusError):
    """The editgroup has not passed all the checks that are required."""

    slug = "checks-missing"
    sqlstate = "NX226"
    http_status = 409
    meaning = "The editgroup has not passed all the checks that are required."
    hint = "The detail names them; annotate the editgroup with their results as it is now."


class Redacted(NexusError):
    """The content of the revision was taken away for good."""

    slug = "redacted"
    sqlstate = "NX227"
    http_status = 410
    meaning = "The content of the revision was taken away for good."
    hint = "catalog.redaction says why; use another revision."


class EditgroupKeyReused(NexusError):
    """The Idempotency-Key was used for other edits."""

    slug = "editgroup-key-reused"
    sqlstate = "NX228"
    http_status = 422
    meaning = "The Idempotency-Key was used for other edits."
    hint = "Use a new key for new edits, and the same key only to send the same edits again."


class PreconditionFailed(NexusError):
    """The object is no more what If-Match says."""

    slug = "precondition-failed"
    sqlstate = "NX229"
    http_status = 412
    meaning = "The object is no more what If-Match says."
    hint = "Read it again, make the change anew, and send the ETag it has now."


class PreconditionRequired(NexusError):
    """This change needs an If-Match, so that nobody's change is lost."""

    slug = "precondition-required"
    sqlstate = "NX230"
    http_status = 428
    meaning = "This change needs an If-Match, so that nobody's change is lost."
    hint = "Send the ETag of GET /cro/{croid} as If-Match."


class Forbidden(NexusError):
    """The key is not good for that."""

    slug = "forbidden"
    sqlstate = "NX240"
    http_status = 403
    meaning = "The key is not good for that."
    hint = "The detail says which scope is lacking; use a key that has it."


class NoSuchEditor(NexusError):
    """There is no editor of this name or id."""

    slug = "no-such-editor"
    sqlstate = "NX241"
    http_status = 404
    meaning = "There is no editor of this name or id."
    hint = "nexus editor list shows them; GET /editors/{name} tells of one."


class BadUsername(NexusError):
    """This cannot be a username."""

    slug = "bad-username"
    sqlstate = "NX242"
    http_status = 400
    meaning = "This cannot be a username."
    hint = "Use 3 to 25 characters: letters, digits, dots, hyphens and underscores, a letter first."


class UsernameTaken(NexusError):
    """Another editor has this username, whatever its case."""

    slug = "username-taken"
    sqlstate = "NX243"
    http_status = 409
    meaning = "Another editor has this username, whatever its case."
    hint = "Choose another one."


class NoSuchToken(NexusError):
    """The editor has no token of this id."""

    slug = "no-such-token"
    sqlstate = "NX244"
    http_status = 404
    meaning = "The editor has no token of this id."
    hint = "GET /editors/me/tokens lists them."


class TokenRefused(NexusError):
    """A token cannot be issued as asked."""

    slug = "token-refused"
    sqlstate = "NX245"
    http_status = 400
    meaning = "A token cannot be issued as asked."
    hint = "The detail says why; the scopes there are stand in catalog.scope."


class DumpUnfit(NexusError):
    """The folder does not hold the dump that is needed here."""

    slug = "dump-unfit"
    sqlstate = "NX250"
    http_status = 409
    meaning = "The folder does not hold the dump that is needed here."
    hint = "The detail says what it holds; give another folder, or dump anew."


class NotEmpty(NexusError):
    """This needs a database that holds no object."""

    slug = "not-empty"
    sqlstate = "NX251"
    http_status = 409
    meaning = "This needs a database that holds no object."
    hint = "Make an empty one with nexus db upgrade and use that."
