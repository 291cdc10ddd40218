"""Texts that strategies read, each kept once with what it means."""

from nexus_hub.platform.step import run

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    run("0029_matched_texts.sql")
