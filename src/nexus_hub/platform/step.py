"""How a migration step runs a plain SQL file: verbatim, `%`, `:` and `::` as they are written."""

from __future__ import annotations

from alembic import op

from nexus_hub.platform import layout


def run(name: str) -> None:
    """Run `migrations/steps/<name>` in the step's transaction."""
    run_text((layout.bundled("migrations") / "steps" / name).read_text())


def run_text(script: str) -> None:
    """Run several statements as they stand."""
    driver = op.get_bind().connection.driver_connection
    assert driver is not None  # noqa: S101
    driver.cursor().execute(script.encode(), prepare=False)
