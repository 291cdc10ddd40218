"""Outside files are fetched from public addresses only, continued after a cut, and verified."""

from __future__ import annotations

import gzip
import hashlib
import ipaddress
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.platform import addresses
from nexus_hub.platform.error_classes import (
    AddressRefused,
    ChecksumMismatch,
    FetchFailed,
    FetchTooLarge,
)
from nexus_hub.platform.fetch import Fetched, Limits, fetch
from outside_server import Outside, Page, outside_server

BODY = bytes(range(256)) * 2000
QUICK = Limits(pause_s=0.0)
ONCE = Limits(attempts=1)


@pytest.fixture
def outside() -> Iterator[Outside]:
    with outside_server() as server:
        server.pages["/file"] = Page(BODY)
        yield server


def get(outside: Outside, path: str, target: Path, **options) -> Fetched:
    options.setdefault("limits", QUICK)
    return fetch(outside.url(path), target, allow_hosts=[outside.host], **options)


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if ".part" in path.name)


def test_fetched_file_is_whole_and_leaves_no_part(outside, tmp_path):
    seen = []
    got = get(
        outside, "/file", tmp_path / "f", on_bytes=lambda done, total: seen.append((done, total))
    )
    assert got.is_new
    assert got.path.read_bytes() == BODY
    assert got.sha256 == hashlib.sha256(BODY).hexdigest()
    assert seen[-1] == (len(BODY), len(BODY))
    assert leftovers(tmp_path) == []


def test_unchanged_file_is_not_sent_again(outside, tmp_path):
    get(outside, "/file", tmp_path / "f")
    assert not get(outside, "/file", tmp_path / "f").is_new
    assert "if-none-match" in outside.asked("/file")[1]
    outside.pages["/file"] = Page(b"new")
    assert get(outside, "/file", tmp_path / "f").is_new
    assert (tmp_path / "f").read_bytes() == b"new"


def test_file_altered_on_disk_is_fetched_again(outside, tmp_path):
    get(outside, "/file", tmp_path / "f")
    (tmp_path / "f").write_bytes(b"altered")
    assert get(outside, "/file", tmp_path / "f").is_new
    assert (tmp_path / "f").read_bytes() == BODY


def test_server_without_etag_is_asked_by_date(outside, tmp_path):
    date = "Mon, 05 May 2025 10:00:00 GMT"
    outside.pages["/file"] = Page(BODY, headers={"ETag": "", "Last-Modified": date})
    get(outside, "/file", tmp_path / "f")
    get(outside, "/file", tmp_path / "f")
    assert outside.asked("/file")[1]["if-modified-since"] == date


