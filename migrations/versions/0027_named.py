"""Releases are found by the people and the containers that they name."""

from nexus_hub.platform.step import run

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    run("0027_named.sql")
