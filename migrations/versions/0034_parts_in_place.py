"""Parts that fit into a page are stored in the table itself."""

from nexus_hub.platform.step import run

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    run("0034_parts_in_place.sql")
