"""States that make no sense cannot be stored, not even by the owner of the tables."""

import re

import psycopg
import pytest

from faults import impossible_aquilo, impossible_nauvis, impossible_vulcanus
from faults.flow import ROOMS

MORE = impossible_nauvis.IMPOSSIBLE | impossible_vulcanus.IMPOSSIBLE | impossible_aquilo.IMPOSSIBLE
SETUP = """
INSERT INTO catalog.editgroup (editgroup_id, editor_id, status, idempotency_key) VALUES
(uuid('e1'), '00000000-0000-7000-8000-000000000001', 'accepted', 'k'),
(uuid('e2'), '00000000-0000-7000-8000-000000000001', 'open', NULL);
INSERT INTO catalog.revision (croid, revision_id, kind, body, content_hash) VALUES
(uuid('a1'), uuid('b1'), 'release', '{}', ''), (uuid('a2'), uuid('b2'), 'release', '{}', ''),
(uuid('a5'), uuid('b5'), 'work', '{}', '');
INSERT INTO catalog.ident (croid, kind, is_live, revision_id) VALUES
(uuid('a1'), 'release', true, uuid('b1')), (uuid('a2'), 'release', true, uuid('b2')),
(uuid('a5'), 'work', true, uuid('b5')), (uuid('a4'), 'release', false, NULL);
INSERT INTO catalog.ident (croid, kind, is_live, redirect_to) VALUES
(uuid('a3'), 'release', true, uuid('a1'));
INSERT INTO catalog.edit (croid, edit_id, editgroup_id, kind, action, revision_id) VALUES
(uuid('a1'), uuid('d1'), uuid('e1'), 'release', 'create', uuid('b1'));
INSERT INTO catalog.changelog (index, editgroup_id, accepted_by, edit_count, hash) VALUES
(1000, uuid('e1'), '00000000-0000-7000-8000-000000000001', 1, '');
INSERT INTO catalog.release (croid, doi) VALUES (uuid('a1'), '10.5555/x');
INSERT INTO catalog.organisation (croid, ror, status, name) VALUES
(uuid('a6'), '05gq02987', 'active', 'X');
INSERT INTO nauvis.deposit (
  deposit_id, editor_id, media, origin, size_bytes, sha256, record_count, idempotency_key
) VALUES
(uuid('c1'), '00000000-0000-7000-8000-000000000002', 'deposit', 'http', 1, '', 1, 'k');
INSERT INTO nauvis.deposit_record (croid, deposit_id, n, byte_offset, size_bytes, sha256) VALUES
(uuid('a1'), uuid('c1'), 1, 0, 1, '');
INSERT INTO fulgora.release (source, release_no, label) VALUES ('ror', 1, 'x'), ('ror', 2, 'y');
INSERT INTO fulgora.record (source, key, valid_from_release, row_hash, record) VALUES
('ror', 'x', 1, '', '');
INSERT INTO platform.task (task_id, room, kind) VALUES (uuid('f1'), 'fulgora', 'enrichment');
INSERT INTO vulcanus.run (run_id, reason, object_count) VALUES (uuid('f2'), 'test', 1);
INSERT INTO vulcanus.layer (
  croid, layer_id, run_id, source, source_version, strategy, input_hash, patch, evidence, confidence
) VALUES
(uuid('a1'), uuid('f3'), uuid('f2'), 's', '1', 'affiliation-ror', '', '[]', '{}', 1);
"""

