"""`nexus editor` makes editors and their keys, and takes keys away again."""

from __future__ import annotations

import re

import pytest

from nexus_hub.catalog.credentials import Key, read_key
from nexus_hub.catalog.queries.token import TokenFindRow, token_find

KEY = re.compile(r"nx_[0-9a-z]{26}_[a-z2-7]{52}")


def last_line(result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()[-1]


def key_of(result) -> Key:
    """The key that a command printed, alone on its last line."""
    line = last_line(result)
    assert KEY.fullmatch(line), line
    key = read_key(line)
    assert key is not None
    return key


@pytest.fixture
def found(fresh_database):
    """What is known of a key, as a service sees it."""

    def find(key: Key) -> TokenFindRow:
        with fresh_database.connect("nexus_api") as connection:
            row = token_find(connection, token_id=key.token_id)
        assert row is not None
        assert key.fits(row.secret_sha256)
        return row

    return find


def test_an_editor_is_made_with_a_key_on_the_last_line(nexus, found):
    row = found(key_of(nexus("editor", "create", "Ada")))
    assert (row.username, row.role, row.refusal) == ("Ada", "editor", None)
    assert row.scopes == ["account", "deposit", "edit", "member"]
    row = found(key_of(nexus("editor", "create", "chief", "--role", "admin")))
    assert row.scopes == ["accept", "account", "admin", "deposit", "edit", "member"]


def test_the_key_is_whole_also_on_a_narrow_screen(nexus, monkeypatch):
    from nexus_hub.cli import session

    monkeypatch.setattr(session.console, "width", 20)
    key_of(nexus("editor", "create", "Ada"))


def test_editors_are_listed_with_what_they_are_and_their_keys(nexus):
    nexus("editor", "create", "loader", "--bot")
    nexus("editor", "token", "loader")
    nexus("editor", "create", "zoe", "--role", "admin")
    nexus("editor", "revoke", "zoe")
    nexus("editor", "deactivate", "zoe")
    lines = nexus("editor", "list").stdout.splitlines()
    cells = {
        row[0]: row
        for line in lines
        if len(row := [cell.strip() for cell in line.strip("│ ").split("│")]) == 6
    }
    assert [cells["loader"][i] for i in (1, 2, 5)] == ["editor", "bot", "2"]
    assert [cells["zoe"][i] for i in (1, 2, 5)] == ["admin", "out", "0"]
    assert [cells["anonymous"][i] for i in (1, 2, 5)] == ["editor", "bot", "0"]


def test_a_further_key_has_the_scopes_and_the_end_that_were_asked_for(nexus, found):
    nexus("editor", "create", "ada")
    key = key_of(nexus("editor", "token", "ADA", "--scope", "edit", "--scope", "deposit"))
    assert found(key).scopes == ["deposit", "edit"]
    nexus("editor", "token", "ada", "--expires-in-days", "2", "--description", "a trial")
    listed = nexus("editor", "tokens", "ada").stdout
    assert "a trial" in listed
    assert "deposit, edit" in listed
    assert len(re.findall(r"\d\d:\d\d", listed)) == 4
    result = nexus("editor", "token", "ada", "--scope", "admin")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "forbidden: at most these scopes" in result.stderr
    result = nexus("editor", "token", "ada", "--scope", "all")
    assert "token-refused" in result.stderr


def test_one_key_is_revoked_or_all_of_them(nexus, found):
    keys = [key_of(nexus("editor", "create", "ada"))]
    keys += [key_of(nexus("editor", "token", "ada")) for _ in range(2)]
    last_line(nexus("editor", "revoke", "ada", "--token", keys[0].text()))
    last_line(nexus("editor", "revoke", "ada", "--token", keys[1].text()[3:29]))
    assert [found(key).refusal for key in keys] == ["revoked", "revoked", None]
    last_line(nexus("editor", "revoke", "ada"))
    assert found(keys[2]).refusal == "revoked"
    assert found(key_of(nexus("editor", "token", "ada"))).refusal is None
    for wrong, slug in (("0" * 26, "no-such-token"), ("x", "malformed-croid")):
        result = nexus("editor", "revoke", "ada", "--token", wrong)
        assert result.exit_code == 1
        assert slug in result.stderr


def test_an_editor_gets_a_role_a_name_and_is_kept_out(nexus, found):
    key = key_of(nexus("editor", "create", "ada"))
    last_line(nexus("editor", "role", "ada", "admin"))
    last_line(nexus("editor", "rename", "ada", "lovelace"))
    row = found(key)
    assert (row.username, row.role) == ("lovelace", "admin")
    last_line(nexus("editor", "deactivate", str(row.editor_id)))
    assert found(key).refusal == "inactive"
    last_line(nexus("editor", "activate", "lovelace"))
    assert found(key).refusal is None


def test_what_cannot_be_is_refused_by_name_and_leaves_nothing(nexus):
    nexus("editor", "create", "ada")
    for arguments, slug in (
        (("create", "ADA"), "username-taken"),
        (("create", "a"), "bad-username"),
        (("create", "eve", "--scope", "admin"), "forbidden"),
        (("token", "nobody"), "no-such-editor"),
        (("token", "vulcanus"), "not-allowed"),
        (("role", "vulcanus", "editor"), "not-allowed"),
        (("deactivate", "nobody"), "no-such-editor"),
        (("rename", "ada", "anonymous"), "username-taken"),
    ):
        result = nexus("editor", *arguments)
        assert (result.exit_code, result.stdout) == (1, ""), arguments
        assert slug in result.stderr, arguments
    assert "eve" not in nexus("editor", "list").stdout


def test_no_secret_is_in_the_database(nexus, fresh_database):
    text = key_of(nexus("editor", "create", "ada")).text()
    with fresh_database.connect(None) as connection:
        rows = connection.execute("SELECT t::text FROM catalog.token AS t").fetchall()
    assert len(rows) == 1
    assert text[30:] not in rows[0][0]
    assert read_key(text).secret.hex() not in rows[0][0]
