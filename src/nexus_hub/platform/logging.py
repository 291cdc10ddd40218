"""Structured log lines on standard error; standard output belongs to results."""

from __future__ import annotations

import logging
import sys

import structlog

from nexus_hub.platform.config import Settings


def configure(settings: Settings) -> None:
    """Set format and level for this process, for our own lines and those of libraries."""
    level = getattr(logging, settings.log_level.upper())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    last: list[structlog.typing.Processor]
    if settings.log_format == "json":
        last = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        last = [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Looked up for each line: whoever redirects standard error gets it.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(stream=sys.stderr, level=max(level, logging.WARNING), force=True)


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module."""
    return structlog.get_logger(name)
