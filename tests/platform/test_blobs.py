"""Blobs: bytes by name, whole or not at all."""

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.platform.blobs import BlobStore
from nexus_hub.platform.config import Settings


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore((tmp_path / "a b" / "blobs").as_uri())


@pytest.mark.parametrize("content", [b"", b"x", bytes(range(256)) * 9000])
def test_what_is_put_is_got(store: BlobStore, content: bytes) -> None:
    store.put("fulgora/answers/x.parquet", content)
    assert store.get("fulgora/answers/x.parquet") == content


def test_put_replaces(store: BlobStore) -> None:
    store.put("x", b"one and more")
    store.put("x", b"two")
    assert store.get("x") == b"two"


def test_what_is_not_there_is_file_not_found(store: BlobStore) -> None:
    with pytest.raises(FileNotFoundError):
        store.get("nothing")


def test_delete_is_done_once_or_twice(store: BlobStore) -> None:
    store.put("x/1", b"1")
    store.put("x/2", b"2")
    store.delete(["x/1"])
    store.delete(["x/1"])
    with pytest.raises(FileNotFoundError):
        store.get("x/1")
    assert store.get("x/2") == b"2"


def test_store_of_the_settings_lies_in_the_home_and_can_lie_elsewhere(tmp_path: Path) -> None:
    BlobStore.of(Settings(home=tmp_path)).put("x", b"1")
    assert (tmp_path / "blobs" / "x").read_bytes() == b"1"
    elsewhere = Settings(home=tmp_path, blob_url=(tmp_path / "other").as_uri())
    BlobStore.of(elsewhere).put("x", b"2")
    assert (tmp_path / "other" / "x").read_bytes() == b"2"


def test_reader_never_sees_half_of_what_is_put(store: BlobStore) -> None:
    contents = [letter * 3_000_000 for letter in (b"a", b"b")]
    store.put("x", contents[0])
    stop = threading.Event()

    def write() -> None:
        for n in range(20):
            store.put("x", contents[n % 2])
        stop.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = 0
    while not stop.is_set():
        assert store.get("x") in contents
        seen += 1
    writer.join()
    assert seen


def test_names_cannot_leave_the_store(store: BlobStore, tmp_path: Path) -> None:
    for name in ("../outside", "x/../../outside"):
        with pytest.raises(Exception, match=r"(?i)path|\.\."):
            store.put(name, b"x")
    assert not list(tmp_path.glob("**/outside"))


@given(
    st.lists(
        st.text("abc-_.~ é", min_size=1, max_size=8).filter(lambda s: s.strip(".")),
        min_size=1,
        max_size=3,
    )
)
def test_any_reasonable_name_is_found_again(tmp_path_factory, parts: list[str]) -> None:
    store = BlobStore((tmp_path_factory.getbasetemp() / f"names-{os.getpid()}").as_uri())
    # A file cannot be a folder too, so every name ends differently.
    name = "/".join([*parts[:-1], f"{parts[-1]}.file"])
    store.put(name, name.encode())
    assert store.get(name) == name.encode()
