"""One vocabulary of updates, and who tells of each."""

from nexus_hub.platform.step import run

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    run("0028_one_word_of_updates.sql")
