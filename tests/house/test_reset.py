"""`make reset` deletes a home only when nobody uses it and somebody said so."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus_hub.platform.server import EmbeddedServer

SCRIPT = Path(__file__).parents[2] / "tools" / "nexus_tools" / "reset.py"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    tmp_path.chmod(0o755)
    server = EmbeddedServer(tmp_path / "home", fsync=False).start()
    yield server
    server.stop()


def reset(home: Path, *arguments: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        env={**os.environ, "NEXUS_HOME": str(home)},
        input=answer,
        capture_output=True,
        text=True,
        check=False,
    )


def test_home_in_use_is_kept(server: EmbeddedServer) -> None:
    done = reset(server.home, "--yes")
    assert done.returncode == 1
    assert "in use" in done.stderr
    assert (server.data / "PG_VERSION").exists()


def test_unused_home_goes_only_when_said(server: EmbeddedServer) -> None:
    server.stop()
    assert reset(server.home, answer="n\n").returncode == 1
    assert server.home.exists()
    assert reset(server.home, answer="y\n").returncode == 0
    assert not server.home.exists()


def test_folder_without_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    assert "nothing" in reset(tmp_path, "--yes").stdout
    assert (tmp_path / "letter.txt").exists()