def test_cut_is_continued_where_it_happened(outside, tmp_path):
    outside.pages["/file"].cut_after = 300_000
    get(outside, "/file", tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == BODY
    assert outside.statuses == [200, 206]
    assert outside.asked("/file")[1]["range"] == "bytes=300000-"


def test_cut_is_continued_by_the_next_call(outside, tmp_path):
    outside.pages["/file"].cut_after = 300_000
    with pytest.raises(FetchFailed):
        get(outside, "/file", tmp_path / "f", limits=ONCE)
    assert not (tmp_path / "f").exists()
    get(outside, "/file", tmp_path / "f", limits=ONCE)
    assert outside.statuses == [200, 206]
    assert (tmp_path / "f").read_bytes() == BODY


def test_other_version_after_a_cut_starts_anew(outside, tmp_path):
    outside.pages["/file"].cut_after = 300_000
    with pytest.raises(FetchFailed):
        get(outside, "/file", tmp_path / "f", limits=ONCE)
    outside.pages["/file"] = Page(BODY[::-1])
    get(outside, "/file", tmp_path / "f", limits=ONCE)
    assert (tmp_path / "f").read_bytes() == BODY[::-1]


def test_server_that_cannot_continue_sends_all_again(outside, tmp_path):
    outside.pages["/file"] = Page(BODY, takes_ranges=False, cut_after=300_000)
    get(outside, "/file", tmp_path / "f")
    assert outside.statuses == [200, 200]
    assert (tmp_path / "f").read_bytes() == BODY


def test_version_that_only_resembles_another_is_not_continued(outside, tmp_path):
    outside.pages["/file"] = Page(BODY, headers={"ETag": 'W/"1"'}, cut_after=300_000)
    get(outside, "/file", tmp_path / "f")
    assert "range" not in outside.asked("/file")[1]
    assert (tmp_path / "f").read_bytes() == BODY


def test_compressed_answer_is_stored_plain(outside, tmp_path):
    outside.pages["/file"] = Page(gzip.compress(BODY), headers={"Content-Encoding": "gzip"})
    get(outside, "/file", tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == BODY


@pytest.mark.parametrize("algorithm", ["md5", "sha256"])
def test_announced_checksum_is_kept(outside, tmp_path, algorithm):
    good = f"{algorithm}:{hashlib.new(algorithm, BODY).hexdigest()}"
    assert get(outside, "/file", tmp_path / "f", checksum=good).is_new
    assert not get(outside, "/file", tmp_path / "f", checksum=good).is_new
    assert len(outside.asked("/file")) == 1


def test_wrong_checksum_is_refused_and_the_old_file_stays(outside, tmp_path):
    (tmp_path / "f").write_bytes(b"old")
    with pytest.raises(ChecksumMismatch):
        get(outside, "/file", tmp_path / "f", checksum="md5:" + "0" * 32)
    assert (tmp_path / "f").read_bytes() == b"old"
    assert leftovers(tmp_path) == []


def test_spoilt_part_is_fetched_anew(outside, tmp_path):
    outside.pages["/file"].cut_after = 300_000
    good = f"md5:{hashlib.md5(BODY).hexdigest()}"
    with pytest.raises(FetchFailed):
        get(outside, "/file", tmp_path / "f", checksum=good, limits=ONCE)
    part = tmp_path / "f.part"
    part.write_bytes(b"x" + part.read_bytes()[1:])
    get(outside, "/file", tmp_path / "f", checksum=good)
    assert (tmp_path / "f").read_bytes() == BODY


@pytest.mark.parametrize("announces", [True, False])
def test_larger_than_the_limit_is_refused(outside, tmp_path, announces):
    if not announces:
        outside.pages["/file"] = Page(gzip.compress(BODY), headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchTooLarge):
        get(outside, "/file", tmp_path / "f", limits=Limits(max_bytes=100_000))
    assert list(tmp_path.iterdir()) == []


def test_busy_server_is_asked_again_and_a_missing_page_is_not(outside, tmp_path):
    outside.pages["/busy"] = Page(status=503)
    with pytest.raises(FetchFailed, match="503"):
        get(outside, "/busy", tmp_path / "f")
    assert len(outside.asked("/busy")) == QUICK.attempts
    with pytest.raises(FetchFailed, match="404"):
        get(outside, "/none", tmp_path / "f")
    assert len(outside.asked("/none")) == 1


def test_silent_server_is_given_up(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(FetchFailed, match=r"ReadTimeout|timed out"):
            fetch(
                f"http://{host}/",
                tmp_path / "f",
                allow_hosts=[host],
                limits=Limits(silence_s=0.1, attempts=1),
            )


def test_two_processes_do_not_write_one_part(outside, tmp_path):
    waiting, go_on = threading.Event(), threading.Event()

    def hold(done: int, total: int | None) -> None:
        waiting.set()
        go_on.wait(10)

    first = threading.Thread(
        target=get, args=(outside, "/file", tmp_path / "f"), kwargs={"on_bytes": hold}
    )
    first.start()
    assert waiting.wait(10)
    with pytest.raises(FetchFailed, match="another process"):
        get(outside, "/file", tmp_path / "f")
    go_on.set()
    first.join()
    assert (tmp_path / "f").read_bytes() == BODY


# ------------------------------------------------------------------ the guard
def test_redirects_are_followed_and_counted(outside, tmp_path):
    for number in range(5):
        outside.pages[f"/{number}"] = Page(status=302, headers={"Location": f"/{number + 1}"})
    outside.pages["/5"] = Page(b"arrived")
    get(outside, "/0", tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == b"arrived"
    outside.pages["/start"] = Page(status=301, headers={"Location": "/0"})
    with pytest.raises(FetchFailed, match="redirects"):
        get(outside, "/start", tmp_path / "g")


@pytest.mark.parametrize(
    "location",
    [
        "http://localhost:1/",
        "http://127.0.0.1:1/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "http://user:secret@127.0.0.1/",
    ],
)
def test_redirect_to_what_is_not_public_is_refused(outside, tmp_path, location):
    outside.pages["/away"] = Page(status=302, headers={"Location": location})
    with pytest.raises(AddressRefused):
        get(outside, "/away", tmp_path / "f")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/x",
        "file:///etc/passwd",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "http:///nothing",
        "http://127.0.0.1\\@example.org/",
        "no url at all",
        "http://exa mple.org/",
    ],
)
def test_what_is_not_a_public_url_is_refused(tmp_path, url):
    with pytest.raises((AddressRefused, FetchFailed)):
        fetch(url, tmp_path / "f", limits=ONCE)
    assert not (tmp_path / "f").exists()


def test_redirect_does_not_give_up_encryption():
    with pytest.raises(AddressRefused, match="https to http"):
        addresses.follow(httpx.URL("https://hub.example/a"), "http://hub.example/b")


def test_name_that_is_resolved_again_elsewhere_changes_nothing(outside, tmp_path, monkeypatch):
    answers = [("127.0.0.1", int(outside.host.split(":")[1]))]
    real = socket.getaddrinfo

    def resolver(host, *rest, **options):
        if host == "hub.example":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", answers.pop())]
        return real(host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    port = outside.host.split(":")[1]
    name = f"hub.example:{port}"
    fetch(f"http://{name}/file", tmp_path / "f", allow_hosts=[name])
    assert answers == []
    assert outside.asked("/file")[0]["host"] == name


def test_one_private_address_among_public_ones_is_refused(monkeypatch):
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("8.8.8.8", "10.1.1.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(AddressRefused, match=r"10\.1\.1\.1"):
        addresses.resolve(httpx.URL("http://hub.example/"))


PRIVATE = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
]  # fmt: skip


@given(st.sampled_from(PRIVATE).flatmap(lambda net: st.ip_addresses(v=4, network=net)))
def test_no_disguise_makes_an_inner_address_public(inner: ipaddress.IPv4Address):
    number = int(inner)
    disguises = [
        inner,
        ipaddress.IPv6Address((0xFFFF << 32) | number),
        ipaddress.IPv6Address((0x0064FF9B << 96) | number),
        ipaddress.IPv6Address((0x2002 << 112) | (number << 80)),
        ipaddress.IPv6Address(number),
    ]
    assert not any(addresses.is_public(str(disguise)) for disguise in disguises)


@given(
    st.sampled_from(["fc00::/7", "fe80::/10", "ff00::/8", "::/128", "::1/128"]).flatmap(
        lambda net: st.ip_addresses(v=6, network=net)
    )
)
def test_inner_addresses_of_version_six_are_not_public(inner):
    assert not addresses.is_public(str(inner))


@given(st.ip_addresses(v=4, network="104.16.0.0/13"))
def test_public_address_is_public_also_through_translation(ip):
    assert addresses.is_public(str(ip))
    assert addresses.is_public(str(ipaddress.IPv6Address((0x0064FF9B << 96) | int(ip))))
