"""`nexus load deposits`: what is whole is taken, and what is not is named and tells in the end."""

import gzip
import json

import pytest

from faults.flow import record

LINES = [json.dumps(record(f"10.5555/load.{n}", str(n) * 900)) for n in range(40)]
WHOLE = "\n".join(LINES).encode() + b"\n"


def test_whole_file_is_taken(nexus, tmp_path) -> None:
    file = tmp_path / "whole.jsonl"
    file.write_bytes(WHOLE)
    done = nexus("load", "deposits", str(file))
    assert done.exit_code == 0, done.output
    assert "40 records taken" in done.stdout
    assert done.stderr.strip() == ""


@pytest.mark.parametrize(
    ("name", "content", "taken", "place"),
    [
        ("cut.jsonl.gz", gzip.compress(WHOLE)[:-20], "records taken", "truncated"),
        ("cut.jsonl", WHOLE[:-10], "39 records taken", "cut.jsonl:40 (record 40)"),
        (
            "cut.json",
            b'{"items": [' + ",".join(LINES).encode(),
            "40 records taken",
            "cut.json:1: truncated",
        ),
        (
            "bad.jsonl",
            b"\n".join([LINES[0].encode(), *([b"{"] * 30), *WHOLE[:-10].splitlines()]),
            "40 records taken",
            "bad.jsonl:71 (record 71)",
        ),
    ],
)
def test_file_that_breaks_off_is_told_with_the_place(
    nexus, tmp_path, name, content, taken, place
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    done = nexus("load", "deposits", str(file))
    assert done.exit_code == 1
    assert taken in done.stdout
    assert place in done.stderr.splitlines()[-1]


def test_refused_record_is_named_and_has_its_verdict_in_the_deposit(nexus, tmp_path) -> None:
    file = tmp_path / "odd.jsonl"
    file.write_text(f'{LINES[0]}\n{{"doi": "10.5/x"}}\n')
    done = nexus("load", "deposits", str(file))
    assert done.exit_code == 0, done.output
    assert "2 records taken in 1 deposits, 1 refused" in done.stdout
    assert "odd.jsonl:2 (record 2): malformed-doi" in done.stderr
