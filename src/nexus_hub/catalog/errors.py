"""What can go wrong in catalog. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "BadRecord",
    "BadUsername",
    "EditgroupClosed",
    "Forbidden",
    "IdentifierTaken",
    "NoSuchEditgroup",
    "NoSuchEditor",
    "NoSuchToken",
    "StaleBase",
    "TokenRefused",
    "UsernameTaken",
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


class Forbidden(NexusError):
    """The key, or its editor, may not do that."""

    slug = "forbidden"
    sqlstate = "NX240"
    http_status = 403
    meaning = "The key, or its editor, may not do that."
    hint = "The detail says what is lacking; use a key with that scope, or ask an admin."


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
