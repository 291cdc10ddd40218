"""What sources say about identifiers has tables; a release may hold every row of its source."""

from nexus_hub.platform.step import run

revision = "0022"
down_revision = "0020"


def upgrade() -> None:
    run("0022_statements.sql")
