"""A database of the test's own, and a worker's connection to it."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest


@pytest.fixture
def database(fresh_database: Any) -> Any:
    return fresh_database


@pytest.fixture
def worker(database: Any) -> Iterator[psycopg.Connection[Any]]:
    with database.connect() as connection:
        yield connection
