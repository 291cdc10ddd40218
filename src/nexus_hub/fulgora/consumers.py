"""What Fulgora hears: which objects somebody asks about. It answers with a Parquet file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import orjson
import polars as pl
import zstandard

from nexus_hub.croid.codec import decode, encode
from nexus_hub.fulgora.queries import request as q
from nexus_hub.platform.queues import Consumer, Context, Event

SCHEMA = {
    "croid": pl.String,
    "source": pl.String,
    "source_version": pl.String,
    "key": pl.String,
    "found": pl.Boolean,
    "record": pl.String,
    "retrieved_at": pl.Datetime("us", "UTC"),
}
"""The columns of an answer: one row per object and source that was asked."""


def answer_requests(context: Context, events: Sequence[Event]) -> None:
    """Answer each message from the current releases; the last of a task joins the parts."""
    for event in events:
        if event.task is not None:
            answer_request(context, event.task, event.croids)


def answer_request(context: Context, task_id: UUID, croids: Sequence[UUID]) -> None:
    """Write what is known of these objects as a part of the task's answer."""
    connection = context.connection
    sources = q.request_source_list(connection, task_id=task_id)
    rows, problems = _find(context, list(croids), sources)
    part = part_name(task_id, croids)
    context.blobs.put(part, _parquet(pl.DataFrame(rows, schema=SCHEMA, orient="row")))
    parts = q.request_add_part(
        connection, task_id=task_id, part=part, problems=orjson.dumps(problems).decode()
    )
    if parts:
        whole = pl.concat([pl.read_parquet(BytesIO(context.blobs.get(name))) for name in parts])
        url = f"fulgora/answers/{task_id}.parquet"
        context.blobs.put(url, _parquet(whole.sort("croid", "source", "key")))
        asked = sorted({decode(croid) for croid in whole["croid"]})
        q.request_answer(connection, task_id=task_id, croids=asked, result_url=url)


def part_name(task_id: UUID, croids: Sequence[UUID]) -> str:
    """The name of a part; the same objects of a task always have the same."""
    return f"fulgora/answers/{task_id}/{encode(min(croids))}.parquet"


def _find(
    context: Context, croids: list[UUID], sources: list[str]
) -> tuple[list[tuple[Any, ...]], list[dict[str, str]]]:
    now = datetime.now(UTC)
    decompressor = zstandard.ZstdDecompressor()
    rows: list[tuple[Any, ...]] = []
    problems: list[dict[str, str]] = []
    seen: set[tuple[UUID, str]] = set()
    for row in q.request_record_list(context.connection, croids=croids, sources=sources):
        seen.add((row.croid, row.source))
        try:
            record = decompressor.decompress(row.record, max_output_size=1 << 26).decode()
        except (zstandard.ZstdError, UnicodeDecodeError) as error:
            problem = {"croid": encode(row.croid), "code": "unreadable-row", "detail": str(error)}
            problems.append(problem)
            continue
        version = str(row.release_no)
        rows.append((encode(row.croid), row.source, version, row.key, True, record, now))
    for croid in croids:
        for source in sources:
            if (croid, source) not in seen:
                rows.append((encode(croid), source, None, None, False, None, now))
    return rows, problems


def _parquet(table: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    table.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


CONSUMERS = [Consumer("fulgora_enrichment_wanted", answer_requests)]
