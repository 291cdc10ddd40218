"""Fetches what lies at an outside URL into a file: guarded, resumed, verified, whole or not."""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Collection, Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import httpx
import msgspec

from nexus_hub import __version__
from nexus_hub.platform import addresses
from nexus_hub.platform.error_classes import (
    AddressRefused,
    ChecksumMismatch,
    FetchFailed,
    FetchTooLarge,
)

MAX_REDIRECTS = 5
BLOCK_BYTES = 1 << 20
USER_AGENT = f"nexus-hub/{__version__} (research metadata; python-httpx)"
_TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}
OnBytes = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long: a bound on bytes, on the whole fetch, and on each silence."""

    max_bytes: int = 4 << 30
    total_s: float = 3600.0
    connect_s: float = 10.0
    silence_s: float = 30.0
    attempts: int = 3
    pause_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it lies here now; `is_new` is false where it was here already and still holds."""

    path: Path
    sha256: str
    size_bytes: int
    is_new: bool


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a file came from and which version of it it is, kept beside it."""

    url: str
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""

    @property
    def validator(self) -> str:
        """What a later part must agree with to continue this one; empty where nothing can say."""
        return self.last_modified if self.etag.startswith("W/") else self.etag or self.last_modified


class _AgainError(Exception):
    """This attempt failed in a way that another may not."""


def fetch(
    url: str,
    target: Path,
    *,
    checksum: str | None = None,
    allow_hosts: Collection[str] = (),
    limits: Limits | None = None,
    on_bytes: OnBytes = lambda done, total: None,
) -> Fetched:
    """Bring what lies at `url` to the file `target`, which is replaced whole or not at all.

    `checksum` is `md5:...`, `sha256:...` or another algorithm of hashlib in hexadecimal; a file
    that has it already is not asked for. Without one, the server is asked whether its version is
    another (RFC 9110, 13.1). What a cut left is continued (RFC 9110, 14.2) while it is the same
    version. Raises AddressRefused, FetchFailed, FetchTooLarge and ChecksumMismatch.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if checksum and target.exists() and _digest(target, checksum) == checksum.lower():
        return _kept(target)
    return _Fetch(url, target, checksum, allow_hosts, limits or Limits(), on_bytes).run()


