"""The two forms of these tests: the short one of every run, and the long one of `make faults`."""

from __future__ import annotations

import os

IS_LONG = os.environ.get("NEXUS_FAULTS") == "long"


def of(short: int, long: int) -> int:
    """How often something is done in the form that was chosen."""
    return long if IS_LONG else short
