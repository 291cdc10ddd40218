"""Relations between objects."""

from nexus_hub.platform.step import run

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    run("0015_relations.sql")
