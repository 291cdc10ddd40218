"""The pages of the resolver: several locations, a deleted object, a name nobody registered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from litestar import Response

from nexus_api.pages.page import HTML, page
from nexus_api.raw_path import encode as encode_segment
from nexus_hub.croid.codec import encode
from nexus_hub.nauvis.locations import Location
from nexus_hub.nauvis.queries import location as q
from nexus_hub.platform.errors import NexusError

__all__ = ["HTML", "chooser", "tombstone", "unregistered"]


def chooser(
    name: str, title: str | None, locations: Sequence[Location], headers: Mapping[str, str]
) -> Response[bytes]:
    """The locations of an object, for people to choose one; each link leads back to the resolver.

    Status 300 (RFC 9110, section 15.4.1).
    """
    links = [
        {
            "href": f"/{encode_segment(name)}?locatt=id:{one.number}",
            "label": one.label or urlsplit(one.url).hostname,
            "host": urlsplit(one.url).hostname,
            "country": one.country.upper(),
        }
        for one in locations
    ]
    values = {"title": title or name, "name": name, "links": links}
    return page("resolver_choice.html", values, status=300, headers=headers)


def tombstone(
    name: str,
    found: q.LocationFindRow | q.LocationGetRow,
    last: q.LocationLastRow | None,
    headers: Mapping[str, str],
) -> Response[bytes]:
    """What is left of an object that was deleted."""
    croid = encode(found.croid)
    values: dict[str, Any] = {
        "title": "Deleted",
        "name": name,
        "croid": croid,
        "kind": found.kind,
        "last_title": last.title if last else None,
        "at": last.accepted_at if last else None,
        "changes": f"/changes?after={last.index - 1}" if last else None,
        "before": f"/cro/{croid}/revisions/{last.previous_revision_id}"
        if last and last.previous_revision_id
        else None,
        "history": f"/cro/{croid}/history",
    }
    return page("resolver_deleted.html", values, status=410, headers=headers)


def unregistered(name: str, error: NexusError, headers: Mapping[str, str]) -> Response[bytes]:
    """That a name leads nowhere from here, and what may be the reason."""
    is_doi = error.http_status == 404 and name.startswith("10.")
    values = {
        "title": "Not found" if error.http_status == 404 else "Not a name",
        "name": name[:300],
        "detail": error.meaning,
        "elsewhere": f"https://doi.org/{encode_segment(name)}" if is_doi else None,
        "record": f"/works/{encode_segment(name)}" if is_doi else None,
    }
    return page("resolver_unknown.html", values, status=error.http_status, headers=headers)
