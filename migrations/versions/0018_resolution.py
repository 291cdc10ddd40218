"""How often names are resolved, added up by the hour."""

from nexus_hub.platform.step import run

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    run("0018_resolution.sql")
