"""The tutorial is true: its files are written, its commands run in order, its output appears.

A `json` block with a title is a file. In a `console` block a line that begins with `$ ` is a
command and the lines below it are output that must appear, where `...` stands for anything.
"""

import os
import re
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEXUS = "from nexus_hub.cli.main import run; run()"
DEFAULT_PORT = "8088"
# What sets the environment up is another test's matter: here it is set up already.
REPLACED = {"make demo": "nexus demo", ". .venv/bin/activate": "true"}


def blocks() -> Iterator[tuple[str, str, str]]:
    for found in BLOCK.finditer((ROOT / "docs" / "tutorial.md").read_text()):
        yield found[1], found[2], found[3]


def steps(block: str) -> Iterator[tuple[str, list[str]]]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *output = part.rstrip().split("\n")
        yield command, output


def appears(expected: str, said: str) -> bool:
    pieces = [r"\s+".join(map(re.escape, piece.split())) for piece in expected.split("...")]
    return re.search(".*".join(pieces), said, re.DOTALL) is not None


class Newcomer:
    """Somebody in a terminal, with a home and a port of their own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = str(port)
        shim = folder / "bin" / "nexus"
        shim.parent.mkdir()
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{NEXUS}" "$@"\n')
        shim.chmod(shim.stat().st_mode | stat.S_IXUSR)
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("NEXUS_")},
            "NEXUS_HOME": str(folder / "home"),
            "NEXUS_PORT": self.port,
            "PATH": f"{shim.parent}:{os.environ['PATH']}",
            "NO_COLOR": "1",
            "COLUMNS": "120",
        }
        self.server: subprocess.Popen[bytes] | None = None

    def types(self, command: str) -> str:
        command = REPLACED.get(command, command).replace(DEFAULT_PORT, self.port)
        if command.startswith("nexus serve"):
            return self.serves(command)
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
        return (done.stdout + done.stderr).replace(self.port, DEFAULT_PORT)

    def serves(self, command: str) -> str:
        self.server = subprocess.Popen(
            ["sh", "-c", f"exec {command}"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while time.monotonic() < until and self.server.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(self.port))) == 0:
                    return ""
            time.sleep(0.1)
        raise AssertionError(f"$ {command}\ndid not begin to listen")

    def leaves(self) -> None:
        if self.server is not None:
            self.server.terminate()
            self.server.wait(timeout=30)


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Newcomer]:
    tmp_path.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    newcomer = Newcomer(tmp_path, port)
    yield newcomer
    newcomer.leaves()


@pytest.mark.timeout(600)
def test_tutorial_works_as_written(newcomer: Newcomer) -> None:
    commands = 0
    for language, title, text in blocks():
        if title:
            (newcomer.folder / title).write_text(text)
        if language != "console":
            continue
        for command, output in steps(text):
            said = newcomer.types(command)
            commands += 1
            for expected in output:
                assert appears(expected, said), f"$ {command}\nlacks: {expected}\n\n{said}"
    assert commands >= 10


def test_missing_output_would_be_noticed() -> None:
    assert appears("12 taken ...", "there were 12  taken in all")
    assert not appears("12 taken", "there were 13 taken in all")
