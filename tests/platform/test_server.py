"""The embedded server: made once, shared by processes, and there again after anything."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from nexus_hub.platform.error_classes import ServerFailed
from nexus_hub.platform.server import SOCKET_PATH_LIMIT, EmbeddedServer


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A server whose making was interrupted once."""
    folder = tmp_path_factory.mktemp("server")
    # Its own user has to reach the data folder.
    for parent in (folder, *folder.parents[:-1]):
        parent.chmod(parent.stat().st_mode | stat.S_IXOTH)
    server = EmbeddedServer(folder / "home", fsync=False)
    left = server.home / "postgres.new"
    left.mkdir(parents=True)
    (left / "PG_VERSION").write_text("18\n")
    yield server
    server.stop()


@pytest.fixture
def server(made: EmbeddedServer) -> EmbeddedServer:
    """The server, stopped."""
    made.stop()
    assert not made.is_running()
    return made


def ask(server: EmbeddedServer, query: str) -> object:
    with psycopg.connect(server.uri("postgres", "postgres")) as connection:
        row = connection.execute(query.encode()).fetchone()
        assert row is not None
        return row[0]


def kill_all(server: EmbeddedServer) -> None:
    """End the postmaster and all of its children as a power cut would."""
    pid = server.postmaster()
    assert pid is not None
    postmaster = psutil.Process(pid)
    processes = [postmaster, *postmaster.children(recursive=True)]
    for process in processes:
        # A worker of the server's may have ended meanwhile by itself.
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    psutil.wait_procs(processes, timeout=20)


def test_server_is_made_started_tuned_and_stopped(server: EmbeddedServer) -> None:
    server.start()
    assert not (server.home / "postgres.new").exists(), "what was begun before was begun anew"
    assert ask(server, "SELECT lower('Ä')") == "ä"
    assert ask(server, "SHOW wal_level") == "logical"
    assert ask(server, "SHOW max_locks_per_transaction") == "1024"
    assert ask(server, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
    assert server.start() is server
    server.stop()
    assert not server.is_running()
    server.stop()


def test_server_that_was_killed_is_started_again_with_its_data(server: EmbeddedServer) -> None:
    server.start()
    with psycopg.connect(server.uri("postgres", "postgres")) as connection:
        connection.execute("CREATE TABLE kept (n integer)")
        connection.execute("INSERT INTO kept VALUES (7)")
    kill_all(server)
    assert not server.is_running()
    server.start()
    assert ask(server, "SELECT n FROM kept") == 7


def test_last_process_to_leave_stops_the_server(server: EmbeddedServer) -> None:
    server.start()
    program = (
        "import sys; from pathlib import Path;"
        "from nexus_hub.platform.server import EmbeddedServer;"
        "s = EmbeddedServer(Path(sys.argv[1]), fsync=False).start();"
        "print(s.postmaster(), flush=True); sys.stdin.read(); s.stop()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(server.home)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ},
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdin is not None
        assert int(other.stdout.readline()) == server.postmaster()
        server.stop()
        assert server.is_running()
        other.stdin.close()
        other.wait(30)
    assert not server.is_running()


def test_server_that_cannot_start_names_its_log(server: EmbeddedServer) -> None:
    server.start()
    server.stop()
    settings = server.data / "postgresql.conf"
    right = settings.read_text()
    settings.write_text(f"{right}shared_buffers = 'many'\n")
    with pytest.raises(ServerFailed) as failed:
        server.start()
    assert str(server.log) in failed.value.detail
    assert not server.is_running()
    settings.write_text(right)
    server.start()
    assert server.is_running()


def test_long_home_gets_a_short_socket(tmp_path: Path) -> None:
    long = EmbeddedServer(tmp_path / ("x" * SOCKET_PATH_LIMIT))
    assert len(str(long.socket_folder / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT
    assert long.socket_folder != EmbeddedServer(tmp_path / ("y" * SOCKET_PATH_LIMIT)).socket_folder
    short = EmbeddedServer(Path("/tmp/h"))
    assert short.socket_folder == Path("/tmp/h/run")
