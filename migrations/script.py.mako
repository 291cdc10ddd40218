"""${message}"""

from nexus_hub.platform.step import run

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    run("${up_revision}_${slug if slug else 'step'}.sql")
