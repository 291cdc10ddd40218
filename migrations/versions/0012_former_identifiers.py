"""Who had an identifier before, editgroups by how they stand, when a key was last used."""

from nexus_hub.platform.step import run

revision = "0012"
down_revision = "0010"


def upgrade() -> None:
    run("0012_former_identifiers.sql")