@dataclass(slots=True)
class _Fetch:
    url: str
    target: Path
    checksum: str | None
    allow_hosts: Collection[str]
    limits: Limits
    on_bytes: OnBytes
    started: float = field(default_factory=time.monotonic)

    def run(self) -> Fetched:
        timeout = httpx.Timeout(self.limits.silence_s, connect=self.limits.connect_s)
        with (
            _locked(_beside(self.target, ".part")) as part,
            httpx.Client(
                verify=httpx.create_ssl_context(), timeout=timeout, trust_env=False
            ) as client,
        ):
            failure = "nothing was tried"
            for attempt in range(self.limits.attempts):
                if attempt:
                    time.sleep(self.limits.pause_s * 2 ** (attempt - 1))
                try:
                    return self._attempt(client, part)
                except (_AgainError, httpx.RequestError) as error:
                    failure = str(error) or type(error).__name__
            raise FetchFailed(f"{self._shown()}: {failure}")

    def _attempt(self, client: httpx.Client, part: BinaryIO) -> Fetched:
        done, begun = self._begun(part)
        known = None if done else self._known()
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
        if done and begun:
            headers |= {"Range": f"bytes={done}-", "If-Range": begun.validator}
        elif known and known.etag:
            headers["If-None-Match"] = known.etag
        elif known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        with self._answer(client, headers) as response:
            if response.status_code == 304 and known:
                return _kept(self.target)
            start = self._start(response, part, done)
            self._receive(response, part, start)
            source = _source(self.url, response)
        return self._finish(part, source, is_resumed=start > 0)

    @contextmanager
    def _answer(self, client: httpx.Client, headers: dict[str, str]) -> Generator[httpx.Response]:
        try:
            url = httpx.URL(self.url)
        except httpx.InvalidURL as error:
            raise AddressRefused(f"{self.url}: {error}") from error
        for _ in range(MAX_REDIRECTS + 1):
            with self._connected(client, url, headers) as response:
                if not response.has_redirect_location:
                    yield response
                    return
                url = addresses.follow(url, response.headers["Location"])
        raise FetchFailed(f"{self._shown()}: more than {MAX_REDIRECTS} redirects")

    @contextmanager
    def _connected(
        self, client: httpx.Client, url: httpx.URL, headers: dict[str, str]
    ) -> Generator[httpx.Response]:
        place = addresses.resolve(url, self.allow_hosts)
        named = headers | {"Host": url.netloc.decode("ascii")}
        for number, address in enumerate(place.addresses, 1):
            # The name goes into the Host header and the TLS handshake, the checked address alone
            # into the connection.
            request = client.build_request(
                "GET",
                place.at(address),
                headers=named,
                extensions={"sni_hostname": url.raw_host.decode("ascii")},
            )
            try:
                response = client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if number == len(place.addresses):
                    raise
                continue
            with closing(response):
                yield response
            return

    def _start(self, response: httpx.Response, part: BinaryIO, done: int) -> int:
        """Where the bytes of this answer belong in the part; what cannot be used is dropped."""
        status = response.status_code
        stretch = response.headers.get("Content-Range", "")
        if status == 206 and stretch.startswith(f"bytes {done}-") and not _is_encoded(response):
            return done
        if status == 200 or status in {206, 416}:
            self._restart(part)
        if status == 200:
            _write(_beside(self.target, ".part.json"), _source(self.url, response))
            return 0
        if status in _TRY_AGAIN or status in {206, 416}:
            raise _AgainError(f"the server answered {status}")
        raise FetchFailed(f"{self._shown()}: the server answered {status}")

    def _receive(self, response: httpx.Response, part: BinaryIO, done: int) -> None:
        announced = response.headers.get("Content-Length", "")
        total = done + int(announced) if announced.isdigit() else None
        if total is not None and total > self.limits.max_bytes:
            self._restart(part)
            raise FetchTooLarge(f"{self._shown()}: {total:,} bytes")
        part.seek(done)
        chunks = response.iter_bytes() if _is_encoded(response) else response.iter_raw()
        for chunk in chunks:
            done += len(chunk)
            if done > self.limits.max_bytes:
                self._restart(part)
                raise FetchTooLarge(f"{self._shown()}: more than {self.limits.max_bytes:,} bytes")
            if time.monotonic() - self.started > self.limits.total_s:
                raise FetchFailed(f"{self._shown()}: not done after {self.limits.total_s:.0f} s")
            part.write(chunk)
            self.on_bytes(done, total)
        part.flush()

    def _finish(self, part: BinaryIO, source: Source, *, is_resumed: bool) -> Fetched:
        path = Path(part.name)
        found = _digest(path, self.checksum) if self.checksum else ""
        if self.checksum and found != self.checksum.lower():
            self._restart(part)
            if is_resumed:
                raise _AgainError("the continued file is not the one that was announced")
            raise ChecksumMismatch(f"{self._shown()}: {found}, not {self.checksum}")
        os.fsync(part.fileno())
        sha256 = _digest(path, "sha256").removeprefix("sha256:")
        path.replace(self.target)
        _beside(self.target, ".part.json").unlink(missing_ok=True)
        _write(_beside(self.target, ".json"), msgspec.structs.replace(source, sha256=sha256))
        return Fetched(self.target, sha256, self.target.stat().st_size, is_new=True)

    def _begun(self, part: BinaryIO) -> tuple[int, Source | None]:
        size = part.seek(0, os.SEEK_END)
        begun = _read(_beside(self.target, ".part.json"))
        if size and begun and begun.url == self.url and begun.validator:
            return size, begun
        self._restart(part)
        return 0, None

    def _known(self) -> Source | None:
        """The source of the file that is here, if it is untouched and meets what is asked for."""
        known = _read(_beside(self.target, ".json"))
        if self.checksum or known is None or known.url != self.url or not self.target.exists():
            return None
        return known if _digest(self.target, "sha256") == f"sha256:{known.sha256}" else None

    def _restart(self, part: BinaryIO) -> None:
        part.seek(0)
        part.truncate()
        _beside(self.target, ".part.json").unlink(missing_ok=True)

    def _shown(self) -> str:
        return addresses.shown(httpx.URL(self.url))


@contextmanager
def _locked(path: Path) -> Generator[BinaryIO]:
    """The part that is being fetched, for this process alone."""
    with path.open("ab") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FetchFailed(f"another process is fetching {path.name}") from error
        # Another process may have moved the part in place before the lock was ours.
        if not path.exists() or not os.path.samestat(os.fstat(held.fileno()), path.stat()):
            raise FetchFailed(f"another process has just fetched {path.name}")
        try:
            with path.open("rb+", buffering=BLOCK_BYTES) as part:
                yield part
        finally:
            if path.exists() and path.stat().st_size == 0:
                path.unlink()


def _source(url: str, response: httpx.Response) -> Source:
    # A range of decoded bytes cannot be asked for, so such an answer has no version to continue.
    if _is_encoded(response):
        return Source(url)
    etag, modified = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
    return Source(url, etag, modified)


def _is_encoded(response: httpx.Response) -> bool:
    return response.headers.get("Content-Encoding", "identity").lower() != "identity"


def _kept(target: Path) -> Fetched:
    sha256 = _digest(target, "sha256").removeprefix("sha256:")
    return Fetched(target, sha256, target.stat().st_size, is_new=False)


def _digest(path: Path, algorithm: str) -> str:
    """The digest of a file as `algorithm:hexadecimal`."""
    name = algorithm.partition(":")[0].lower()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.new(name, usedforsecurity=False))
    return f"{name}:{digest.hexdigest()}"


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(target.name + ending)


def _write(path: Path, source: Source) -> None:
    path.write_bytes(msgspec.json.encode(source))


def _read(path: Path) -> Source | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Source)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None