VULCANUS = "'00000000-0000-7000-8000-000000000001'"
LAYER = (
    "INSERT INTO vulcanus.layer (croid, run_id, source, source_version, strategy, input_hash,"
    " patch, evidence, confidence) VALUES "
)
EVALUATION = (
    "INSERT INTO vulcanus.evaluation (task, method, version, truth_name, truth_sha256,"
    " candidate_count, per_second, intervals, part, case_count, answered_count, right_count,"
    " strange_count, strange_answered_count) SELECT 't', 'm', '1', 'n', '', 1, 1, '[]', v.*"
    " FROM (VALUES {}) AS v"
)
DEPOSIT = (
    "INSERT INTO nauvis.deposit (editor_id, media, origin, size_bytes, sha256, record_count,"
    " settled_count, rejected_count, idempotency_key) VALUES "
)
RECORD = (
    "INSERT INTO nauvis.deposit_record"
    " (croid, deposit_id, n, byte_offset, size_bytes, sha256) VALUES "
)
ROW = (
    "INSERT INTO fulgora.record"
    " (source, key, valid_from_release, valid_to_release, row_hash, record) VALUES "
)
EDIT = (
    "INSERT INTO catalog.edit (croid, editgroup_id, kind, action, revision_id, redirect_to) VALUES "
)
IDENT = "INSERT INTO catalog.ident (croid, kind, is_live, revision_id, redirect_to) VALUES "
CHANGELOG = (
    "INSERT INTO catalog.changelog (index, editgroup_id, accepted_by, edit_count, hash) VALUES "
)
ANNOTATION = (
    "INSERT INTO catalog.annotation"
    " (editgroup_id, editor_id, check_name, is_passed, edits_sha256) VALUES "
)
REDACTION = "INSERT INTO catalog.redaction (croid, revision_id, redacted_by, reason) VALUES "
TOKEN = (
    "INSERT INTO catalog.token (token_id, editor_id, secret_sha256, scopes, created_at, expires_at)"
    " VALUES "
)
ERROR = "INSERT INTO platform.error (sqlstate, slug, http_status, meaning) VALUES "
SOURCE = "INSERT INTO fulgora.source (source, title, kind, scheme, rank, licence, homepage) VALUES "
STATEMENT = (
    "INSERT INTO fulgora.statement"
    " (source, key, valid_from_release, n, scheme, value, role, facts) VALUES "
)
RELEASE = "INSERT INTO catalog.release (croid, "

RELATION = (
    "INSERT INTO nexus.relation (subject_croid, relation_type, object_key, object_scheme,"
    " object_value, first_editgroup_id, editgroup_id, by_subject, by_object, by_nexus, is_current)"
    " VALUES (uuid('a1'), 'cites', "
)
AWAITED = "nexus.key_of('doi', '10.5555/x'), 'doi', '10.5555/x', uuid('c1'), uuid('c1'), "

