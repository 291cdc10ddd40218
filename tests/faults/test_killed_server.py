"""The server is killed with all its processes under load, again and again: what was acknowledged is
there once, what was not is there once when it is sent again, and the changelog has no gap.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from faults import form, storm
from faults.conftest import Teller
from faults.ledger import Ledger
from faults.mortal import MortalServer

KILLS = form.of(3, 60)
CLIENTS = form.of(4, 5)
LOAD_S = 1.2 if form.IS_LONG else 0.5
WORKERS = form.of(1, 2)


@pytest.mark.timeout(form.of(180, 1800))
def test_nothing_acknowledged_is_lost_when_the_server_dies_under_load(
    mortal: MortalServer, tmp_path: Path, teller: Teller
) -> None:
    storm.FORKS.set_forkserver_preload(storm.PRELOAD)
    dice = random.Random()
    books = Ledger.opened(mortal, tmp_path / "journals")
    clients = storm.Crowd(books.client, [f"client{n}" for n in range(CLIENTS)])
    workers = storm.Crowd(books.worker, [f"worker{n}" for n in range(WORKERS)])
    killed = 0
    try:
        for kill in range(1, KILLS + 1):
            places = books.places()
            clients.fill()
            workers.fill()
            # Under load: every client has been answered since the last kill.
            for name in clients.names:
                books.await_answer(name, places.get(name, 0))
            time.sleep(dice.uniform(0, LOAD_S))
            if dice.random() < 0.3:
                workers.kill(dice.choice(workers.names))
            processes = mortal.kill()
            killed += processes
            clients.wait()
            mortal.start()
            acknowledged = books.audit()
            teller.progress(
                f"kill {kill} of {KILLS}: {processes} processes; {acknowledged} acknowledged"
                " changes verified"
            )
        (books.folder / storm.STOP).touch()
        clients.fill()
        clients.wait()
        workers.end()
        figures = books.close()
    finally:
        clients.end()
        workers.end()
    assert figures["acknowledged"] > 10 * KILLS
    teller.summary(
        f"server: {KILLS} kills of {killed} processes under {CLIENTS} clients and {WORKERS}"
        f" workers; {figures['acknowledged']} acknowledged changes, each there once;"
        f" {figures['indexes']} indexes without a gap; {figures['objects']} objects verified"
    )
