"""Editors and tokens where several act at once, and whose the catalogue says its changes are."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import psycopg
import pytest

from nexus_hub.catalog.credentials import digest, make_secret
from nexus_hub.catalog.queries import editor, token
from nexus_hub.catalog.queries.models import EditorRole


def create(connection: Any, name: str) -> UUID:
    return editor.editor_create(
        connection, username=name, role=EditorRole.EDITOR, is_bot=False, agent_id=None
    )


def issue(connection: Any, editor_id: UUID, with_token_id: UUID | None = None) -> UUID:
    return token.token_issue(
        connection,
        editor_id=editor_id,
        secret_sha256=digest(make_secret()),
        scopes=None,
        expires_at=None,
        description=None,
        with_token_id=with_token_id,
    )


def test_of_many_who_want_one_name_one_gets_it(fresh_database):
    names = ["ada", "ADA", "Ada", "aDA"]
    together = threading.Barrier(len(names))

    def take(name: str) -> str | None:
        with fresh_database.connect() as connection:
            together.wait(30)
            try:
                create(connection, name)
            except psycopg.Error as error:
                return error.sqlstate
        return None

    with ThreadPoolExecutor(len(names)) as threads:
        outcomes = sorted(threads.map(take, names), key=str)
    assert outcomes == ["NX243"] * 3 + [None]


@pytest.mark.parametrize("what", ["one", "all"])
def test_a_key_that_is_being_revoked_leaves_no_other_behind(fresh_database, what):
    """Who holds a leaked key cannot make another one while it is taken away."""
    with fresh_database.connect() as revoker, fresh_database.connect() as thief:
        editor_id = create(revoker, "ada")
        leaked = issue(revoker, editor_id)
        revoker.commit()
        if what == "one":
            token.token_revoke(revoker, editor_id=editor_id, token_id=leaked, agent_id=None)
        else:
            token.token_revoke_all(revoker, editor_id=editor_id, agent_id=None)
        with ThreadPoolExecutor(1) as thread:
            attempt = thread.submit(issue, thief, editor_id, leaked)
            wait_for_a_lock(fresh_database)
            revoker.commit()
            with pytest.raises(psycopg.Error) as refused:
                attempt.result(30)
        assert refused.value.sqlstate == "NX240"


def wait_for_a_lock(database: Any) -> None:
    with database.connect(None) as connection:
        connection.autocommit = True
        for _ in range(1000):
            [(waiting,)] = connection.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted"
            ).fetchall()
            if waiting:
                return
            threading.Event().wait(0.01)
    pytest.fail("nobody waits")


def test_a_renamed_editor_is_told_by_its_new_name(fresh_database):
    with fresh_database.connect() as connection:
        editor_id = create(connection, "ada")
        issue(connection, editor_id)
        editor.editor_rename(connection, editor_id=editor_id, username="Ada.L", agent_id=editor_id)
        found = editor.editor_find(connection, editor_id=None, username="ada.l")
        assert found is not None
        assert (found.editor_id, found.username) == (editor_id, "Ada.L")
        listed = {row.username: row.token_count for row in editor.editor_list(connection)}
        assert listed == {"Ada.L": 1, "anonymous": 0, "nexus": 0, "vulcanus": 0}
