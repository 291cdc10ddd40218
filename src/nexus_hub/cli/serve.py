"""`nexus serve`: the API, and with it, if wanted, everything else."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nexus_hub.cli.session import begin, console
from nexus_hub.platform.error_classes import AddressInUse

if TYPE_CHECKING:
    from litestar import Litestar

APPLICATION = "nexus_hub.cli.serve:create"
KILL_AFTER_S = 10
"""How long requests at hand may take when the server is told to stop."""
LOOK_S = 1.0
"""How often a process that answers looks whether the one that started it is there."""


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; the setting by default.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            min=0, max=65535, help="Port to listen on; the setting by default, 0 for any free one."
        ),
    ] = None,
    with_workers: Annotated[
        bool, typer.Option("--with-workers", help="Work all queues and keep the schedules as well.")
    ] = False,
    processes: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Processes that work, with --with-workers.")
    ] = 1,
) -> None:
    """Serve the API until Ctrl-C."""
    # Imported late: no other command needs what they bring.
    from nexus_hub.catalog import replica
    from nexus_hub.cli.crew import Crew, Orders
    from nexus_hub.platform import db

    chosen = begin()
    replica.check_whole(db.uri(chosen))
    address = host or chosen.host
    number = free_port(address, chosen.port if port is None else port)
    server = _granian(address, number, processes)
    with Crew(workers if with_workers else 0, Orders(schedules=True)):
        shown = f"[{address}]" if ":" in address else address
        console.print(f"NEXUS answers at http://{shown}:{number}/", highlight=False, soft_wrap=True)
        console.print(
            f"[dim]{'with' if with_workers else 'without'} workers; Ctrl-C stops it[/dim]"
        )
        server.serve()
    console.print("stopped")


def free_port(host: str, port: int) -> int:
    """The port, or with 0 any that is free; raises AddressInUse where none can be listened on."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with closing(socket.socket(family, kind, protocol)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
            return int(probe.getsockname()[1])
    except OSError as error:
        raise AddressInUse(f"{host}:{port}: {error.strerror}") from error


def _granian(address: str, port: int, processes: int) -> Any:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    return Granian(
        APPLICATION,
        address=address,
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=processes,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_AFTER_S,
        log_level=LogLevels.warning,
    )


def create() -> Litestar:
    """The application in a process that ends with the one that started it, however that ended."""
    from nexus_api import serve as serving

    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    return serving.create()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_S)
    os.kill(os.getpid(), signal.SIGTERM)
