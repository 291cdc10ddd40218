"""Other databases can follow the catalogue as replicas."""

from nexus_hub.platform.step import run

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run("0010_replicas.sql")
