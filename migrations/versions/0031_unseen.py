"""Strategies know since when they have not seen all."""

from nexus_hub.platform.step import run

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    run("0031_unseen.sql")
