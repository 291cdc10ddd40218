"""Workers: they read events in batches, handle each batch in one transaction, and never lose one.

A message is deleted in the transaction that stores its result, so that its effect is there once.
What fails is tried again, alone and later; after five reads it lies in the dead letters, and
`nexus queues` shows it. Only a try counts: what was read and not begun is given back.
"""

from __future__ import annotations

import gc
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg import Connection

from nexus_hub.platform import db
from nexus_hub.platform.blobs import BlobStore
from nexus_hub.platform.config import Settings
from nexus_hub.platform.logging import logger
from nexus_hub.platform.queries import queue as q

log = logger(__name__)
POLL_S = 1.0
READ_LIMIT = 100
PATIENCE = 10
"""Of so many turns one is for what can wait, however much else there is."""
SUSPECT_READS = 3
"""A message read so often may be what kills workers: it is tried alone, the others given back."""
WORKER_OPTIONS = {"plan_cache_mode": "force_custom_plan", "enable_seqscan": "off"}
"""Workers look batches up by key in tables that grow faster than their statistics are refreshed: a
plan made for another batch, or for the empty table of a minute ago, would read all of it."""


class Event(msgspec.Struct, frozen=True):
    """What a message says: an event, and the objects it is about (at most 1,000)."""

    event: str
    croids: list[UUID]
    index: int | None = None
    task: UUID | None = None
    v: int = 1


@dataclass(frozen=True, slots=True)
class Message:
    """An event as it lies in a queue."""

    msg_id: int
    read_count: int
    body: Event


@dataclass(slots=True)
class Context:
    """What a handler works with: a connection inside a transaction, settings and blobs."""

    connection: Connection[Any]
    settings: Settings
    blobs: BlobStore
    memory: dict[str, Any] = field(default_factory=dict)


Handler = Callable[[Context, Sequence[Event]], None]
Idle = Callable[[Context], int]


@dataclass(frozen=True, slots=True)
class Consumer:
    """A queue, and what is done with its messages; `idle` finds work that no message tells of.

    What `can_wait` is worked off when nothing else is due, and some of it now and then.
    """

    queue: str
    handle: Handler
    idle: Idle | None = None
    can_wait: bool = False


