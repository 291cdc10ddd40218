"""The rooms of the first flow, with pgmq and procrastinate as their packages bring them."""

from nexus_hub.platform.migration import foreign_scripts
from nexus_hub.platform.step import run, run_text

revision = "0001"
down_revision = None


def upgrade() -> None:
    for script in foreign_scripts():
        run_text(script)
    run("0001_first_light.sql")
