"""The written form of a CROID: Python and SQL agree on the vectors and on all else."""

import json
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.croid.codec import ALPHABET, decode, encode
from nexus_hub.croid.errors import MalformedCroid

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
WRITTEN = [(UUID(vector["uuid"]), vector["croid"]) for vector in VECTORS["written"]]
READ = [(vector["text"], UUID(vector["uuid"])) for vector in VECTORS["read"]]
REFUSED = VECTORS["refused"]
UUIDS = st.integers(0, 2**128 - 1).map(lambda number: UUID(int=number))


def spelt_out(croid: UUID) -> str:
    """The definition: five bits a character, from the right."""
    return "".join(ALPHABET[croid.int >> 5 * place & 31] for place in range(25, -1, -1))


def test_vectors_hold_every_character() -> None:
    assert {character for _, croid in WRITTEN for character in croid} == set(ALPHABET)
    assert {croid[0] for _, croid in WRITTEN} == set("01234567")


@pytest.mark.parametrize(("croid", "text"), WRITTEN)
def test_python_writes_and_reads_the_vectors(croid: UUID, text: str) -> None:
    assert encode(croid) == text
    assert decode(text) == croid


@pytest.mark.parametrize(("text", "croid"), READ)
def test_python_reads_upper_case_and_confusions(text: str, croid: UUID) -> None:
    assert decode(text) == croid


@pytest.mark.parametrize("text", REFUSED)
def test_python_refuses_everything_else(text: str) -> None:
    with pytest.raises(MalformedCroid):
        decode(text)


def test_sql_writes_and_reads_the_vectors(db: psycopg.Connection) -> None:
    croids, texts = zip(*WRITTEN, strict=True)
    rows = db.execute(
        "SELECT croid.encode(v.croid), croid.decode(v.text)"
        " FROM unnest(%s::uuid[], %s::text[]) WITH ORDINALITY AS v (croid, text, n) ORDER BY v.n",
        [list(croids), list(texts)],
    ).fetchall()
    assert rows == [(text, croid) for croid, text in WRITTEN]


def test_sql_reads_upper_case_and_confusions(db: psycopg.Connection) -> None:
    for text, croid in READ:
        assert db.execute("SELECT croid.decode(%s)", [text]).fetchone() == (croid,)


@pytest.mark.parametrize("text", REFUSED)
def test_sql_refuses_everything_else(db: psycopg.Connection, text: str) -> None:
    with pytest.raises(psycopg.Error) as refused:
        db.execute("SELECT croid.decode(%s)", [text])
    assert refused.value.sqlstate == MalformedCroid.sqlstate


@given(UUIDS)
def test_reading_undoes_writing(croid: UUID) -> None:
    text = encode(croid)
    assert text == spelt_out(croid)
    assert decode(text) == decode(text.upper()) == croid


@given(UUIDS, UUIDS)
def test_written_forms_sort_as_the_uuids(one: UUID, other: UUID) -> None:
    assert (encode(one) < encode(other)) == (one.int < other.int)


@given(st.text(st.sampled_from(ALPHABET + ALPHABET.upper() + "iIlLoOuU_-+ *é"), max_size=30))
def test_what_is_read_is_written_back(text: str) -> None:
    try:
        croid = decode(text)
    except MalformedCroid:
        return
    assert encode(croid) == text.lower().translate(str.maketrans("ilo", "110"))


def test_sql_agrees_on_many_uuids(db: psycopg.Connection) -> None:
    rows = db.execute(
        "SELECT v.croid, croid.encode(v.croid), croid.decode(croid.encode(v.croid)) = v.croid"
        " FROM (SELECT uuidv4() AS croid FROM generate_series(1, 2000)) AS v"
    ).fetchall()
    assert [row for row in rows if row[1] != encode(row[0]) or not row[2]] == []


def test_sql_and_python_accept_the_same_texts(db: psycopg.Connection) -> None:
    texts = ["0" * 25 + chr(code) for code in range(32, 1000)]
    texts += [chr(code) + "0" * 25 for code in range(32, 1000)]
    for text in texts:
        try:
            expected: UUID | None = decode(text)
        except MalformedCroid:
            expected = None
        try:
            with db.transaction():
                found = db.execute("SELECT croid.decode(%s)", [text]).fetchone()
        except psycopg.Error:
            found = (None,)
        assert found == (expected,), text