IMPOSSIBLE = {
    # nexus
    "relation_type_inverse_fkey": [
        "INSERT INTO nexus.relation_type VALUES ('likes', 'is-liked-by', true, 'x')"
    ],
    "relation_type_is_kebab_case": [
        "INSERT INTO nexus.relation_type VALUES ('IsOf', 'cites', true, 'x')"
    ],
    "own_inverse_is_stored": [
        "INSERT INTO nexus.relation_type VALUES ('likes', 'likes', false, 'x')"
    ],
    "update_type_relation_type_fkey": [
        "SET CONSTRAINTS ALL IMMEDIATE;"
        " INSERT INTO fulgora.update_type VALUES ('x', 'X', false, 'likes')"
    ],
    "source_bit_key": ["INSERT INTO nexus.source VALUES ('x', 1)"],
    "bit_is_one_bit": [
        "INSERT INTO nexus.source VALUES ('x', 96)",
        "INSERT INTO nexus.source VALUES ('x', 0)",
    ],
    "relation_has_two_ends": [
        RELATION + "uuid('a1'), NULL, NULL, uuid('c1'), uuid('c1'), 1, 0, 0, true)"
    ],
    "relation_is_asserted": [RELATION + AWAITED + "0, 0, 0, true)"],
    "awaited_object_has_a_scheme": [
        RELATION + "uuid('a2'), 'doi', NULL, uuid('c1'), uuid('c1'), 1, 0, 0, true)"
    ],
    "awaited_object_is_silent": [RELATION + AWAITED + "1, 1, 0, true)"],
    "awaited_object_has_its_key": [
        RELATION + "uuid('a2'), 'doi', '10.5555/x', uuid('c1'), uuid('c1'), 1, 0, 0, true)"
    ],
    # catalog
    "redirect_has_no_revision": [IDENT + "(uuid('99'), 'release', true, uuid('b1'), uuid('a1'))"],
    "redirect_is_live": [
        IDENT + "(uuid('99'), 'release', false, NULL, uuid('a1'))",
        "UPDATE catalog.ident SET is_live = false WHERE croid = uuid('a3')",
    ],
    "redirect_leaves_itself": [IDENT + "(uuid('99'), 'release', true, NULL, uuid('99'))"],
    "wip_has_no_revision": [
        IDENT + "(uuid('99'), 'release', false, uuid('b1'), NULL)",
        "UPDATE catalog.ident SET is_live = false WHERE croid = uuid('a1')",
    ],
    "redirect_is_one_hop_of_one_kind": [
        IDENT + "(uuid('99'), 'release', true, NULL, uuid('a3'))",
        IDENT + "(uuid('99'), 'release', true, NULL, uuid('a5'))",
        IDENT + "(uuid('99'), 'release', true, NULL, uuid('98'))",
        "UPDATE catalog.ident SET revision_id = NULL, redirect_to = uuid('a2')"
        " WHERE croid = uuid('a1')",
        "UPDATE catalog.ident SET kind = 'work' WHERE croid = uuid('a1')",
        "DELETE FROM catalog.ident WHERE croid = uuid('a1')",
    ],
    "ident_revision_fkey": [
        IDENT + "(uuid('99'), 'release', true, uuid('b1'), NULL)",
        "UPDATE catalog.ident SET revision_id = uuid('b2') WHERE croid = uuid('a1')",
        "DELETE FROM catalog.revision WHERE croid = uuid('a2')",
    ],
    "ident_croid_kind_is_redirect_key": [],  # implied by the primary key
    "body_is_an_object": [
        "INSERT INTO catalog.revision (croid, kind, body, content_hash)"
        " VALUES (uuid('99'), 'release', '[]', '')",
        "UPDATE catalog.revision SET body = 'null' WHERE croid = uuid('a1')",
    ],
    "username_is_a_handle": [
        f"INSERT INTO catalog.editor (username) VALUES ('{name}')"
        for name in ("ab", "1abc", "a b c", "", "x" * 26)
    ],
    "editor_username_idx": ["INSERT INTO catalog.editor (username) VALUES ('VULCANUS')"],
    "editgroup_editor_id_fkey": ["INSERT INTO catalog.editgroup (editor_id) VALUES (uuid('99'))"],
    "editgroup_editor_id_idempotency_key_idx": [
        f"INSERT INTO catalog.editgroup (editor_id, idempotency_key) VALUES ({VULCANUS}, 'k')"
    ],
    "scope_is_a_word": ["INSERT INTO catalog.scope VALUES ('All Things', 'editor', 'x')"],
    "token_editor_id_fkey": [
        TOKEN + "(uuid('99'), uuid('99'), sha256(''), '{edit}', now(), NULL)"
    ],
    "token_has_scopes": [TOKEN + f"(uuid('99'), {VULCANUS}, sha256(''), '{{}}', now(), NULL)"],
    "secret_is_a_sha256": [TOKEN + f"(uuid('99'), {VULCANUS}, 'secret', '{{edit}}', now(), NULL)"],
    "token_expires_after_it_was_issued": [
        TOKEN + f"(uuid('99'), {VULCANUS}, sha256(''), '{{edit}}', now(), now())"
    ],
    "edit_says_one_thing": [
        EDIT + "(uuid('a2'), uuid('e2'), 'release', 'create', NULL, NULL)",
        EDIT + "(uuid('a2'), uuid('e2'), 'release', 'update', uuid('b2'), uuid('a1'))",
        EDIT + "(uuid('a2'), uuid('e2'), 'release', 'redirect', NULL, NULL)",
        EDIT + "(uuid('a2'), uuid('e2'), 'release', 'redirect', uuid('b2'), uuid('a1'))",
        EDIT + "(uuid('a2'), uuid('e2'), 'release', 'delete', uuid('b2'), NULL)",
        EDIT + "(uuid('a2'), uuid('e2'), 'release', 'revert', NULL, uuid('a1'))",
    ],
    "edit_editgroup_id_croid_idx": [
        EDIT + "(uuid('a1'), uuid('e1'), 'release', 'update', uuid('b1'), NULL)"
    ],
    "submitted_has_a_time": [
        "UPDATE catalog.editgroup SET status = 'submitted' WHERE editgroup_id = uuid('e2')"
    ],
    "open_is_not_submitted": [
        "UPDATE catalog.editgroup SET submitted_at = now() WHERE editgroup_id = uuid('e2')"
    ],
    "check_has_a_result": [
        ANNOTATION + f"(uuid('e2'), {VULCANUS}, 'x', NULL, '')",
        ANNOTATION + f"(uuid('e2'), {VULCANUS}, NULL, true, NULL)",
        ANNOTATION + f"(uuid('e2'), {VULCANUS}, 'x', true, NULL)",
    ],
    "check_name_is_a_word": [ANNOTATION + f"(uuid('e2'), {VULCANUS}, 'X y', true, '')"],
    "annotation_editgroup_id_fkey": [ANNOTATION + f"(uuid('99'), {VULCANUS}, NULL, NULL, NULL)"],
    "annotation_editor_id_fkey": [ANNOTATION + "(uuid('e2'), uuid('99'), NULL, NULL, NULL)"],
    "required_check_is_a_word": ["INSERT INTO catalog.required_check VALUES ('a b', 'x')"],
    "redaction_revision_fkey": [REDACTION + f"(uuid('a1'), uuid('b2'), {VULCANUS}, 'x')"],
    "redaction_redacted_by_fkey": [REDACTION + "(uuid('a1'), uuid('b1'), uuid('99'), 'x')"],
    "redaction_has_a_reason": [REDACTION + f"(uuid('a1'), uuid('b1'), {VULCANUS}, '')"],
    "index_is_positive": [CHANGELOG + f"(0, uuid('e2'), {VULCANUS}, 1, '')"],
    "changelog_accepted_by_fkey": [CHANGELOG + "(1001, uuid('e2'), uuid('99'), 1, '')"],
    "changelog_editgroup_id_fkey": [CHANGELOG + f"(1001, uuid('99'), {VULCANUS}, 1, '')"],
    "changelog_editgroup_id_key": [CHANGELOG + f"(1001, uuid('e1'), {VULCANUS}, 1, '')"],
    "clock_has_one_row": ["INSERT INTO catalog.clock (is_only) VALUES (false)"],
    "release_doi_idx": [
        "INSERT INTO catalog.release (croid, doi) VALUES (uuid('99'), '10.5555/x')"
    ],
    "organisation_ror_idx": [
        "INSERT INTO catalog.organisation (croid, ror, status, name)"
        " VALUES (uuid('99'), '05gq02987', 'active', 'Y')"
    ],
    "release_release_type_fkey": [RELEASE + "release_type) VALUES (uuid('99'), 'pamphlets')"],
    "release_release_stage_fkey": [RELEASE + "release_stage) VALUES (uuid('99'), 'late')"],
    "release_withdrawn_status_fkey": [RELEASE + "withdrawn_status) VALUES (uuid('99'), 'lost')"],
    "contributor_given_role_fkey": [
        "INSERT INTO catalog.contributor (croid, member, position, given_role)"
        " VALUES (uuid('99'), 'author', 0, 'ghost')"
    ],
    "reference_names_its_target": [
        "INSERT INTO catalog.reference (croid, position) VALUES (uuid('99'), 0)"
    ],
    "creator_orcid_idx": [
        "INSERT INTO catalog.creator (croid, display_name, orcid) VALUES"
        " (uuid('99'), 'A', '0000-0002-1825-0097'), (uuid('98'), 'B', '0000-0002-1825-0097')"
    ],
    # nauvis
    "deposit_editor_id_fkey": [DEPOSIT + "(uuid('99'), 'deposit', 'http', 1, '', 1, 0, 0, NULL)"],
    "settled_is_part_of_records": [
        DEPOSIT + f"({VULCANUS}, 'deposit', 'http', 1, '', 1, 2, 0, NULL)",
    ],
    "rejected_is_part_of_settled": [
        DEPOSIT + f"({VULCANUS}, 'deposit', 'http', 1, '', 2, 1, 2, NULL)",
    ],
    "deposit_editor_id_idempotency_key_idx": [
        DEPOSIT + "('00000000-0000-7000-8000-000000000002', 'deposit', 'http', 1, '', 1, 0, 0, 'k')"
    ],
    "deposit_chunk_deposit_id_fkey": [
        "INSERT INTO nauvis.deposit_chunk (deposit_id, chunk_no, body) VALUES (uuid('99'), 0, '')",
    ],
    "deposit_record_deposit_id_n_idx": [RECORD + "(uuid('a2'), uuid('c1'), 1, 0, 1, '')"],
    # fulgora
    "source_scheme_fkey": [SOURCE + "('x', 'X', 'release', 'nothing', 1, 'CC0-1.0', 'x')"],
    "release_source_fkey": [
        "INSERT INTO fulgora.release (source, release_no, label) VALUES ('x', 1, 'x')"
    ],
    "completed_means_complete": [
        "UPDATE fulgora.release SET state = 'complete' WHERE source = 'ror'",
        "UPDATE fulgora.release SET completed_at = now() WHERE source = 'ror'",
    ],
    "valid_for_a_while": [ROW + "('ror', 'y', 2, 2, '', '')", ROW + "('ror', 'y', 2, 1, '', '')"],
    "record_source_key_idx": [ROW + "('ror', 'x', 2, NULL, '', '')"],
    "request_task_id_fkey": [
        "INSERT INTO fulgora.request (task_id, source) VALUES (uuid('99'), 'ror')"
    ],
    "request_source_fkey": [
        "INSERT INTO fulgora.request (task_id, source) VALUES (uuid('f1'), 'x')"
    ],
    "request_part_task_id_fkey": [
        "INSERT INTO fulgora.request_part (task_id, part) VALUES (uuid('99'), 'x')"
    ],
    "kind_has_a_scheme": [
        SOURCE + "('x', 'X', 'release', NULL, 1, 'CC0-1.0', 'x')",
        SOURCE + "('x', 'X', NULL, 'doi', 1, 'CC0-1.0', 'x')",
    ],
    "facts_are_an_object": [STATEMENT + "('ror', 'x', 1, 1, 'doi', '10.5555/x', 'same', '[]')"],
    "update_word_update_type_fkey": [
        "INSERT INTO fulgora.update_word (word, update_type) VALUES ('x', 'nothing')"
    ],
    "word_is_folded": [
        "INSERT INTO fulgora.update_word (word, update_type) VALUES ('Not Folded', 'removal')"
    ],
    # vulcanus
    "confidence_is_a_share": [
        LAYER + "(uuid('a2'), uuid('f2'), 's', '1', NULL, '', '[]', '{}', 1.1)",
        LAYER + "(uuid('a2'), uuid('f2'), 's', '1', NULL, '', '[]', '{}', -0.1)",
        LAYER + "(uuid('a2'), uuid('f2'), 's', '1', NULL, '', '[]', '{}', 'NaN')",
    ],
    "patch_is_a_list": [LAYER + "(uuid('a2'), uuid('f2'), 's', '1', NULL, '', '{}', '{}', 1)"],
    "layer_croid_strategy_idx": [
        LAYER + "(uuid('a1'), uuid('f2'), 's', '1', 'affiliation-ror', '', '[]', '{}', 1)"
    ],
    "layer_croid_edit_id_idx": [
        "INSERT INTO vulcanus.layer (croid, run_id, source, source_version, input_hash, patch,"
        " evidence, confidence, edit_id)"
        " SELECT uuid('a1'), uuid('f2'), 's', '1', '', '[]', '{}', 1, uuid('d1')"
        " FROM generate_series(1, 2)"
    ],
    "part_is_known": [EVALUATION.format("('x', 1, 1, 1, 1, 1)")],
    "right_answers_are_answers": [
        EVALUATION.format("('all', 1, 1, 2, 1, 1)"),
        EVALUATION.format("('all', 1, 2, 1, 1, 1)"),
        EVALUATION.format("('all', 1, 1, 1, 1, 2)"),
        EVALUATION.format("('all', 1, 1, -1, 1, 1)"),
    ],
    "source_cursor_source_fkey": ["INSERT INTO vulcanus.source_cursor (source) VALUES ('x')"],
    # platform
    "sqlstate_is_ours": [ERROR + "('22000', 'x', 400, 'x')", ERROR + "('NX9', 'x', 400, 'x')"],
    "slug_is_kebab_case": [
        ERROR + f"('NX999', '{slug}', 400, 'x')" for slug in ("", "X", "a_b", "-a", "a--b")
    ],
    "http_status_is_an_error": [
        ERROR + "('NX999', 'x', 200, 'x')",
        ERROR + "('NX999', 'x', 600, 'x')",
    ],
    "error_slug_key": [ERROR + "('NX999', 'internal', 500, 'x')"],
    "queue_names_its_consumer": [
        f"INSERT INTO platform.subscription VALUES ('accepted', '{queue}')"
        for queue in ("aquilo", "Aquilo_accepted", "a_" + "b" * 40, "a__b", "a_b; DROP")
    ],
    "done_is_part_of_total": [
        "UPDATE platform.task SET parts_done = 2",
        "UPDATE platform.task SET parts_done = -1",
    ],
    "finished_means_final": [
        "UPDATE platform.task SET state = 'completed'",
        "UPDATE platform.task SET finished_at = now()",
    ],
    # gleba
    "refreshed_has_an_index": [
        "UPDATE gleba.shelf_life SET refreshed_at = now(), as_of_index = NULL"
    ],
} | MORE  # fmt: skip

