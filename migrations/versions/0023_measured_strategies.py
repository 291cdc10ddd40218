"""Strategies are measured, and a change is traced to the layers it concerns."""

from nexus_hub.platform.step import run

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    run("0023_measured_strategies.sql")
