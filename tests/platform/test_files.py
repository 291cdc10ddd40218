"""What comes out of a file is what was in it, record by record, and every fault has its place."""

import gzip
import io
import json
import tracemalloc
import zipfile
from itertools import pairwise

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_hub.platform.documents import Document
from nexus_hub.platform.files import FileProblem, Located, batch_records, read_records
from nexus_hub.platform.lines import Lines
from nexus_hub.platform.places import Site, record_numbers
from nexus_hub.platform.window import Window

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    ['"', "\\", '\\"', "[", "]", "{", "}", "},{", '"}', "a\nb", "\\\\"]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
# An object that begins like an array around records would be taken for one.
RECORDS = st.lists(
    st.dictionaries(TEXTS.filter(lambda name: name not in {"items", "records"}), VALUES), min_size=1
)
FORMS = ["lines", "crlf lines", "array", "indented array", "items", "records among others"]
PACKINGS = ["plain", "gzip", "zstd", "gzip members", "zstd frames", "bom"]


def write(records: list[dict], form: str) -> bytes:
    compact = [json.dumps(record, ensure_ascii=False).encode() for record in records]
    match form:
        case "lines":
            return b"\n".join(compact)
        case "crlf lines":
            return b"\r\n \r\n".join(compact) + b"\r\n"
        case "array":
            return b"[" + b",".join(compact) + b"]"
        case "indented array":
            return json.dumps(records, indent=2).encode()
        case "items":
            return b'{"items":[' + b",".join(compact) + b"]}"
        case _:
            return (
                b'{"test": {"items": 1}, "n": -1.5e3,\n "records" : [ '
                + b"\n,".join(compact)
                + b' ], "after": [[{}], "]"] }\n'
            )


def pack(text: bytes, packing: str) -> bytes:
    middle = len(text) // 2
    match packing:
        case "gzip":
            return gzip.compress(text, 1)
        case "zstd":
            return zstandard.compress(text)
        case "gzip members":
            return gzip.compress(text[:middle]) + bytes(9) + gzip.compress(text[middle:])
        case "zstd frames":
            return zstandard.compress(text[:middle]) + zstandard.compress(text[middle:])
        case "bom":
            return b"\xef\xbb\xbf" + text
        case _:
            return text


def read(content: bytes, **options) -> list[Located | FileProblem]:
    return list(read_records(io.BytesIO(content), **options))


def split(items):
    records = [item for item in items if isinstance(item, Located)]
    problems = [item for item in items if isinstance(item, FileProblem)]
    return [json.loads(record.raw) for record in records], problems


def assert_placed(items: list[Located], text: bytes) -> None:
    line = counted = 0
    for item in items:
        assert text[item.offset : item.offset + len(item.raw)] == item.raw
        line += text.count(b"\n", counted, item.offset)
        counted = item.offset
        assert item.line == line + 1
    assert [item.number for item in items] == list(range(1, len(items) + 1))


@settings(deadline=None)
@given(RECORDS, st.sampled_from(FORMS), st.sampled_from(PACKINGS))
def test_every_record_comes_out_of_every_form_and_packing(records, form, packing):
    text = write(records, form)
    items = read(pack(text, packing))
    assert split(items) == (records, [])
    assert_placed(items, b"\xef\xbb\xbf" + text if packing == "bom" else text)


@settings(deadline=None)
@given(RECORDS, st.sampled_from(FORMS[2:]), st.data())
def test_it_does_not_matter_where_a_document_is_cut_into_pieces(records, form, data):
    text = write(records, form)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pieces = [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]
    site = Site("file", "", record_numbers(), 1 << 20)
    items = list(Document(site, Window(iter(pieces)), ("items", "records")).records())
    assert split(items) == (records, [])
    assert_placed(items, text)


@given(st.binary(max_size=60) | st.text(alphabet='[]{}",:0 \\n', max_size=30).map(str.encode))
def test_no_content_makes_it_fail_otherwise_than_by_a_problem(content):
    items = read(content)
    assert all(isinstance(item, Located | FileProblem) for item in items)


