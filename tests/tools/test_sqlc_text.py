"""How SQL text is read: quotes, parameters, comments, directives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tools.sqlc_text import (
    Placeholder,
    fragments,
    psycopg_sql,
    read_comments,
    read_directives,
)

WORDS = st.text(alphabet="ab$1 %;\n'\"\\-/*", max_size=12)
TAGS = st.sampled_from(["", "tag", "_é"])


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def identifier(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def escape_string(text: str) -> str:
    return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def line_comment(text: str) -> str:
    return "--" + text.replace("\n", " ") + "\n"


def block_comment(text: str) -> str:
    inner = text.replace("*", "").replace("/", "")
    return f"/* {inner} /* {inner} */ {inner} */"


@st.composite
def dollar_quoted(draw: st.DrawFn) -> str:
    tag, text = draw(TAGS), draw(WORDS).replace("$", "")
    return f"${tag}${text}${tag}$"


PIECES = st.one_of(
    WORDS.map(quoted).map(lambda text: ("quoted", text)),
    WORDS.map(identifier).map(lambda text: ("quoted", text)),
    WORDS.map(escape_string).map(lambda text: ("quoted", text)),
    dollar_quoted().map(lambda text: ("quoted", text)),
    WORDS.map(line_comment).map(lambda text: ("comment", text)),
    WORDS.map(block_comment).map(lambda text: ("comment", text)),
    st.integers(1, 3).map(lambda number: ("param", f"${number}")),
    st.sampled_from(["SELECT ", " % ", " a$1 + ", " 1.5 "]).map(lambda text: ("code", text)),
)


@given(st.lists(PIECES, max_size=12))
def test_only_parameters_in_code_are_replaced(pieces: list[tuple[str, str]]) -> None:
    placeholders = {number: Placeholder(f"p{number}") for number in (1, 2, 3)}
    sql = " ".join(text for _, text in pieces)
    expected = " ".join(
        f"%(p{text[1:]})s" if kind == "param" else text.replace("%", "%%") for kind, text in pieces
    )
    assert psycopg_sql(sql, placeholders) == expected


@given(st.text(alphabet="ab$1 %'\"\\-/*\nE", max_size=60))
def test_fragments_join_to_what_was_cut(sql: str) -> None:
    assert "".join(fragment.text for fragment in fragments(sql)) == sql


@pytest.mark.parametrize(
    ("sql", "written"),
    [
        ("f($1)", "f(%(a)b::uuid[])"),
        ("f($1::text [])", "f(%(a)b::text [])"),
        ("f($1 ::text[])", "f(%(a)b ::text[])"),
        ("$1[1]", "(%(a)b::uuid[])[1]"),
    ],
)
def test_a_cast_is_added_where_the_author_wrote_none(sql: str, written: str) -> None:
    assert psycopg_sql(sql, {1: Placeholder("a", "b", "uuid[]")}) == written


@pytest.mark.parametrize(
    ("sql", "written"),
    [
        ("x IN ($1)", "x = ANY (%(a)b::uuid[])"),
        ("x in( $1 )", "x = ANY (%(a)b::uuid[] )"),
        ("x NOT  IN ($1)", "x <> ALL (%(a)b::uuid[])"),
    ],
)
def test_a_slice_becomes_an_array_comparison(sql: str, written: str) -> None:
    placeholder = Placeholder("a", "b", "uuid[]", is_slice=True)
    assert psycopg_sql(sql, {1: placeholder}) == written


def test_spaces_at_line_ends_go_unless_they_are_data() -> None:
    assert psycopg_sql("SELECT  \n'a  \nb'", {}) == "SELECT\n'a  \nb'"


def test_each_query_keeps_its_own_comment() -> None:
    header, by_name = read_comments(
        "-- Header.\n\n-- First,\n-- of two lines.\n-- name: a_get :one\n-- After.\nSELECT 1\n"
        "-- inside\n;\n-- stray\n\n-- name: b_get :one\nSELECT 2; -- behind\n-- name: c_get :one\n"
    )
    assert header == ["Header."]
    assert by_name == {
        "a_get": [" First,", " of two lines.", " After."],
        "b_get": [],
        "c_get": [],
    }


def test_a_comment_on_the_first_query_is_not_the_header() -> None:
    header, by_name = read_comments("-- First.\n-- name: a_get :one\nSELECT 1;\n")
    assert (header, by_name) == ([], {"a_get": [" First."]})


def test_directives_are_parted_from_prose() -> None:
    comment = read_directives(
        [
            " Prose.",
            " not null: a, b",
            " nullable: c",
            " always one row",
            " parameters: x, y",
            " json objects: y",
            " @sqlc-vet-disable",
            " The value is not null: see there.",
        ]
    )
    assert comment.lines == ["Prose.", "The value is not null: see there."]
    assert (comment.not_null, comment.nullable) == (["a", "b"], ["c"])
    assert (comment.parameters, comment.json_objects) == (["x", "y"], ["y"])
    assert comment.is_always_one
