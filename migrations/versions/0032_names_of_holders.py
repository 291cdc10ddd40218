"""Members and prefixes of the public registry are found by words of their names."""

from nexus_hub.platform.step import run

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    run("0032_names_of_holders.sql")
