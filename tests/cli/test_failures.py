"""A failure is one line and a hint on standard error, with exit code 1, never a traceback."""

from __future__ import annotations


def test_failure_of_ours_names_itself_and_what_to_do(nexus):
    result = nexus("queues", "--dead", "nobody")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == "no-such-queue: nobody\nnexus queues lists them.\n"


def test_wrong_setting_is_named_by_its_variable(run, monkeypatch):
    monkeypatch.setenv("NEXUS_PORT", "eighty")
    result = run("queues")
    assert result.exit_code == 1
    assert "NEXUS_PORT" in result.stderr
    assert "Traceback" not in result.output


def test_broken_settings_file_is_named(run, home):
    (home / "nexus.toml").write_text("port = = 1")
    result = run("queues")
    assert result.exit_code == 1
    assert "nexus.toml" in result.stderr


def test_database_that_is_away_is_said_to_be(run, monkeypatch):
    monkeypatch.setenv("NEXUS_DATABASE_URL", "postgresql://nobody@/nowhere?host=/nonexistent")
    result = run("queues")
    assert result.exit_code == 1
    assert "database:" in result.stderr
    assert "nexus doctor" in result.stderr
