"""Every work can be told as BibTeX."""

from nexus_hub.platform.step import run

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    run("0030_bibtex_for_all.sql")