def test_many_alike_records_in_an_array_keep_their_places():
    records = [{"id": n, "text": "},{" * (n % 3), "more": [{"id": n}]} for n in range(40_000)]
    text = json.dumps(records, indent=1).encode()
    assert len(text) > 3_000_000
    items = read(text)
    assert split(items) == (records, [])
    assert_placed(items, text)


@pytest.mark.parametrize("packer", [gzip.compress, zstandard.compress])
def test_a_compressed_file_that_was_cut_gives_its_whole_records_and_then_says_so(packer):
    lines = [json.dumps({"n": n, "salt": str(n**9)}).encode() for n in range(20_000)]
    packed = packer(b"\n".join(lines))
    items = read(packed[: len(packed) // 2])
    records, problems = split(items)
    assert 1000 < len(records) < 20_000
    assert records == [json.loads(line) for line in lines[: len(records)]]
    assert [(p.code, p.fatal, p.line) for p in problems] == [("truncated", True, len(records) + 1)]
    assert items[-1] is problems[0]


def test_a_gzip_that_lacks_its_checksum_gives_everything_and_then_says_so():
    records, problems = split(read(gzip.compress(b'{"a": 1}\n{"a": 2}')[:-4]))
    assert records == [{"a": 1}, {"a": 2}]
    assert [p.code for p in problems] == ["truncated"]


def test_a_gzip_whose_content_was_changed_is_corrupt():
    packed = bytearray(gzip.compress(b'{"a": 1}\n', 0))
    packed[packed.index(b'"a"') + 1] = ord("b")
    assert [p.code for p in split(read(bytes(packed)))[1]] == ["corrupt-compression"]


def test_what_follows_a_gzip_is_named_and_not_read():
    records, problems = split(read(gzip.compress(b'{"a": 1}') + b"GARBAGE"))
    assert records == [{"a": 1}]
    assert [(p.code, p.fatal) for p in problems] == [("trailing-garbage", True)]


@pytest.mark.parametrize(
    "content", [b"", b"\n \r\n\t", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)]
)
def test_an_empty_file_is_a_problem(content):
    assert [(p.code, p.fatal) for p in read(content)] == [("empty-file", True)]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (b'{"DOI": "10.5555/', "malformed-json"),
        (b'{"a": {"b": 1}', "malformed-json"),
        (b'{"a": 1}}', "malformed-json"),
        (b"[1, 2]", "not-an-object"),
        (b"7", "not-an-object"),
        (b"\0\0\0", "malformed-json"),
        (b"<html>", "malformed-json"),
    ],
)
@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_bad_line_is_named_and_the_rest_goes_on(bad, code, at):
    lines = [b'{"n": 0}', b'{"n": 1}', b'{"n": 2}']
    lines.insert(at, bad)
    records, problems = split(read(b"\n".join(lines) + b"\n"))
    assert [record["n"] for record in records] == [0, 1, 2]
    assert [(p.line, p.number, p.code, p.fatal) for p in problems] == [
        (at + 1, at + 1, code, False)
    ]


