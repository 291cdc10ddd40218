"""`nexus queues` shows what waits and what is dead, and sends the dead again."""

from __future__ import annotations

import json

from nexus_hub.platform.queries import queue as q

QUEUE = "vulcanus_accepted"


def send(database, *messages: dict) -> None:
    with database.connect(None) as connection:
        for message in messages:
            connection.execute("SELECT pgmq.send(%s, %s)", [QUEUE, json.dumps(message)])


def bury(database, reason: str) -> None:
    """Let the first message die as a worker would."""
    with database.connect() as connection:
        (read,) = q.queue_read(connection, queue=QUEUE, visibility_s=60, limit_count=1)
        q.queue_bury(connection, queue=QUEUE, msg_id=read.msg_id, reason=reason)


def row(output: str, queue: str) -> list[str]:
    (line,) = [line for line in output.splitlines() if queue in line]
    return [cell.strip() for cell in line.strip("│ \n").split("│")]


def test_every_queue_is_shown_with_its_counts(nexus, fresh_database):
    send(fresh_database, {"event": "accepted", "croids": []}, {"event": "accepted", "croids": []})
    bury(fresh_database, "broken")
    result = nexus("queues")
    assert result.exit_code == 0
    assert row(result.stdout, QUEUE)[:5] == [QUEUE, "1", "0", "1", "2"]
    assert row(result.stdout, QUEUE)[5].endswith(" s")
    assert row(result.stdout, "aquilo_accepted")[1:] == ["0", "0", "0", "0"]


def test_dead_letter_is_shown_with_its_reason(nexus, fresh_database):
    send(fresh_database, {"event": "accepted", "croids": []})
    bury(fresh_database, "Expected `int`, got [red]str[/red]")
    result = nexus("queues", "--dead", QUEUE)
    assert "Expected `int`, got [red]str[/red]" in result.stdout
    assert '{"event": "accepted", "croids": []}' in result.stdout
    assert f"--replay {QUEUE}" in result.stdout


def test_dead_letters_are_sent_again(nexus, fresh_database):
    send(fresh_database, {"event": "accepted", "croids": []})
    bury(fresh_database, "broken")
    assert "1 dead letters" in nexus("queues", "--replay", QUEUE).stdout
    assert row(nexus("queues").stdout, QUEUE)[1:4] == ["1", "0", "0"]
    assert "no dead letters" in nexus("queues", "--dead", QUEUE).stdout
    assert "0 dead letters" in nexus("queues", "--replay", QUEUE).stdout


def test_unknown_queue_is_refused_by_name(nexus):
    for option in ("--dead", "--replay"):
        result = nexus("queues", option, "vulcanus_accepted_dead")
        assert result.exit_code == 1
        assert "no-such-queue: vulcanus_accepted_dead" in result.stderr
