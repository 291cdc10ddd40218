"""`nexus callbacks`, and the secret of a member: who could not be told, and telling again."""

from __future__ import annotations

import pytest

from nexus_hub.nauvis.queries import callback as q
from nexus_hub.nauvis.queries import deposit, member
from nexus_hub.nauvis.service import prepare_document

URL = "https://example.org/told?for=us"


@pytest.fixture
def told(nexus, fresh_database) -> str:
    """A deposit whose callback was given up."""
    assert nexus("member", "create", "One", "--prefix", "10.5555").exit_code == 0
    assert nexus("member", "callback-secret", "One").exit_code == 0
    with fresh_database.connect() as connection:
        bot = member.member_get(connection, member_id=1_000_000).bot_id
        body = b'{"records": [{"doi": "10.5555/a", "metadata": {"type": "book"}}]}'
        call = prepare_document(body, editor_id=bot)
        deposit_id = deposit.deposit_take(connection, **call)
        q.callback_ask(connection, deposit_id=deposit_id, url=URL)
    with fresh_database.connect(None) as connection:
        connection.execute("UPDATE nauvis.callback SET state = 'dead', attempts = 10")
        connection.execute(
            "INSERT INTO nauvis.callback_attempt (callback_id, status) SELECT callback_id, 500"
            " FROM nauvis.callback"
        )
    return str(deposit_id)


def state(database) -> tuple[str, int]:
    with database.connect(None) as connection:
        return connection.execute("SELECT state::text, attempts FROM nauvis.callback").fetchone()


def row(output: str) -> list[str]:
    return [cell.strip() for line in output.splitlines() if "1000000" in line
            for cell in line.replace("│", "|").split("|") if cell.strip()]  # fmt: skip


def test_a_secret_is_shown_once_and_made_anew(nexus, fresh_database):
    nexus("member", "create", "One")
    find = "SELECT secret, previous_secret, previous_ends_at - made_at FROM nauvis.callback_secret"

    def kept() -> tuple[str, str | None, object]:
        with fresh_database.connect(None) as connection:
            return connection.execute(find).fetchone()

    first = nexus("member", "callback-secret", "one").stdout.splitlines()[-1]
    assert first.startswith("nxs_")
    assert kept()[:2] == (first, None)
    second = nexus("member", "callback-secret", "1000000", "--overlap-hours", "24")
    assert "for 24 h" in second.stdout
    assert kept()[:2] == (second.stdout.splitlines()[-1], first)
    assert 23 * 3600 < kept()[2].total_seconds() <= 24 * 3600
    third = nexus("member", "callback-secret", "One").stdout.splitlines()[-1]
    assert kept()[:2] == (third, None)
    unknown = nexus("member", "callback-secret", "Nobody")
    assert (unknown.exit_code, "no-such-member" in unknown.output) == (1, True)


def test_each_member_is_shown_with_what_is_dead(nexus, told):
    assert row(nexus("callbacks").stdout) == ["1000000", "One", "0", "0", "0", "1"]
    assert row(nexus("callbacks", "--member", "one").stdout)[-1] == "1"
    shown = nexus("callbacks", "--dead").stdout
    assert told in shown
    assert "answered 500" in shown
    assert URL in shown
    assert "--replay dead" in shown


def test_the_dead_are_sent_again(nexus, told, fresh_database):
    nexus("member", "create", "Two")
    other = nexus("callbacks", "--replay", "dead", "--member", "Two")
    assert "0 callbacks are sent again" in other.stdout
    assert state(fresh_database) == ("dead", 10)
    assert "1 callbacks are sent again" in nexus("callbacks", "--replay", "dead").stdout
    assert state(fresh_database) == ("due", 0)
    assert "no callback was given up" in nexus("callbacks", "--dead").stdout


def test_those_of_a_deposit_are_sent_again(nexus, told, fresh_database):
    assert "1 callbacks are sent again" in nexus("callbacks", "--replay", told).stdout
    assert state(fresh_database) == ("due", 0)
    nexus("member", "create", "Two")
    odd = {"x": "no-such-deposit", told[::-1]: "no-such", told.replace("0", "1"): "no-such"}
    for deposit_id, slug in odd.items():
        refused = nexus("callbacks", "--replay", deposit_id)
        assert (refused.exit_code, slug in refused.output) == (1, True), refused.output
    foreign = nexus("callbacks", "--replay", told, "--member", "Two")
    assert "no-such-callback" in foreign.output
