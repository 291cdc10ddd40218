"""Corrections are accepted with edits too, and requests are kept whose deposit was made of them."""

from nexus_hub.platform.step import run

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    run("0021_corrections_and_requests.sql")
