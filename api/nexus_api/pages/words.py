"""Deposits and their problems in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nexus_hub.catalog.difference import Change

STATES: Mapping[str, tuple[str, str, str]] = {
    "received": ("waiting", "", "It is kept; its records have not been looked at yet."),
    "processing": ("in work", "", "Some records have their verdict, the others follow."),
    "completed": ("done", "good", "Every record has its verdict, and none was rejected."),
    "completed-with-errors": (
        "done, some rejected",
        "warning",
        "Every record has its verdict. Mend the rejected ones and deposit them again; the others "
        "need nothing.",
    ),
    "failed": (
        "held up",
        "error",
        "Processing failed. Nothing is lost: the operator has to send it on, you need not.",
    ),
}
"""State of a deposit -> its name, how good that is, and what it means."""

RESULTS: Mapping[str | None, tuple[str, str, str]] = {
    "created": ("created", "good", "It is new in the catalogue."),
    "updated": ("updated", "good", "The catalogue had it, and is changed."),
    "unchanged": ("unchanged", "good", "The catalogue says just that already."),
    "warning": ("taken, with a warning", "warning", "It is in the catalogue. Have a look at it."),
    "rejected": ("rejected", "error", "It was not taken. Mend it and deposit it again."),
    None: ("waiting", "", "It has no verdict yet."),
}
"""Verdict of a record -> its name, how good that is, and what it means."""

CORRECTIONS: Mapping[str, tuple[str, str, str]] = {
    "open": ("undecided", "", "Nothing is changed before you accept it."),
    "accepted": ("accepted", "good", "It was deposited in your name."),
    "rejected": ("declined", "", "It changed nothing. Everybody can read what you said of it."),
    "withdrawn": ("withdrawn", "", "Whoever proposed it took it back."),
    "superseded": ("superseded", "warning", "The record had changed: it fitted no longer."),
}
"""State of a correction -> its name, how good that is, and what it means."""

ADVICE: Mapping[str, str] = {
    "already-exists": "Leave out expect, or send the revision that you know.",
    "atomic": "Mend the record that was rejected; then the whole deposit goes through.",
    "duplicate-in-deposit": "Keep one record for each DOI.",
    "malformed-doi": "A DOI is a prefix such as 10.5555, a slash, and a suffix.",
    "malformed-json": "Check brackets, commas and quotation marks near that place.",
    "missing-doi": "Give the record the DOI that it is to have.",
    "missing-title": "Give the record a title.",
    "not-your-prefix": "Use a DOI under one of your prefixes, or ask whose this one is.",
    "revision-mismatch": "Somebody changed it since: read it again, and send your change anew.",
    "stalled": "You need not do anything; the operator has to.",
    "unknown-member": "Nothing is lost. If it is a slip of the pen, correct the name.",
    "wrong-type": "Send this as the documentation of the deposit format says.",
}
"""Code of a problem -> what to do about it."""


def place(pointer: str) -> str:
    """Where in a record a JSON Pointer leads, for people.

    >>> place("/metadata/author/0/family"), place("")
    ('metadata, author, no. 1, family', 'the record as a whole')
    """
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    told = [f"no. {int(step) + 1}" if step.isdecimal() else step for step in steps if step]
    return ", ".join(told) or "the record as a whole"


def problem(told: Mapping[str, Any]) -> dict[str, Any]:
    """A problem as a page shows it."""
    detail = str(told.get("detail") or told["code"])
    return {
        "severity": told.get("severity", "error"),
        "detail": detail[:1].upper() + detail[1:],
        "place": place(str(told.get("pointer") or "")),
        "advice": ADVICE.get(told["code"]),
        "code": told["code"],
    }


def change(told: Change) -> dict[str, Any]:
    """One place that a record changed, as a page shows it."""
    return {
        "place": place(told.pointer),
        "change": told.change,
        "before": _lines(told.before),
        "after": _lines(told.after),
    }


def _lines(value: Any, depth: int = 0) -> str:
    """A JSON value without brackets: a line for each thing, further in for what is in it."""
    space = "  " * depth
    if isinstance(value, Mapping):
        return "\n".join(
            f"{space}{name}: {_lines(one)}"
            if not isinstance(one, Mapping | list)
            else f"{space}{name}:\n{_lines(one, depth + 1)}"
            for name, one in value.items()
        )
    if isinstance(value, list):
        return "\n".join(_lines(one, depth) for one in value)
    if isinstance(value, bool):
        return space + ("yes" if value else "no")
    return "" if value is None else f"{space}{value}"
