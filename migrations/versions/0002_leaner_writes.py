"""Bulk writers no longer pay for references that hold by the way they write."""

from nexus_hub.platform.step import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run("0002_leaner_writes.sql")
