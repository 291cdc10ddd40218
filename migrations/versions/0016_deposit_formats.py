"""Deposits in the formats of others, and the registry of record types."""

from nexus_hub.platform.step import run

revision = "0016"
down_revision = "0014"


def upgrade() -> None:
    run("0016_deposit_formats.sql")
