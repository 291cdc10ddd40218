"""Rows of a release say which revision they were made from, so that what did not change stays."""

from nexus_hub.platform.step import run

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run("0008_kept_parts.sql")
