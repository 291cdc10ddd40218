"""`nexus member` makes members, gives them prefixes, and issues and revokes their keys."""

from __future__ import annotations

import json

from cli.test_editor import key_of


def test_a_member_is_made_with_an_owners_key_on_the_last_line(nexus, fresh_database):
    key = key_of(nexus("member", "create", "Society of One", "--prefix", "10.5555"))
    with fresh_database.connect("nexus_api") as connection:
        found = connection.execute(
            "SELECT name, role::text FROM nauvis.find_key(%s)", [key.token_id]
        ).fetchone()
    assert found == ("Society of One", "owner")
    listed = nexus("member", "list")
    assert "1000000" in listed.output
    assert "10.5555" in listed.output


def test_keys_are_issued_listed_and_revoked(nexus):
    nexus("member", "create", "Society of One")
    made = nexus("member", "key", "society of one", "--role", "reader", "--person", "Ada")
    key = key_of(made)
    assert "Ada" in nexus("member", "keys", "1000000").output
    assert nexus("member", "revoke", "1000000", key.text()).exit_code == 0
    again = nexus("member", "revoke", "1000000", "01k8000000e0080000000000r5")
    assert again.exit_code == 1
    assert "no-such-key" in again.output


def test_a_prefix_goes_from_one_member_to_another(nexus):
    nexus("member", "create", "One", "--prefix", "10.5555")
    nexus("member", "create", "Two")
    refused = nexus("member", "prefix", "Two", "10.5555", "--from", "2999-01-01")
    assert refused.exit_code == 1
    assert "prefix-owned" in refused.output
    given = nexus("member", "prefix", "Two", "10.5555", "--from", "2999-01-01", "--transfer")
    assert "10.5555 is Two's from 2999-01-01" in given.output
    assert nexus("member", "prefix", "Two", "10.5555", "--from", "soon").exit_code == 2


def test_files_are_deposited_in_the_name_of_a_member(nexus, tmp_path):
    nexus("member", "create", "One", "--prefix", "10.5555")
    work = {"DOI": "10.5555/a", "type": "book", "title": ["A"]}
    path = tmp_path / "works.jsonl"
    path.write_text(json.dumps(work) + "\n")
    refused = nexus("load", "deposits", str(path))
    assert "0 records taken in 0 deposits, 1 refused" in refused.output
    assert "not-your-prefix: 10.5555; nothing of it was taken" in refused.output
    taken = nexus("load", "deposits", str(path), "--member", "One")
    assert "1 records taken in 1 deposits, 0 refused" in taken.output
    unknown = nexus("load", "deposits", str(path), "--member", "Nobody")
    assert "no-such-member" in unknown.output


def test_a_member_that_is_kept_out_keeps_its_keys(nexus, fresh_database):
    key = key_of(nexus("member", "create", "One"))
    find = "SELECT count(*) FROM nauvis.find_key(%s)"
    for command, count in (("deactivate", 0), ("activate", 1)):
        assert nexus("member", command, "One").exit_code == 0
        with fresh_database.connect("nexus_api") as connection:
            assert connection.execute(find, [key.token_id]).fetchone() == (count,)
