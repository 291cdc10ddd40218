"""What may leave with a dump is declared column by column."""

from nexus_hub.platform.step import run

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run("0007_dumps.sql")
