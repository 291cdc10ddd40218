"""The two bundled files, read once."""

from __future__ import annotations

from typing import Any

import pytest

from nexus_hub.sample import deposit_list, organisation_list

Record = dict[str, Any]


@pytest.fixture(scope="session")
def deposits() -> list[Record]:
    return list(deposit_list())


@pytest.fixture(scope="session")
def works(deposits: list[Record]) -> dict[str, Record]:
    return {deposit["doi"]: deposit["metadata"] for deposit in deposits}


@pytest.fixture(scope="session")
def organisations() -> dict[str, Record]:
    return {record["id"]: record for record in organisation_list()}


@pytest.fixture(scope="session")
def affiliations(works: dict[str, Record]) -> set[str]:
    """Every distinct affiliation as written."""
    people = [
        person
        for work in works.values()
        for group in (work, *work.get("project", []))
        for role in ("author", "editor", "investigator", "lead-investigator")
        for person in group.get(role, [])
    ]
    return {at["name"] for person in people for at in person.get("affiliation", [])}
