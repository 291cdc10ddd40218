"""References find the works they mean."""

from nexus_hub.platform.step import run

revision = "0024"
down_revision = "0022"


def upgrade() -> None:
    run("0024_citations.sql")
