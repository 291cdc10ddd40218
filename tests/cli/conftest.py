"""The command line: in this process on a database of the test's own, or as a program."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from nexus_hub.cli import session
from nexus_hub.cli.main import app
from nexus_hub.platform import db as platform_db
from nexus_hub.platform import migration
from nexus_hub.platform.config import Settings, settings

Nexus = Callable[..., Result]
PROGRAM = "from nexus_hub.cli.main import run; run()"


@pytest.fixture
def home(tmp_path, monkeypatch) -> Iterator[Path]:
    """An empty home folder, which this process takes for its own."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("NEXUS_HOME", str(folder))
    settings.cache_clear()
    yield folder
    settings.cache_clear()
    if server := platform_db._servers.pop(str(folder), None):
        server.stop()


@pytest.fixture
def run(home, monkeypatch) -> Nexus:
    """Run a command in this process, on a wide screen whoever opened the screen first."""
    for screen in (session.console, session.errors):
        monkeypatch.setattr(screen, "width", 200)

    def call(*arguments: str) -> Result:
        settings.cache_clear()
        return CliRunner().invoke(app, arguments)

    return call


@pytest.fixture
def nexus(run, fresh_database, monkeypatch) -> Nexus:
    """Run a command in this process, on a database of the test's own."""
    monkeypatch.setenv("NEXUS_DATABASE_URL", fresh_database.owner_uri)
    return run


@dataclass
class Program:
    """`nexus` as processes on a home of their own, with the embedded server."""

    home: Path
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEXUS_", "COV_"))}
        ours = {"NEXUS_HOME": str(self.home), "NEXUS_FSYNC": "false", "COLUMNS": "200"}
        path = os.pathsep.join(path for path in sys.path if path)
        return kept | ours | {"PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command in a process group of its own, as a terminal does."""
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.running.append(process)
        return process

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=100)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def interrupt(self, process: subprocess.Popen[str]) -> tuple[str, str]:
        """Press Ctrl-C, which reaches the whole group; what the command said."""
        os.killpg(process.pid, signal.SIGINT)
        return process.communicate(timeout=30)

    def end(self) -> None:
        """Kill what still runs."""
        for process in self.running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        self.running.clear()

    def leftovers(self) -> list[str]:
        """Processes that still run on this home, given a moment to leave."""
        end = time.monotonic() + 40
        while (found := self._processes()) and time.monotonic() < end:
            time.sleep(0.1)
        return found

    def _processes(self) -> list[str]:
        wanted = f"NEXUS_HOME={self.home}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if wanted in (folder / "environ").read_bytes().split(b"\0"):
                    found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:
                continue
        return found


@contextmanager
def programs() -> Iterator[Program]:
    folder = Path(tempfile.mkdtemp(prefix="nexus-cli-"))
    folder.chmod(0o755)
    program = Program(folder)
    try:
        yield program
    finally:
        program.end()
        server = platform_db.EmbeddedServer(folder)
        if server.is_running():
            server.start().stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def program() -> Iterator[Program]:
    """The program on an empty home that the server's own user can reach."""
    with programs() as program:
        yield program


@pytest.fixture(scope="module")
def migrated() -> Iterator[Program]:
    """The program on a migrated home, whose server runs as long as the tests of a module."""
    with programs() as program:
        server = platform_db.EmbeddedServer(program.home, fsync=False).start()
        settings = Settings(home=program.home, fsync=False)
        platform_db._servers[str(program.home)] = server
        migration.upgrade_settings(settings)
        yield program
        del platform_db._servers[str(program.home)]
        server.stop()


@pytest.fixture
def ready(migrated) -> Iterator[Program]:
    """The program on a migrated home; what a test leaves running is ended."""
    yield migrated
    migrated.end()
