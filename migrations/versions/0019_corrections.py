"""Anyone proposes corrections, owners decide; who deposits is called back."""

from nexus_hub.platform.step import run

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    run("0019_corrections.sql")
