"""What can go wrong in nauvis. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "DepositTooLarge",
    "KeyReused",
    "MalformedDeposit",
    "NoSuchDeposit",
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
