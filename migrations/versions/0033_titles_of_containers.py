"""Releases are found by the title of their container."""

from nexus_hub.platform.step import run

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    run("0033_titles_of_containers.sql")
