"""Members of a body that seldom change lie in one part together."""

from nexus_hub.platform.step import run

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run("0013_details.sql")
