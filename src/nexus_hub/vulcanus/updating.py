"""Hears what notices and sources say of updates, and has both sides of them say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from psycopg import Connection

from nexus_hub.platform.queues import Context, Event
from nexus_hub.vulcanus.deferred import read_standing, settle_layers
from nexus_hub.vulcanus.queries import update_claim as q
from nexus_hub.vulcanus.update import STRATEGY, elements_of, input_hash, read_claims


class Told(NamedTuple):
    """A row of a source about an object that it was asked about; `record` None: it has none."""

    croid: UUID
    key: str
    record: bytes | None


class Update(NamedTuple):
    """What a row says: DOIs, the type as it is written there, and the day."""

    original: str
    notice: str | None
    type: str
    updated_on: date | None


def apply_updates(context: Context, events: Sequence[Event]) -> None:
    """Have works and notices say what is said of them, and derive those again that it changes."""
    croids = sorted({croid for event in events for croid in event.croids})
    standing = read_standing(context.connection, STRATEGY, croids)
    told = read_claims(context.connection, croids)
    digests = {
        croid: digest
        for croid in croids
        if (croid in told or croid in standing.layers)
        and not standing.is_done(croid, digest := input_hash(told.get(croid, [])))
    }
    found = {croid: elements_of(told.get(croid, [])) for croid in digests}
    if digests:
        is_on = standing.row.is_enabled
        settle_layers(context, standing, "updates", digests, found if is_on else {})


def hear_rows(connection: Connection[Any], source: str, told: Sequence[Told]) -> None:
    """Keep what a source said of updates; what it said before of the objects asked about ends."""
    read = READERS[source]
    rows = [
        (row.croid, row.key, update)
        for row in told
        if row.record is not None
        for update in read(orjson.loads(row.record))
    ]
    q.claim_store(
        connection,
        source=source,
        asked=sorted({row.croid for row in told}),
        croids=[croid for croid, _, _ in rows],
        keys=[key for _, key, _ in rows],
        originals=[update.original for _, _, update in rows],
        notices=[update.notice for _, _, update in rows],
        types=[update.type for _, _, update in rows],
        dates=[update.updated_on for _, _, update in rows],
    )


def read_retraction_watch(row: Mapping[str, Any]) -> Iterator[Update]:
    """What a row of Retraction Watch says, in the columns of its CSV.

    >>> list(read_retraction_watch({"OriginalPaperDOI": "10.5555/a", "RetractionDOI": "10.5555/n",
    ...     "RetractionNature": "Retraction", "RetractionDate": "2/14/2015 0:00"}))[0].updated_on
    datetime.date(2015, 2, 14)
    """
    original, notice = _doi(row.get("OriginalPaperDOI")), _doi(row.get("RetractionDOI"))
    if original and row.get("RetractionNature"):
        day = _american(str(row.get("RetractionDate", "")))
        # A notice under the DOI of the work itself is none of its own.
        yield Update(original, notice if notice != original else None, row["RetractionNature"], day)


def read_open_retractions(row: Mapping[str, Any]) -> Iterator[Update]:
    """What a record of the open retractions says: a DOI and its updates."""
    original = _doi(_identified(row))
    for update in _objects(row.get("updates")):
        kind = update.get("type")
        if original and isinstance(kind, str):
            yield Update(original, _doi(_identified(update)), kind, _day(update.get("timestamp")))


READERS: Final[Mapping[str, Callable[[Mapping[str, Any]], Iterator[Update]]]] = {
    "retraction-watch": read_retraction_watch,
    "open-retractions": read_open_retractions,
}
"""How the rows of sources that tell of updates are read."""


def _objects(items: Any) -> Iterable[Mapping[str, Any]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _identified(item: Mapping[str, Any]) -> Any:
    named = item.get("identifier")
    return named.get("doi") if isinstance(named, dict) else None


def _doi(value: Any) -> str | None:
    """A DOI as it is written, None for what stands where there is none."""
    text = value.strip() if isinstance(value, str) else ""
    return text if "/" in text else None


def _american(text: str) -> date | None:
    try:
        return datetime.strptime(text.split(" ")[0], "%m/%d/%Y").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _day(timestamp: Any) -> date | None:
    """The day of milliseconds since 1970."""
    try:
        return datetime.fromtimestamp(int(timestamp) / 1000, tz=UTC).date()
    except (TypeError, ValueError, OverflowError, OSError):
        return None