UNENFORCED = {
    "relation_editgroup_id_fkey": [
        RELATION
        + AWAITED.replace("uuid('c1'), uuid('c1')", "uuid('c1'), uuid('99')")
        + "1, 0, 0, true)"
    ],
    "relation_first_editgroup_id_fkey": [
        RELATION
        + AWAITED.replace("uuid('c1'), uuid('c1')", "uuid('99'), uuid('c1')")
        + "1, 0, 0, true)"
    ],
    "relation_relation_type_fkey": [
        RELATION.replace("cites", "likes") + AWAITED + "1, 0, 0, true)"
    ],
    "edit_editgroup_id_fkey": [
        EDIT + "(uuid('a2'), uuid('99'), 'release', 'update', uuid('b2'), NULL)"
    ],
    "edit_revision_fkey": [
        EDIT + "(uuid('a2'), uuid('e2'), 'release', 'update', uuid('b1'), NULL)"
    ],
    "deposit_record_deposit_id_fkey": [RECORD + "(uuid('a1'), uuid('99'), 1, 0, 1, '')"],
    "deposit_change_record_fkey": [
        "INSERT INTO nauvis.deposit_change (croid, deposit_id, n, result)"
        " VALUES (uuid('a1'), uuid('c1'), 2, 'created')"
    ],
    "record_release_fkey": [
        ROW + "('ror', 'y', 3, NULL, '', '')",
        "DELETE FROM fulgora.release WHERE source = 'ror' AND release_no = 1",
    ],
    "statement_record_fkey": [
        STATEMENT + "('ror', 'nowhere', 1, 1, 'doi', '10.5555/x', 'same', '{}')"
    ],
    "layer_run_id_fkey": [
        LAYER + "(uuid('a2'), uuid('99'), 's', '1', 'affiliation-ror', '', '[]', '{}', 1)"
    ],
    "matched_text_strategy_fkey": [
        "INSERT INTO vulcanus.matched_text (strategy, inputs_index, text_hash, text, terms, answer)"
        " VALUES ('x', 0, uuid('b1'), 'x', '{}', uuid('b1'))"
    ],
    "layer_strategy_fkey": [LAYER + "(uuid('a2'), uuid('f2'), 's', '1', 'x', '', '[]', '{}', 1)"],
}
"""What is declared and only counted: see platform.list_orphans."""

