"""What is different between two revisions of an object, and who last set each field of it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
import orjson
from litestar import Request, Response, get
from litestar.params import FromPath, QueryParameter
from psycopg import AsyncConnection

from nexus_api.catalog import examples
from nexus_api.catalog.objects import accepted_revision, live_object
from nexus_api.catalog.redactions import check_content
from nexus_api.conditional import is_fresh, item_etag, not_modified
from nexus_api.database import Database
from nexus_api.describing import JSON, IfNoneMatch, MinIndex, check_parameters, described
from nexus_api.former import moved
from nexus_hub.aquilo.errors import NotAcceptable
from nexus_hub.catalog import difference
from nexus_hub.catalog.blame import blame
from nexus_hub.catalog.queries.changelog import ChangelogOfRevisionRow
from nexus_hub.catalog.queries.redaction import redaction_count_async
from nexus_hub.catalog.queries.revision import revision_body_list_async
from nexus_hub.croid.codec import decode, encode

TEXT = "text/plain"
AnyRequest = Request[Any, Any, Any]
From = Annotated[str, QueryParameter(name="from", description="The revision before.")]
To = Annotated[str, QueryParameter(name="to", description="The revision after.")]


@get(
    "/cro/{croid:str}/diff",
    operation_id="object_diff",
    tags=["objects"],
    operation_class=described(
        {JSON: examples.DIFF, TEXT: examples.DIFF_TEXT},
        headers=("X-Nexus-Index", "ETag"),
        others={
            304: "What is held already is current.",
            404: "The object has no such revision.",
            410: "`redacted`: the content of one of them was taken away.",
            406: "There is JSON and text.",
        },
    ),
)
async def object_diff(
    croid: FromPath[str],
    request: AnyRequest,
    db: Database,
    before: From,
    after: To,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """What is different in the revision `to` from the revision `from`, whichever is older.

    `patch` is a JSON Patch. `changes` tells the same for people: a pointer to what was removed
    leads into `from`, any other into `to`.
    """
    check_parameters(request, ("from", "to", "mailto"))
    media_type = request.accept.best_match([JSON, TEXT])
    if media_type is None:
        raise NotAcceptable(f"there is: {JSON}, {TEXT}")
    key = decode(croid)
    places = [await accepted_revision(db, key, text) for text in (before, after)]
    (old, old_place), (new, new_place) = places
    await check_content(db, key, [old, new])
    etag = item_etag("diff", key, old, new, media_type)
    if is_fresh(request, etag):
        return not_modified(etag)
    texts = await _bodies(db, key, old, new)
    changes = difference.compare(orjson.loads(texts[0]), orjson.loads(texts[1]))
    if media_type == TEXT:
        heads = f"--- {_head(old, old_place)}\n+++ {_head(new, new_place)}\n"
        content = (heads + difference.write(changes)).encode()
    else:
        told = {
            "croid": encode(key),
            "from": _told(old, old_place),
            "to": _told(new, new_place),
            "patch": difference.patch(*texts),
            "changes": [
                {
                    "pointer": one.pointer,
                    "change": one.change,
                    "before": one.before,
                    "after": one.after,
                }
                for one in changes
            ],
        }
        content = msgspec.json.encode(told)
    return Response(content, media_type=media_type, headers={"ETag": etag, "Vary": "Accept"})


@get(
    "/cro/{croid:str}/blame",
    operation_id="object_blame",
    tags=["objects"],
    operation_class=described(
        {JSON: examples.BLAME},
        headers=("X-Nexus-Index", "ETag", "Location"),
        others={
            301: "The object was merged into another; `Location` leads to it.",
            304: "What is held already is current.",
            404: "No live object has this CROID.",
            410: "The object was deleted; `Link` leads to what is left of it.",
        },
    ),
)
async def object_blame(
    croid: FromPath[str],
    request: AnyRequest,
    db: Database,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """For each field of an object, and each element of its lists, the edit that last set it.

    `or-redacted` names an edit whose content was taken away and which may have set it before.
    """
    row, place = await live_object(db, decode(croid))
    if row.redirect_to is not None:
        return moved(row.redirect_to)
    index = place.index if place else 0
    redactions = await redaction_count_async(db)
    etag = item_etag("blame", row.revision_id, index, redactions)
    if is_fresh(request, etag):
        return not_modified(etag)
    content = {
        "croid": encode(row.croid),
        "revision": row.revision_id,
        "index": index,
        "fields": [
            {
                "pointer": one.pointer,
                "index": one.edit.index,
                "at": one.edit.accepted_at,
                "editor": one.edit.editor,
                "revision": one.edit.revision_id,
            }
            | (
                {"or-redacted": {"index": one.or_lost.index, "revision": one.or_lost.revision_id}}
                if one.or_lost
                else {}
            )
            for one in await blame(db, row.croid)
        ],
    }
    return Response(msgspec.json.encode(content), media_type=JSON, headers={"ETag": etag})


async def _bodies(db: AsyncConnection[Any], croid: UUID, old: UUID, new: UUID) -> tuple[str, str]:
    rows = await revision_body_list_async(db, croids=[croid, croid], revision_ids=[old, new])
    texts = {row.revision_id: row.body or "{}" for row in rows}
    return texts[old], texts[new]


def _head(revision_id: UUID, place: ChangelogOfRevisionRow) -> str:
    return f"{revision_id} index {place.index} {place.accepted_at.isoformat()} {place.agent}"


def _told(revision_id: UUID, place: ChangelogOfRevisionRow) -> dict[str, Any]:
    return {
        "revision": revision_id,
        "index": place.index,
        "at": place.accepted_at,
        "agent": place.agent,
    }
