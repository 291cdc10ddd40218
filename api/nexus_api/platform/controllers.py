"""`/tasks/{id}` and its `/result`: long work that somebody waits for, and what it came to."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import orjson
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from psycopg import AsyncConnection

from nexus_api.database import Database
from nexus_api.describing import JSON, described
from nexus_api.ids import read_id
from nexus_hub.platform.blobs import BlobStore
from nexus_hub.platform.config import Settings
from nexus_hub.platform.error_classes import NoSuchTask
from nexus_hub.platform.queries.task import TaskGetRow, task_get_async

PARQUET = "application/vnd.apache.parquet"
EXAMPLE: dict[str, Any] = {
    "id": "019a0000-0000-7000-8000-000000000007",
    "room": "fulgora",
    "kind": "enrichment",
    "state": "running",
    "parts": {"total": 3, "done": 1},
    "problems": [
        {"croid": "01jexample0000000000000000", "code": "unreadable-row", "detail": "cut short"}
    ],
    "requested-at": "2026-01-02T03:04:05Z",
    "finished-at": "2026-01-02T03:04:09Z",
}


@get(
    "/tasks/{task_id:str}",
    operation_id="task_get",
    tags=["tasks"],
    operation_class=described(
        {JSON: EXAMPLE},
        headers=("Retry-After", "Location"),
        nullable=("finished-at",),
        others={303: "Done; `Location` leads to the result."},
    ),
)
async def task_get(task_id: FromPath[str], db: Database) -> Response[bytes]:
    """How far long work has come; when it is done, the way to its result."""
    row = await _find(db, task_id)
    content = {
        "id": row.task_id,
        "room": row.room,
        "kind": row.kind,
        "state": row.state,
        "parts": {"total": row.parts_total, "done": row.parts_done},
        "problems": orjson.loads(row.problems),
        "requested-at": row.requested_at,
        "finished-at": row.finished_at,
    }
    headers, status = {"Cache-Control": "no-cache"}, 200
    if row.finished_at is None:
        headers["Retry-After"] = "1"
    elif row.result_url is not None:
        status = 303
        is_path = row.result_url.startswith("/")
        headers["Location"] = row.result_url if is_path else f"/tasks/{row.task_id}/result"
    body = msgspec.json.encode(content)
    return Response(body, status_code=status, media_type=JSON, headers=headers)


@get(
    "/tasks/{task_id:str}/result",
    operation_id="task_result_get",
    tags=["tasks"],
    operation_class=described({PARQUET: "PAR1..."}, headers=("Cache-Control",)),
)
async def task_result_get(
    task_id: FromPath[str], db: Database, settings: NamedDependency[SkipValidation[Settings]]
) -> Response[bytes]:
    """What long work came to, as a Parquet file; not there while the work goes on."""
    row = await _find(db, task_id)
    if row.finished_at is None or row.result_url is None or row.result_url.startswith("/"):
        raise NoSuchTask(f"task {row.task_id} is {row.state} and has no file")
    try:
        content = await asyncio.to_thread(_read, settings, row.result_url)
    except FileNotFoundError:
        raise NoSuchTask(f"the file of task {row.task_id} is kept no longer") from None
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(content, media_type=PARQUET, headers=headers)


def _read(settings: Settings, name: str) -> bytes:
    return BlobStore.of(settings).get(name)


async def _find(db: AsyncConnection[Any], text: str) -> TaskGetRow:
    task_id = read_id(text)
    row = await task_get_async(db, task_id=task_id) if task_id else None
    if row is None:
        raise NoSuchTask(f"no task is {text[:40]}")
    return row


route_handlers = [task_get, task_result_get]