FORBIDDEN = {
    "live_never_becomes_wip_again": [
        "UPDATE catalog.ident SET is_live = false, revision_id = NULL WHERE croid = uuid('a2')",
        "UPDATE catalog.ident SET is_live = false, redirect_to = NULL WHERE croid = uuid('a3')",
    ],
    "kind_never_changes": [
        "UPDATE catalog.ident SET kind = 'work' WHERE croid = uuid('a2')",
        "UPDATE catalog.ident SET kind = 'work' WHERE croid = uuid('a4')",
    ],
    "live_is_never_removed": ["DELETE FROM catalog.ident WHERE croid = uuid('a2')"],
    "redirect_leads_to_live": [
        IDENT + "(uuid('99'), 'release', true, NULL, uuid('a4'))",
        "UPDATE catalog.ident SET redirect_to = uuid('a4') WHERE croid = uuid('a3')",
    ],
}
"""What triggers forbid: changes that no row by itself can tell."""

ELSEWHERE = {
    "state_changes_are_legal": "tests/nauvis/test_state_model.py",
    "clock_follows_changelog": "tests/faults/test_replica.py",
    "clock_follows_copied_changelog": "tests/faults/test_replica.py",
    "strategy_knows_what_it_has_not_seen": "tests/sql/vulcanus/unseen.sql",
}
"""Triggers that are tried where what they are for is told."""


