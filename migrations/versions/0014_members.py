"""Members own prefixes over time, and have keys with roles."""

from nexus_hub.platform.step import run

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run("0014_members.sql")
