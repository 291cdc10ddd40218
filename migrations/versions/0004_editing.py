"""The life cycle of editgroups, redaction, and layers made of what people edit."""

from nexus_hub.platform.step import run

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    run("0004_editing.sql")
