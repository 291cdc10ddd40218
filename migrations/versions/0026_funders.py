"""Which organisations the funders of releases are, and the strategy that finds them."""

from nexus_hub.platform.step import run

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    run("0026_funders.sql")
