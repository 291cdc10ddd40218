"""CSL-JSON as the body of a release, its members one by one.

What a work has no member for is kept under `nexus.csl`; the particles of names are kept beside the
name that they are part of. Rules: the CSL 1.0.2 data schema and specification.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from nexus_hub.catalog.canonical import Problem, RefusedRecordError, decode
from nexus_hub.catalog.crossref_forms import TYPES
from nexus_hub.catalog.crossref_members import VOLATILE
from nexus_hub.catalog.csl.dates import read_date
from nexus_hub.catalog.csl.people import put_people
from nexus_hub.catalog.csl.shapes import ITEM, PASSED
from nexus_hub.catalog.drafts import Draft, prune
from nexus_hub.catalog.jats import to_jats
from nexus_hub.catalog.record_types import find_missing
from nexus_hub.catalog.shape import ABSENT
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise, normalise_doi

Reading = tuple[dict[str, Any], list[Problem]]

_TYPES: Final = {
    "article": "posted-content",
    "article-journal": "journal-article",
    "book": "book",
    "chapter": "book-chapter",
    "collection": "book-series",
    "dataset": "dataset",
    "entry": "reference-entry",
    "entry-dictionary": "reference-entry",
    "entry-encyclopedia": "reference-entry",
    "paper-conference": "proceedings-article",
    "periodical": "journal",
    "report": "report",
    "review": "peer-review",
    "review-book": "journal-article",
    "software": "software",
    "standard": "standard",
    "thesis": "dissertation",
}
"""CSL item type -> type of a work; what is neither here nor Crossref's own is `other`."""

_SAME: Final = {
    "DOI": "DOI",
    "edition": "edition-number",
    "issue": "issue",
    "language": "language",
    "page": "page",
    "part-number": "part-number",
    "publisher": "publisher",
    "publisher-place": "publisher-location",
    "source": "source",
    "volume": "volume",
}
_LISTS: Final = {
    "container-title-short": "short-container-title",
    "original-title": "original-title",
    "title": "title",
    "title-short": "short-title",
}
_OLD_NAMES: Final = {
    "event": "event-title",
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
}
_DATES: Final = {"available-date": "published-online", "issued": "issued"}
_IDENTIFIERS: Final = {"PMCID": "pmcid", "PMID": "pmid"}
_RESOLVER: Final = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_IN_BOOKS: Final = frozenset({"book-chapter", "proceedings-article"})


def read_csl(raw: bytes) -> Reading:
    """The body that a deposited item of CSL-JSON asks for.

    Raises RefusedRecordError where the bytes are no clean JSON; other faults are in the problems,
    with pointers into the item.
    """
    item = decode(raw)
    if not isinstance(item, dict):
        raise RefusedRecordError(Problem("wrong-type", "", "an item is an object"))
    return read(item)


def read(item: Any) -> Reading:
    """The body of a release made of a CSL-JSON item, and what is wrong with it.

    If a problem is an error, the body must not be stored. Pointers lead into the item.

    >>> body = read({"DOI": "10.5555/a", "type": "book", "title": "T", "volume": 3})[0]
    >>> body == {"DOI": "10.5555/a", "type": "book", "title": ["T"], "volume": "3"}
    True
    """
    problems: list[Problem] = []
    given = ITEM.read(item, None, problems)
    if given is ABSENT:
        return {}, problems
    clean = prune(given, keeps_places=True)
    draft = Draft(origins={"/DOI": "/DOI", "/type": "/type", "/title": "/title"})
    left = _put_all(clean, draft)
    if left:
        draft.put_nexus("csl", left, "")
    body, found = draft.finish()
    problems += found
    if not any(problem.severity == "error" for problem in problems):
        problems += [
            replace(each, pointer=draft.origins.get(each.pointer, each.pointer))
            for each in find_missing(body)
        ]
    return body, problems


def _put_all(item: Mapping[str, Any], draft: Draft) -> dict[str, Any]:
    """Put every member that a work has a place for; what is left."""
    left = {name: value for name, value in item.items() if name not in VOLATILE}
    for old, name in _OLD_NAMES.items():
        if old in left and name not in left:
            left[name] = left.pop(old)
            draft.origins[f"/{name}"] = f"/{old}"
    _put_type(left, draft)
    for name, target in _SAME.items():
        draft.put(target, left.pop(name, None), f"/{name}")
    for name, target in _LISTS.items():
        if name in left:
            draft.put(target, [left.pop(name)], f"/{name}")
    put_people(left, draft)
    _put_dates(left, draft)
    _put_containers(left, draft)
    _put_identifiers(left, draft)
    _put_details(left, draft)
    for name in sorted(PASSED & left.keys()):
        value = left.pop(name)
        if name not in draft.body:
            draft.put(name, value, f"/{name}")
    custom = left.pop("custom", {})
    if custom and custom.keys() != {"croid"}:
        left["custom"] = custom
    return left


