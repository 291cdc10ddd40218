"""A small schema with queries, compiled by sqlc with our plugin, imported and ready to run."""

from __future__ import annotations

import asyncio
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
import pytest

from databases import administer, server

SAMPLE = Path(__file__).with_name("sample")
CONFIG = """\
version: "2"
plugins:
  - name: nexus
    process: {cmd: nexus-sqlc-gen, format: json}
sql:
  - engine: postgresql
    schema: schema.sql
    queries: queries
    database: {uri: "${NEXUS_SQLC_DATABASE}"}
    rules: [sqlc/db-prepare]
    codegen:
      - plugin: nexus
        out: %(package)s
        options: {package: %(package)s, default_schema: yard%(options)s}
"""


@dataclass(frozen=True)
class Workshop:
    """A folder sqlc runs in, on a database of its own."""

    folder: Path
    uri: str

    def run(self, command: str = "generate") -> subprocess.CompletedProcess[str]:
        """Run sqlc; what it said and how it ended."""
        scripts = Path(sys.executable).parent
        environment = os.environ | {
            "NEXUS_SQLC_DATABASE": self.uri,
            "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        }
        return subprocess.run(
            [scripts / "sqlc", command],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def configure(self, package: str, options: str = "") -> None:
        """Write `sqlc.yaml` for modules in `package`."""
        text = CONFIG % {"package": package, "options": options}
        (self.folder / "sqlc.yaml").write_text(text)


@pytest.fixture(scope="session")
def make_database() -> Iterator[Callable[[str], str]]:
    """Make an empty database of the session's server; its connection string."""
    made = []

    def make(name: str) -> str:
        name = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        made.append(name)
        administer("CREATE DATABASE {}", name)
        return server().uri(name, "postgres")

    yield make
    for name in made:
        administer("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def workshop(
    make_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Workshop:
    """The sample schema, loaded, and its queries, compiled into the package `sample_queries`."""
    folder = tmp_path_factory.mktemp("workshop")
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    made = Workshop(folder, make_database("sqlc_sample"))
    with psycopg.connect(made.uri) as connection:
        connection.execute((SAMPLE / "schema.sql").read_bytes())
    made.configure("sample_queries")
    done = made.run()
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def modules(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Import a generated module by its name."""
    monkeypatch.syspath_prepend(str(workshop.folder))
    return lambda name: importlib.import_module(f"sample_queries.{name}")


class Caller:
    """Calls generated functions, all of them blocking or all of them awaited."""

    def __init__(self, uri: str, modules: Callable[[str], ModuleType], *, is_async: bool) -> None:
        self._uri = uri
        self._modules = modules
        self._is_async = is_async

    def __call__(self, module: str, name: str, *arguments: Any, **parameters: Any) -> Any:
        """Call one function in a transaction of its own."""
        source = self._modules(module)
        if self._is_async:
            return asyncio.run(self._await(getattr(source, f"{name}_async"), arguments, parameters))
        # A row factory of the caller's must not matter.
        with psycopg.connect(self._uri, row_factory=psycopg.rows.dict_row) as connection:
            return getattr(source, name)(connection, *arguments, **parameters)

    async def _await(self, function: Any, arguments: Any, parameters: Any) -> Any:
        async with await psycopg.AsyncConnection.connect(
            self._uri, row_factory=psycopg.rows.dict_row
        ) as connection:
            return await function(connection, *arguments, **parameters)


@pytest.fixture(params=["sync", "async"])
def call(
    request: pytest.FixtureRequest, workshop: Workshop, modules: Callable[[str], ModuleType]
) -> Caller:
    """Run a query by module and name, once blocking and once awaited."""
    return Caller(workshop.uri, modules, is_async=request.param == "async")