@dataclass(slots=True)
class Worker:
    """One process's turn at some queues."""

    settings: Settings
    consumers: Sequence[Consumer]
    stopping: threading.Event = field(default_factory=threading.Event)
    on_progress: Callable[[str, int], None] = lambda queue, objects: None
    memory: dict[str, Any] = field(default_factory=dict)

    def run(self, *, drain: bool = False) -> int:
        """Work until stopped, or with `drain` until nothing is left; how many messages it handled.

        A lost connection is opened again, and a database that takes no writes is waited for; a
        worker that is killed loses nothing.
        """
        # Decoded records hold no cycles; looking for some costs a fifth of the work.
        is_collecting = gc.isenabled()
        gc.disable()
        try:
            return self._run(drain)
        finally:
            if is_collecting:
                gc.enable()

    def _run(self, drain: bool) -> int:
        handled = 0
        while not self.stopping.is_set():
            try:
                with db.connect(self.settings, "nexus_worker", **WORKER_OPTIONS) as connection:
                    connection.autocommit = True
                    context = Context(
                        connection, self.settings, BlobStore.of(self.settings), self.memory
                    )
                    handled += self._loop(context, drain)
                    if drain:
                        break
            except psycopg.Error as error:
                if drain or not db.is_passing(error):
                    raise
                log.error("connection lost", error=str(error).strip())
                self.stopping.wait(POLL_S)
        return handled

    def _loop(self, context: Context, drain: bool) -> int:
        handled = 0
        is_littered = False
        if not drain:
            for consumer in self.consumers:
                db.listen(context.connection, f"pgmq.q_{consumer.queue}.INSERT")
        prompt = [consumer for consumer in self.consumers if not consumer.can_wait]
        patient = deque(consumer for consumer in self.consumers if consumer.can_wait)
        for turn in count(1):
            if self.stopping.is_set():
                break
            done = sum(self._poll(context, consumer) for consumer in prompt)
            if not done or turn % PATIENCE == 0:
                done += self._poll_one(context, patient)
            if not done:
                done = sum(self._idle(context, consumer) for consumer in self.consumers)
            handled += done
            if done:
                is_littered = True
                continue
            if is_littered and not drain:
                gc.collect()
                is_littered = False
            if not drain:
                next(context.connection.notifies(timeout=POLL_S, stop_after=1), None)
            elif self._is_empty(context):
                break
            else:
                self.stopping.wait(0.05)
        return handled

    def _poll_one(self, context: Context, consumers: deque[Consumer]) -> int:
        """Work off a batch of the first that has one; the next time another is asked first."""
        for _ in range(len(consumers)):
            consumers.rotate(-1)
            if done := self._poll(context, consumers[-1]):
                return done
        return 0

    def _is_empty(self, context: Context) -> bool:
        mine = {consumer.queue for consumer in self.consumers}
        depths = [row for row in q.queue_list(context.connection) if row.queue in mine]
        return all(row.waiting + row.in_flight == 0 for row in depths)

    def _poll(self, context: Context, consumer: Consumer) -> int:
        rows = self._read(context, consumer, 1)
        messages = list(self._decode(context, consumer, rows))
        # One full message is a batch; the others are left for whoever else works.
        room = self.settings.batch_size // max(1, objects(messages)) - 1
        if rows and room > 0:
            more = self._read(context, consumer, min(room, READ_LIMIT))
            messages += self._decode(context, consumer, more)
            rows += more
        suspect = next((m for m in messages if m.read_count >= SUSPECT_READS), None)
        if suspect is not None:
            self._give_back(context, consumer, [m for m in messages if m is not suspect])
            messages = [suspect]
        started = time.monotonic()
        for batch in batches(messages, self.settings.batch_size):
            late = time.monotonic() - started > self.settings.visibility_s / 2
            if self.stopping.is_set() or late:
                self._give_back(context, consumer, batch)
                continue
            self._handle(context, consumer, batch)
        return len(rows)

    def _read(self, context: Context, consumer: Consumer, limit: int) -> list[q.QueueReadRow]:
        return q.queue_read(
            context.connection,
            queue=consumer.queue,
            visibility_s=self.settings.visibility_s,
            limit_count=limit,
        )

    def _decode(
        self, context: Context, consumer: Consumer, rows: Sequence[q.QueueReadRow]
    ) -> Iterator[Message]:
        for row in rows:
            try:
                yield Message(
                    row.msg_id, row.read_count, msgspec.json.decode(row.message, type=Event)
                )
            except msgspec.MsgspecError as error:
                q.queue_bury(
                    context.connection, queue=consumer.queue, msg_id=row.msg_id, reason=str(error)
                )

    def _handle(self, context: Context, consumer: Consumer, batch: Sequence[Message]) -> None:
        try:
            with context.connection.transaction():
                consumer.handle(context, [message.body for message in batch])
                deleted = q.queue_delete(
                    context.connection,
                    queue=consumer.queue,
                    msg_ids=[message.msg_id for message in batch],
                )
                if deleted != len(batch):
                    # It took longer than the messages were hidden, and another worker was first.
                    raise HandledElsewhere
        except Exception as error:
            if db.is_passing(error):
                if context.connection.broken or not db.is_conflict(error):
                    raise
                self._postpone(context, consumer, batch, 1)
                return
            if len(batch) > 1:
                for message in batch:
                    self._handle(context, consumer, [message])
                return
            if isinstance(error, HandledElsewhere):
                return
            (message,) = batch
            log.error(
                "message failed",
                queue=consumer.queue,
                msg_id=message.msg_id,
                read_count=message.read_count,
                error=repr(error),
                exc_info=True,
            )
            self._postpone(context, consumer, batch, 2 ** (message.read_count - 1))
            return
        self.on_progress(consumer.queue, objects(batch))

    def _postpone(
        self, context: Context, consumer: Consumer, batch: Sequence[Message], delay_s: int
    ) -> None:
        for message in batch:
            q.queue_postpone(
                context.connection, queue=consumer.queue, msg_id=message.msg_id, delay_s=delay_s
            )

    def _give_back(self, context: Context, consumer: Consumer, messages: Sequence[Message]) -> None:
        if messages:
            ids = [message.msg_id for message in messages]
            q.queue_give_back(context.connection, queue=consumer.queue, msg_ids=ids)

    def _idle(self, context: Context, consumer: Consumer) -> int:
        if consumer.idle is None:
            return 0
        try:
            with context.connection.transaction():
                done = consumer.idle(context)
        except Exception as error:
            if db.is_passing(error) and (context.connection.broken or not db.is_conflict(error)):
                raise
            log.error("idle work failed", queue=consumer.queue, error=repr(error), exc_info=True)
            return 0
        if done:
            self.on_progress(consumer.queue, done)
        return done


class HandledElsewhere(Exception):
    """Another worker handled a message meanwhile; what was done here is rolled back."""


def objects(messages: Sequence[Message]) -> int:
    """How many objects messages are about."""
    return sum(len(message.body.croids) for message in messages)


def batches(messages: Sequence[Message], limit: int) -> Iterator[list[Message]]:
    """Messages in order, as many together as have at most `limit` objects; each at least alone."""
    batch: list[Message] = []
    size = 0
    for message in messages:
        if batch and size + len(message.body.croids) > limit:
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += len(message.body.croids)
    if batch:
        yield batch