def _put_type(left: dict[str, Any], draft: Draft) -> None:
    given = left.pop("type", None)
    kind = given if given in TYPES and given not in _TYPES else _TYPES.get(given or "")
    if given and kind is None:
        kind = "other"
        left["type"] = given
    draft.put("type", kind, "/type")
    if given in {"entry-dictionary", "entry-encyclopedia", "review-book"}:
        left["type"] = given


def _put_dates(left: dict[str, Any], draft: Draft) -> None:
    for name, target in _DATES.items():
        if name not in left:
            continue
        date = read_date(left[name])
        if date is None:
            detail = "cannot be read as a date; kept under nexus.csl"
            draft.warn("bad-date", f"/{name}", detail)
            continue
        draft.put(target, date, f"/{name}")
        given = left.pop(name)
        kept = prune(given.keys() & {"season", "circa"} if isinstance(given, dict) else set())
        if kept:
            left[name] = {part: given[part] for part in sorted(kept)}
    _put_event(left, draft)


def _put_event(left: dict[str, Any], draft: Draft) -> None:
    event: dict[str, Any] = {}
    for name, target in (("event-title", "name"), ("event-place", "location")):
        if name in left:
            event[target] = left.pop(name)
            draft.origins[f"/event/{target}"] = f"/{name}"
    date = read_date(left.get("event-date"))
    if date is not None:
        del left["event-date"]
        for end, parts in zip(("start", "end"), date["date-parts"], strict=False):
            event[end] = {"date-parts": [parts]}
            draft.origins[f"/event/{end}"] = "/event-date"
    draft.put("event", event, "/event-title")


def _put_containers(left: dict[str, Any], draft: Draft) -> None:
    """The container last: of a chapter, the series that its book stands in comes before it."""
    draft.origins["/container-title"] = "/container-title"
    if (
        draft.body.get("type") in _IN_BOOKS
        and {"collection-title", "container-title"} <= left.keys()
    ):
        draft.add("container-title", left.pop("collection-title"), "/collection-title")
    if "container-title" in left:
        draft.add("container-title", left.pop("container-title"), "/container-title")


def _put_identifiers(left: dict[str, Any], draft: Draft) -> None:
    for name in ("ISBN", "ISSN"):
        for value in re.split(r"[,;\s]+", left.pop(name, "")):
            if value:
                draft.add(name, value, f"/{name}")
    found: dict[str, str] = {}
    for name, scheme in _IDENTIFIERS.items():
        if name not in left:
            continue
        try:
            found[scheme] = normalise(scheme, left[name])
            del left[name]
        except MalformedIdentifier:
            draft.warn(f"malformed-{scheme}", f"/{name}", "kept under nexus.csl as given")
    if found:
        draft.put_nexus("ext_ids", found, "/PMID")
    url = left.get("URL", "")
    if url and not _RESOLVER.match(url):
        draft.put("resource", {"primary": {"URL": left.pop("URL")}}, "/URL")
    elif url and _is_doi(url, draft.body.get("DOI")):
        del left["URL"]
    if "id" in left and _is_doi(left["id"], draft.body.get("DOI")):
        del left["id"]


def _is_doi(text: str, doi: Any) -> bool:
    try:
        return isinstance(doi, str) and normalise_doi(text) == normalise_doi(doi)
    except MalformedIdentifier:
        return False


def _put_details(left: dict[str, Any], draft: Draft) -> None:
    if "abstract" in left:
        draft.put("abstract", to_jats(left.pop("abstract")), "/abstract")
    for word in re.split(r"\s*[,;]\s*", left.pop("keyword", "")):
        if word.strip():
            draft.add("subject", word.strip(), "/keyword")
    if "version" in left:
        draft.put("version", {"version": left.pop("version")}, "/version")
    kind = draft.body.get("type")
    if "number" in left:
        number = left.pop("number")
        if kind == "journal-article":
            draft.put("article-number", number, "/number")
        else:
            draft.put_nexus("number", number, "/number")
    if kind == "dissertation":
        if "genre" in left:
            draft.put("degree", [left.pop("genre")], "/genre")
        if "publisher" in draft.body:
            draft.put("institution", [{"name": draft.body["publisher"]}], "/publisher")
    elif kind == "posted-content" and left.get("genre", "").casefold() == "preprint":
        left.pop("genre")
        draft.put("subtype", "preprint", "/genre")
