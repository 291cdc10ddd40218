"""Draft and registered DOIs and aliases, which the catalogue does not hold."""

from nexus_hub.platform.step import run

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    run("0017_handles.sql")