@pytest.mark.parametrize(
    "text",
    [
        b'[{"n": 0},\n{"n": 1, "x": },\n{"n": 2}]',
        b'{"items": [{"n": 0},\n5,\n{"n": 2}]}',
        b'[{"n": 0},\n{"n" 1},\n{"n": 2}]',
    ],
)
def test_a_bad_element_is_named_and_the_rest_goes_on(text):
    records, problems = split(read(text))
    assert [record["n"] for record in records] == [0, 2]
    assert [(p.line, p.number, p.fatal) for p in problems] == [(2, 2, False)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b'[{"n": 0},\n{"n": 1', "truncated"),
        (b'{"items": [{"n": 0},\n', "truncated"),
        (b'[{"n": 0}\n{"n": 1}]', "malformed-json"),
        (b'[{"n": 0}]\nand more', "not-json"),
        (b'{"items": [{"n": 0}], \n"n" 1}', "malformed-json"),
    ],
)
def test_a_document_that_breaks_off_gives_what_came_before(text, code):
    records, problems = split(read(text))
    assert records == [{"n": 0}]
    assert [(p.code, p.line, p.fatal) for p in problems] == [(code, 2, True)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"DOI,title\n10.5555/abc,One\n", "not-json"),
        (b"<?xml version='1.0'?>\n<a/>", "not-json"),
        ('{"a": 1}'.encode("utf-16"), "not-utf8"),
        ('{"a": 1}'.encode("utf-16-le"), "not-utf8"),
        (b"BZh91AY&SY", "unknown-compression"),
        (b"PK\x03\x04 and no archive", "corrupt-compression"),
    ],
)
def test_a_file_of_another_kind_is_refused_as_a_whole(content, code):
    assert [(p.code, p.fatal) for p in read(content)] == [(code, True)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", [60, 3_000_000])
def test_a_record_above_the_limit_is_named_and_the_rest_goes_on(form, size):
    text = write([{"n": 0}, {"n": 1, "x": 'a"\\' * (size // 5)}, {"n": 2}], form)
    records, problems = split(read(text, max_record_bytes=50))
    assert [record["n"] for record in records] == [0, 2]
    assert [(p.code, p.number, p.fatal) for p in problems] == [("record-too-large", 2, False)]


def test_the_end_of_a_last_line_above_the_limit_is_not_taken_for_a_record():
    pieces = [b'{"n": 0}\n{"x": "' + b"a" * 100, b'", "y":', b"{}"]
    site = Site("file", "", record_numbers(), 50)
    items = list(Lines(site, Window(iter(pieces))).records())
    assert split(items)[0] == [{"n": 0}]
    assert [(p.code, p.line) for p in split(items)[1]] == [("record-too-large", 2)]


@pytest.mark.parametrize("fill", [b'"a\\"]"', b"[1,{}]"])
@pytest.mark.parametrize("form", ['[{"a": [%s]}, {}]', '{"a": [%s]}'])
def test_a_record_far_above_the_limit_does_not_fill_the_memory(form, fill):
    before, after = form.encode().split(b"%s")
    stream = io.BytesIO(before + b",".join([fill] * 1_500_000) + after)
    tracemalloc.start()
    items = list(read_records(stream, max_record_bytes=100_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [item.code for item in items if isinstance(item, FileProblem)] == ["record-too-large"]
    assert [item.raw for item in items if isinstance(item, Located)] in ([b"{}"], [])
    assert peak < 6_000_000


def test_one_object_above_the_limit_is_named():
    text = b'{"a": [' + b"1, " * 2_000_000 + b'1], "b": 2}'
    assert [p.code for p in read(text, max_record_bytes=1000)] == ["record-too-large"]


@pytest.mark.parametrize("packer", [gzip.compress, zstandard.compress])
def test_a_decompression_bomb_is_stopped_early(packer):
    packed = packer(b'{"a": "') + packer(b"a" * 20_000_000) * 25
    tracemalloc.start()
    items = read(packed)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(p.code, p.fatal) for p in items] == [("decompression-bomb", True)]
    assert peak < 150_000_000


def test_a_file_above_the_size_limit_is_stopped():
    items = read(gzip.compress(b'{"a": 1}\n' * 400_000), max_file_bytes=2_000_000)
    assert (items[-1].code, items[-1].fatal) == ("file-too-large", True)
    assert 100_000 < len(items) < 300_000


def test_memory_is_bounded_by_the_records_and_not_by_the_file():
    record = json.dumps({"text": "x" * 3000, "list": [{"a": n} for n in range(50)]}).encode()
    text = b"[" + b",".join([record] * 8000) + b"]"
    assert len(text) > 25_000_000
    stream = io.BytesIO(text)
    tracemalloc.start()
    count = sum(1 for _ in read_records(stream))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 8000
    assert peak < 8_000_000


@pytest.mark.parametrize("depth", [23, 24, 60, 5000])
def test_deep_nesting_is_passed_on_for_the_decoder_to_judge(depth):
    record = b'{"a": ' + b"[" * depth + b'"]"' + b"]" * depth + b"}"
    for text in (b"[" + record + b", {}]", record + b"\n{}", b'{"items": [' + record + b",{}]}"):
        assert [item.raw for item in read(text)] == [record, b"{}"]


@pytest.mark.parametrize(
    "text", [b'{"a":\n {"items": []}}', b'{"a": 1}', b'{\n "items": 5\n}', b"{}"]
)
def test_an_object_around_no_array_is_one_record(text):
    assert [item.raw for item in read(text)] == [text]


def test_an_empty_array_holds_no_records():
    assert read(b'{"items": [ ]}') == []


def archive(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return stream.getvalue()


def test_the_json_members_of_an_archive_are_read_in_order():
    content = archive(
        {
            "a.csv": b"n\n1",
            "b.json": b'[{"n": 1}]',
            "__MACOSX/b.json": b"\0\5",
            "c.jsonl.gz": gzip.compress(b'{"n": 2}\n{bad}\n'),
        }
    )
    items = read(content)
    assert [(i.member, i.number) for i in items] == [
        ("b.json", 1),
        ("c.jsonl.gz", 2),
        ("c.jsonl.gz", 3),
    ]
    assert str(items[-1]).startswith("<bytes>!c.jsonl.gz:2 (record 3): malformed-json: ")


def test_the_members_to_read_can_be_chosen_by_name():
    content = archive({"a.json": b'{"n": 1}', "b.json": b'{"n": 2}'})
    assert split(read(content, pick=lambda names: names[1:])) == ([{"n": 2}], [])
    assert [p.code for p in read(content, pick=lambda names: [])] == ["no-such-member"]


def test_an_archive_whose_member_was_changed_is_corrupt():
    content = archive({"a.json": b'{"n": 1}' * 100})
    changed = content.replace(content[50:54], b"\0\0\0\0", 1)
    assert [p.code for p in split(read(changed))[1]] == ["corrupt-compression"]


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    (problem,) = read_records(tmp_path / "none.json")
    assert (problem.code, problem.fatal) == ("unreadable", True)
    assert str(tmp_path / "none.json") in str(problem)


def test_a_dash_is_the_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"a": 1}\n')))
    assert [item.raw for item in read_records("-")] == [b'{"a": 1}']


def test_progress_arrives_at_the_size_of_the_file(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    text = b"".join(b'{"n": %d}\n' % (n * n * n) for n in range(200_000))
    path.write_bytes(gzip.compress(text, 1))
    seen = []
    assert sum(1 for _ in read_records(path, progress=lambda *at: seen.append(at))) == 200_000
    size = path.stat().st_size
    assert len(seen) > 3
    assert seen == sorted(seen)
    assert seen[-1] == (size, size)


def test_batches_are_bounded_by_count_and_by_bytes_and_carry_the_problems():
    text = b'{"n": 1}\n{bad}\n{"n": 2}\n{"n": 3}\n{bad\n'
    batches = list(batch_records(read_records(io.BytesIO(text)), count=2))
    assert [([r.line for r in rs], [p.line for p in ps]) for rs, ps in batches] == [
        ([1, 3], [2]),
        ([4], [5]),
    ]
    by_bytes = batch_records(read_records(io.BytesIO(text)), size_bytes=9)
    assert [len(records) for records, _ in by_bytes] == [2, 1]


@pytest.mark.real_data
def test_real_records_are_the_same_as_lines_and_as_an_array(real_data):
    path = real_data / "crossref" / "works.jsonl.gz"
    items = list(read_records(path))
    assert len(items) == 5627
    lines = gzip.decompress(path.read_bytes()).splitlines()
    assert [item.raw for item in items] == lines
    array = b'{"items":[' + b",".join(lines) + b"]}"
    assert [item.raw for item in read(array)] == lines
