"""All kinds of objects: vocabularies, and what is live of each by column."""

from nexus_hub.platform.step import run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run("0003_kinds.sql")
