"""`nexus fulgora` fetches and lists public data."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile

from nexus_hub.sample import organisation_list
from outside_server import Page, outside_server


def archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("v9.9-ror-data_schema_v2.json", json.dumps(list(organisation_list())))
    return packed.getvalue()


def test_sync_tells_what_it_did_and_the_lists_show_it(nexus, monkeypatch):
    packed = archive()
    with outside_server() as outside:
        file = {
            "key": "v9.9-ror-data.zip",
            "checksum": f"md5:{hashlib.md5(packed).hexdigest()}",
            "links": {"self": outside.url("/zip")},
        }
        outside.pages["/zip"] = Page(packed)
        outside.pages["/newest"] = Page(json.dumps({"files": [file]}).encode())
        monkeypatch.setenv("NEXUS_SOURCE_URLS", json.dumps({"ror": outside.url("/newest")}))
        first, second = nexus("fulgora", "sync", "ror"), nexus("fulgora", "sync", "ror")
    assert first.exit_code == 0, first.output
    count = len(list(organisation_list()))
    assert (
        f"{count} rows of ror, {count} changed, 0 removed, 0 unreadable; release 1" in first.stdout
    )
    assert "is here already" in second.stdout
    sources = nexus("fulgora", "sources").stdout
    (ror,) = [line for line in sources.splitlines() if line.startswith("│ ror ")]
    assert [cell.strip() for cell in ror.split("│")][4:6] == ["1", f"{count}"]
    assert "v9.9-ror-data.zip" in nexus("fulgora", "releases", "ror").stdout
    assert nexus("fulgora", "releases", "crossref").stdout == ""


def test_sync_without_a_network_says_so(nexus, monkeypatch):
    monkeypatch.setenv("NEXUS_SOURCE_URLS", '{"ror": "http://hub.invalid/"}')
    result = nexus("fulgora", "sync", "ror")
    assert result.exit_code == 1
    assert "source-unreachable: hub.invalid" in result.stderr
    assert "nexus load" in result.stderr


def test_release_that_cannot_be_read_is_refused(nexus, monkeypatch):
    with outside_server() as outside:
        outside.pages["/newest"] = Page(gzip.compress(b"{}"))
        monkeypatch.setenv("NEXUS_SOURCE_URLS", json.dumps({"ror": outside.url("/newest")}))
        result = nexus("fulgora", "sync", "ror")
    assert result.exit_code == 1
    assert "source-unreachable" in result.stderr