@pytest.fixture
def owner(db: psycopg.Connection) -> psycopg.Connection:
    """The owner of the tables, in a database with one of everything."""
    db.execute("SET ROLE nexus_owner")
    db.execute(spelled(SETUP + impossible_nauvis.SETUP).encode())
    return db


def spelled(statement: str) -> str:
    """With the short ids written out."""
    return re.sub(r"uuid\('(\w+)'\)", lambda found: f"'{found[1]:0>32}'::uuid", statement)


@pytest.mark.parametrize(
    ("constraint", "statement"),
    [
        pytest.param(name, statement, id=f"{name}-{n}")
        for name, statements in (IMPOSSIBLE | FORBIDDEN).items()
        for n, statement in enumerate(statements)
    ],
)
def test_state_is_refused(owner: psycopg.Connection, constraint: str, statement: str) -> None:
    with pytest.raises(psycopg.IntegrityError) as refused:
        owner.execute(spelled(statement).encode())
    assert refused.value.diag.constraint_name == constraint


@pytest.mark.parametrize("constraint", UNENFORCED)
def test_state_is_counted(owner: psycopg.Connection, constraint: str) -> None:
    count = "SELECT orphan_count FROM platform.list_orphans() WHERE constraint_name = %s"
    owner.execute("RESET ROLE")
    assert owner.execute(count, [constraint]).fetchone() == (0,)
    owner.execute(spelled(UNENFORCED[constraint][0]).encode())
    assert owner.execute(count, [constraint]).fetchone() == (1,)


