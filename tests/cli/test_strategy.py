"""`nexus strategy` and `nexus gaps` on a real flow: off, and all that follows is without it."""

import pytest
from typer.testing import CliRunner

from nexus_hub.cli import gaps, session, strategy
from nexus_hub.cli.main import app
from stories.hub import OXFORD, Hub, hub, record

__all__ = ["hub"]


@pytest.fixture
def run(hub: Hub, monkeypatch: pytest.MonkeyPatch):
    for module in (strategy, gaps):
        monkeypatch.setattr(module, "begin", lambda: hub.settings)
        monkeypatch.setattr(module, "console", session.Console(width=200))

    def call(*words: str, code: int = 0) -> str:
        found = CliRunner().invoke(app, list(words))
        assert found.exit_code == code, found.output
        return found.output

    return call


def organisation_of(hub: Hub) -> str | None:
    found = hub.get("/works/10.5555/a")["message"]["author"][0]["affiliation"][0]
    return next((entry["id"] for entry in found.get("id", [])), None)


def test_a_strategy_is_switched_off_and_on_and_records_and_changes_follow(hub: Hub, run) -> None:
    hub.organisations(OXFORD)
    hub.deposit(record("10.5555/a"))
    assert organisation_of(hub) == OXFORD["id"]
    index = hub.get("/changes?after=0")["items"][-1]["index"]

    assert "1 records will be looked at again" in run("strategy", "disable", "affiliation-ror")
    assert "off already" in run("strategy", "disable", "affiliation-ror")
    assert organisation_of(hub) == OXFORD["id"], "the workers have not run yet"
    hub.work()
    assert organisation_of(hub) is None
    changes = hub.get(f"/changes?after={index}&kind=release")["items"]
    assert {change["change"] for change in changes} == {"updated"}
    assert "1 places in 1 releases lack" in run("gaps", "ror").replace("\n", " ")
    assert "/author/0/affiliation/0" in run("gaps", "ror", "--list")

    run("strategy", "enable", "affiliation-ror")
    hub.work()
    assert organisation_of(hub) == OXFORD["id"]
    assert "0 places" in run("gaps", "ror")
    assert "affiliation-ror" in run("strategy", "list")
    run("strategy", "disable", "no-such", code=1)
