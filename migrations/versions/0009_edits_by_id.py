"""Edits and revisions are found by their ids alone."""

from nexus_hub.platform.step import run

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run("0009_edits_by_id.sql")
