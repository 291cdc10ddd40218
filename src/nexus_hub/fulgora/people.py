"""Public ORCID records: the yearly archive of XML summaries, single records in XML or JSON."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from msgspec.structs import replace

from nexus_hub.catalog.person import employments_of, works_of
from nexus_hub.fulgora.cells import facts
from nexus_hub.fulgora.declaration import Rows, Statement
from nexus_hub.fulgora.funders import read_member, read_xml
from nexus_hub.platform.files import MAX_RECORD_BYTES, Located, read_records
from nexus_hub.platform.places import BrokenFileError, Site, record_numbers
from nexus_hub.platform.unpacking import READ_BYTES, Progress

MAX_MEMBER_BYTES = 256 << 20


def read_orcid(path: str, progress: Progress) -> Rows:
    """Every record of an archive (`.tar.gz`), an XML file or JSON; told apart by the name.

    E-mail addresses are left out.
    """
    for item in _read_whole(path, progress):
        yield replace(item, raw=without_emails(item.raw)) if isinstance(item, Located) else item


def without_emails(raw: bytes) -> bytes:
    """A record without `person.emails`, whose addresses nothing here needs.

    Bytes that have none, or are no JSON object, are given back as they are.

    >>> without_emails(b'{"person":{"name":"A","emails":{"email":[{"email":"a@b.org"}]}}}')
    b'{"person":{"name":"A"}}'
    """
    if b'"emails"' not in raw:
        return raw
    try:
        record = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return raw
    person = record.get("person") if isinstance(record, dict) else None
    if not isinstance(person, dict) or person.pop("emails", None) is None:
        return raw
    return orjson.dumps(record)


def _read_whole(path: str, progress: Progress) -> Rows:
    name = path.lower()
    if name.endswith((".tar.gz", ".tgz", ".tar")):
        return _read_archive(path, progress)
    if name.removesuffix(".gz").endswith(".xml"):
        return read_xml(path, _is_record, lambda names: names, progress)
    return read_records(path, progress=progress)


def _is_record(name: str, depth: int) -> bool:
    return name == "record" and depth == 0


def _read_archive(path: str, progress: Progress) -> Rows:
    numbers = record_numbers()
    site = Site(path, "", numbers, MAX_RECORD_BYTES)
    try:
        with Path(path).open("rb") as stream, tarfile.open(fileobj=stream, mode="r|*") as archive:
            total = Path(path).stat().st_size
            for member in archive:
                progress(stream.tell(), total)
                if not member.isfile() or not member.name.lower().endswith(".xml"):
                    continue
                site = Site(path, member.name, numbers, MAX_RECORD_BYTES)
                if member.size > MAX_MEMBER_BYTES:
                    yield site.bad(1, "record-too-large", f"{member.size:,} bytes")
                    continue
                held = archive.extractfile(member)
                if held is not None:
                    yield from _one(site, held)
    except (tarfile.TarError, EOFError, zlib.error, OSError) as failure:
        yield site.broken(None, BrokenFileError("corrupt-compression", f"tar: {failure}"))


def _one(site: Site, held: Any) -> Rows:
    """The record of one member; what is wrong with it costs no other."""
    count = 0
    for item in read_member(site, _pieces(held), _is_record):
        if getattr(item, "fatal", False):
            yield site.bad(item.line or 1, item.code, item.detail)  # ty: ignore
            return
        count += 1
        yield item
    if not count:
        yield site.bad(1, "not-a-record", "the file holds no ORCID record")


def _pieces(held: BinaryIO) -> Iterator[bytes]:
    while chunk := held.read(READ_BYTES):
        yield chunk


def state_orcid(value: Any) -> list[Statement]:
    """The DOIs the person claims, and the employers that are identified."""
    found = [
        Statement("doi", work.doi, "claimed", facts(title=work.title, claimed_by=work.claimed_by))
        for work in works_of(value)
    ]
    for job in employments_of(value):
        if job.scheme:
            told = facts(name=job.name, department=job.department, role=job.role)
            told |= facts(**{"from": job.begun, "until": job.ended})
            found.append(Statement(job.scheme, job.value, "employer", told))
    return found