def test_every_constraint_was_tried(db: psycopg.Connection) -> None:
    rows = db.execute(
        "SELECT k.conname FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid"
        " JOIN pg_namespace AS n ON n.oid = c.relnamespace"
        " WHERE n.nspname = ANY (%(rooms)s) AND k.contype IN ('c', 'f', 'u', 'x')"
        " UNION SELECT i.relname FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid"
        " JOIN pg_class AS c ON c.oid = x.indrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace"
        " WHERE x.indisunique AND NOT x.indisprimary AND c.relkind = 'r'"
        " AND n.nspname = ANY (%(rooms)s)",
        {"rooms": [room for room in ROOMS if room != "croid"]},
    ).fetchall()
    assert {name for (name,) in rows} == IMPOSSIBLE.keys() | UNENFORCED.keys()


@pytest.mark.parametrize(
    ("is_live", "revision", "redirect", "state"),
    [
        (False, None, None, "wip"),
        (True, "a1b1", None, "active"),
        (True, None, "a1", "redirect"),
        (True, None, None, "deleted"),
    ],
)
def test_state_follows_from_what_is_stored(
    owner: psycopg.Connection, is_live: bool, revision: str | None, redirect: str | None, state: str
) -> None:
    if revision:
        query = "SELECT state::text, is_redirect FROM catalog.ident WHERE croid = uuid('a1')"
        assert owner.execute(spelled(query).encode()).fetchone() == (state, False)
        return
    target = f"uuid('{redirect}')" if redirect else "NULL"
    statement = IDENT + f"(uuid('99'), 'release', {is_live}, NULL, {target}) RETURNING state::text"
    assert owner.execute(spelled(statement).encode()).fetchone() == (state,)


def test_state_cannot_be_written(owner: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.GeneratedAlways):
        owner.execute("UPDATE catalog.ident SET state = 'active'")


def test_every_trigger_was_tried(db: psycopg.Connection) -> None:
    rows = db.execute(
        "SELECT t.tgname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid"
        " JOIN pg_namespace AS n ON n.oid = c.relnamespace"
        " WHERE NOT t.tgisinternal AND n.nspname = ANY (%s)",
        [list(ROOMS)],
    ).fetchall()
    assert {name for (name,) in rows} == FORBIDDEN.keys() | ELSEWHERE.keys()
