"""The deposits of a member are found by DOI, refused ones and tests among them."""

from nexus_hub.platform.step import run

revision = "0020"
down_revision = "0016"


def upgrade() -> None:
    run("0020_deposits_of_a_member.sql")
