"""The built wheel is the whole program: it runs its demonstration far from any checkout."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEXUS = "from nexus_hub.cli.main import run; run()"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    folder.chmod(0o755)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder


def run(installed: Path, program: str, *arguments: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NEXUS_", "PYTHON"))}
    environment |= {
        "PYTHONPATH": str(installed / "site"),
        "NEXUS_HOME": str(installed / "home"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=installed,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_wheel_carries_the_whole_definition_of_the_database(installed: Path) -> None:
    bundled = installed / "site" / "nexus_hub" / "_bundled"
    for folder, ending in (("sql", "*.sql"), ("migrations", "*.*")):
        files = [path for path in (ROOT / folder).rglob(ending) if "__pycache__" not in path.parts]
        assert files
        for path in files:
            assert (bundled / path.relative_to(ROOT)).read_bytes() == path.read_bytes()


def test_wheel_uses_its_own_files(installed: Path) -> None:
    said = run(
        installed,
        "import nexus_api, nexus_hub; from nexus_hub.platform import layout;"
        "print(nexus_hub.__file__, nexus_api.__file__, layout.bundled('sql'), sep='\\n')",
    )
    for path in said.split():
        assert Path(path).is_relative_to(installed / "site")


@pytest.mark.timeout(300)
def test_wheel_runs_the_demonstration(installed: Path) -> None:
    first = json.loads(run(installed, NEXUS, "demo", "--json"))
    assert first["deposits"] > 100
    assert first["revisions"] >= first["objects"] > first["deposits"]
    assert first["affiliations"] >= first["affiliations_matched"] > 0
    assert first["enriched_by"]["licence-spdx"] > 0
    assert first["reports"]
    second = json.loads(run(installed, NEXUS, "demo", "--json"))
    assert second["changelog_index"] == first["changelog_index"]
    assert second["revisions"] == first["revisions"]
