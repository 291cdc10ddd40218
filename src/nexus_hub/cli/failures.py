"""How a failure is told on the command line: what happened, what to do, never a traceback."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from nexus_hub.cli.session import errors
from nexus_hub.platform.errors import NexusError

if TYPE_CHECKING:
    from pydantic import ValidationError

INTERRUPTED = 130


class Commands(TyperGroup):
    """The commands; a failure that is known ends in one line and a hint, with exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was called."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            tell("interrupted", "run the same command again to go on")
            raise typer.Exit(INTERRUPTED) from None
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:
            told = explain(error)
            if told is None:
                raise
            tell(*told)
            raise typer.Exit(1) from error


def explain(error: Exception) -> tuple[str, str] | None:
    """What happened and what to do; None for what is a defect of ours.

    >>> explain(NexusError("the disk is full"))[0]
    'internal: the disk is full'
    """
    # Imported late: nearly always nothing fails.
    import psycopg
    from pydantic import ValidationError

    if isinstance(error, NexusError):
        return f"{error.slug}: {error.detail or error.meaning}", error.hint or ""
    if isinstance(error, ValidationError):
        return "settings: " + "; ".join(faults(error)), "nexus doctor shows where each comes from"
    if isinstance(error, tomllib.TOMLDecodeError):
        return f"settings: nexus.toml cannot be read: {error}", "mend the file"
    if isinstance(error, psycopg.Error):
        # Our own SQL raises with the slug, the detail and the hint of `platform.error`.
        if (error.sqlstate or "").startswith("NX"):
            said = error.diag
            return f"{said.message_primary}: {said.message_detail}", said.message_hint or ""
        if isinstance(error, (psycopg.OperationalError, psycopg.errors.ReadOnlySqlTransaction)):
            return f"database: {str(error).strip()}", "nexus doctor checks the connection"
    return None


def faults(error: ValidationError) -> list[str]:
    """Each wrong setting by its environment variable, with what is wrong."""
    return [
        f"{'_'.join(['NEXUS', *map(str, fault['loc'])]).upper()}: {fault['msg']}"
        for fault in error.errors()
    ]


def tell(happened: str, advice: str) -> None:
    """Print on standard error what happened, and below it what to do."""
    errors.print(happened, style="red", markup=False, highlight=False, soft_wrap=True)
    if advice:
        errors.print(advice, markup=False, highlight=False, soft_wrap=True)
