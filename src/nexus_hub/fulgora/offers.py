"""What the Zenodo API says of a release: its archive and the checksum to hold it to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from nexus_hub.fulgora.errors import SourceUnreachable


@dataclass(frozen=True, slots=True)
class Offer:
    """A release as its publisher announces it; the checksum is `algorithm:hexadecimal`."""

    name: str
    url: str
    checksum: str

    @property
    def label(self) -> str:
        """What tells this release from every other, a corrected one of the same name included."""
        return f"{self.name} {self.checksum}"


class _Links(msgspec.Struct):
    self: str = ""


class _File(msgspec.Struct):
    key: str
    links: _Links
    checksum: str = ""


class _Record(msgspec.Struct):
    files: list[_File] = []


class _Hits(msgspec.Struct):
    hits: list[_Record] = []


class _Listing(msgspec.Struct):
    hits: _Hits | None = None
    files: list[_File] = []


def read_offer(content: bytes, url: str) -> Offer:
    """The zip archive that a record, or the first hit of a search, of the Zenodo API offers.

    Raises SourceUnreachable where there is none, or where it has no checksum to hold it to.

    >>> file = '{"key": "a.zip", "checksum": "md5:00", "links": {"self": "https://x.org/a"}}'
    >>> read_offer(b'{"hits": {"hits": [{"files": [%s]}]}}' % file.encode(), "").label
    'a.zip md5:00'
    """
    try:
        listing = msgspec.json.decode(content, type=_Listing)
    except msgspec.MsgspecError as error:
        raise SourceUnreachable(f"{url} did not answer as the Zenodo API does: {error}") from error
    records: list[Any] = listing.hits.hits if listing.hits else [listing]
    for file in records[0].files if records else []:
        if file.key.lower().endswith(".zip") and file.links.self and ":" in file.checksum:
            return Offer(file.key, file.links.self, file.checksum.lower())
    raise SourceUnreachable(f"{url} offers no zip archive with a checksum")
