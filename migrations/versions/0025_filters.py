"""What works are filtered, counted, ordered and found by."""

from nexus_hub.platform.step import run

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    run("0025_filters.sql")
