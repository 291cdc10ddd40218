"""What each member of a deposited record means, with an example: said once, for schema and pages.

The lines of `meanings.txt` are `member | meaning | example`, the example as JSON, below the group
they belong to: a shape of `crossref_members`, so that a person is described once, whatever their
role. Meanings follow Crossref's and DataCite's documentation where the member is theirs. A test
fails for a member without a line, and for a line without a member.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final, NamedTuple


class Meaning(NamedTuple):
    """What a member means, and an example of it as a JSON value."""

    text: str
    example: Any


def _read() -> dict[str, dict[str, Meaning]]:
    found: dict[str, dict[str, Meaning]] = {}
    group = ""
    for line in files("nexus_hub.catalog").joinpath("meanings.txt").read_text().splitlines():
        if line.startswith("["):
            group = line.strip("[]")
        elif line:
            name, text, example = line.split(" | ", 2)
            found.setdefault(group, {})[name] = Meaning(text, json.loads(example))
    as_given = {
        name: Meaning(f"As given: {meaning.text[:1].lower()}{meaning.text[1:]}", meaning.example)
        for name, meaning in found["work.nexus.ext_ids"].items()
    }
    isbn = Meaning("As given: the ISBN.", "978-0-306-40615-7")
    return found | {"work.nexus.ids_as_given": {"isbn13": isbn, **as_given}}


MEANINGS: Final[Mapping[str, Mapping[str, Meaning]]] = _read()
"""The meaning of every member, by the group that it belongs to."""

_CROID: Final = Meaning(
    "Which object it is: the catalogue says so; what is deposited is left out.",
    "01jexample0000000000000000",
)


def meaning_of(group: str, name: str) -> Meaning | None:
    """What a member of a group means; a CROID is the same everywhere."""
    return MEANINGS.get(group, {}).get(name) or (_CROID if name == "croid" else None)
