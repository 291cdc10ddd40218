"""Locks within a transaction, leases beyond it: who comes second waits, or is refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import psycopg
import pytest

from nexus_hub.croid import service
from nexus_hub.croid.errors import FencedOff, Held
from nexus_hub.croid.queries import lease as leases
from nexus_hub.croid.queries import mint as minting


def test_locks_of_overlapping_batches_in_opposite_order_do_not_deadlock(fresh_database) -> None:
    croids = [uuid4() for _ in range(1000)]
    start = Barrier(4)

    def lock(batch: list[UUID]) -> None:
        with fresh_database.connect() as connection:
            connection.execute("SELECT 1")
            start.wait()
            minting.croid_lock(connection, croids=batch)

    with ThreadPoolExecutor(4) as clients:
        batches = [croids, croids[::-1], croids[500:] + croids[:500], croids[::-1]]
        assert list(clients.map(lock, batches)) == [None] * 4


def test_lock_serialises_writers_until_commit(fresh_database) -> None:
    croid = uuid4()
    with fresh_database.connect() as first, fresh_database.connect() as second:
        minting.croid_lock(first, croids=[croid])
        second.execute("SET lock_timeout = '50ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            minting.croid_lock(second, croids=[uuid4(), croid])
        second.rollback()
        first.commit()
        minting.croid_lock(second, croids=[croid])


def test_one_of_many_takes_the_lease(fresh_database) -> None:
    croid = uuid4()
    start = Barrier(10)

    def take(number: int) -> int | None:
        with fresh_database.connect("nexus_api") as connection:
            connection.execute("SELECT 1")
            start.wait()
            try:
                return service.take_lease(connection, croid, f"holder {number}", 60).fence
            except psycopg.Error as error:
                if error.sqlstate == Held.sqlstate:
                    return None
                raise

    with ThreadPoolExecutor(10) as clients:
        fences = list(clients.map(take, range(10)))
    assert sorted(fence for fence in fences if fence is not None) == [1]


def test_lease_cannot_change_hands_between_check_and_write(fresh_database) -> None:
    croid = uuid4()
    with fresh_database.connect() as writer, fresh_database.connect("nexus_api") as other:
        fence = service.take_lease(other, croid, "ann", 1).fence
        other.commit()
        leases.lease_check_fence(writer, croid=croid, fence=fence)
        other.execute("SET lock_timeout = '50ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            service.release_lease(other, croid, fence)
        other.rollback()
        writer.commit()
        service.release_lease(other, croid, fence)
        other.commit()
        with pytest.raises(psycopg.Error) as refused:
            leases.lease_check_fence(writer, croid=croid, fence=fence)
        assert refused.value.sqlstate == FencedOff.sqlstate


def test_lease_is_renewed_and_read(db: psycopg.Connection) -> None:
    croid = uuid4()
    taken = service.take_lease(db, croid, "ann", 60)
    renewed = service.renew_lease(db, croid, taken.fence, 3600)
    assert renewed.fence == taken.fence
    assert renewed.expires_at - datetime.now(UTC) > timedelta(minutes=59)
    found = leases.lease_get(db, croid=croid)
    assert found is not None
    assert (found.holder, found.fence, found.expires_at) == ("ann", 1, renewed.expires_at)
