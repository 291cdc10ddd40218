"""Editors have keys, each with what it may do and until when."""

from nexus_hub.platform.step import run

revision = "0006"
down_revision = "0004"


def upgrade() -> None:
    run("0006_tokens.sql")
