"""Works by DOI, of which those that are asked for at once are read together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from litestar import Litestar

from nexus_api.database import WAIT_S, Pool
from nexus_api.gathering import Gatherer
from nexus_hub.aquilo.queries.work import WorkListByDoiRow, work_list_by_doi_async

Row = WorkListByDoiRow


class WorkReader:
    """Reads works for one process, each in a moment of its own and not in a transaction."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._whole = Gatherer(partial(self._read, with_body=True))
        self._heads = Gatherer(partial(self._read, with_body=False))

    async def find(self, doi: str, *, with_body: bool) -> Row | None:
        """The release that a DOI names, live, merged or deleted; its body is text, if wanted."""
        return await (self._whole if with_body else self._heads).get(doi)

    async def _read(self, dois: Sequence[str], *, with_body: bool) -> dict[str, Row]:
        async with self._pool.connection(WAIT_S) as db:
            await db.set_autocommit(True)
            try:
                rows = await work_list_by_doi_async(db, dois=list(dois), with_body=with_body)
            finally:
                await db.set_autocommit(False)
        return {row.asked: row for row in rows}


def reader_of(app: Litestar) -> WorkReader:
    """The reader of this process."""
    reader: WorkReader | None = app.state.get("works")
    if reader is None:
        reader = app.state.works = WorkReader(app.state.pool)
    return reader
