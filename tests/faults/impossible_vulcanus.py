"""What cannot be stored of references that wait, of updates, of versions and of proposed merges."""

from __future__ import annotations

MERGE = (
    "INSERT INTO vulcanus.merge_proposal (croid, into_croid, rule, confidence, evidence,"
    " is_accepted, decided_by, decided_at, index) VALUES "
)
CLAIM = (
    "INSERT INTO vulcanus.update_claim (croid, source, key, original_doi, notice_doi, update_type)"
    " VALUES (uuid('a1'), 'record', '', "
)

IMPOSSIBLE = {
    "something_is_awaited": [
        "INSERT INTO vulcanus.awaited_citation (croid, keys) VALUES (uuid('a1'), '{}')"
    ],
    "dois_fit_their_index": [
        CLAIM + "repeat('x', 2001), NULL, 'retraction')",
        CLAIM + "'10.5555/x', repeat('x', 2001), 'retraction')",
    ],
    "claimed_doi_fits_its_index": [
        "INSERT INTO vulcanus.version_claim (croid, relation_type, doi)"
        " VALUES (uuid('a1'), 'is-version-of', repeat('x', 2001))"
    ],
    "younger_goes_into_older": [
        MERGE + "(uuid('a1'), uuid('a1'), 'x', 1, '{}', NULL, NULL, NULL, NULL)",
        MERGE + "(uuid('a1'), uuid('a2'), 'x', 1, '{}', NULL, NULL, NULL, NULL)",
    ],
    "merge_confidence_is_a_share": [
        MERGE + "(uuid('a2'), uuid('a1'), 'x', 1.1, '{}', NULL, NULL, NULL, NULL)",
        MERGE + "(uuid('a2'), uuid('a1'), 'x', 'NaN', '{}', NULL, NULL, NULL, NULL)",
    ],
    "decision_has_someone_and_a_time": [
        MERGE + "(uuid('a2'), uuid('a1'), 'x', 1, '{}', false, NULL, now(), NULL)",
        MERGE + "(uuid('a2'), uuid('a1'), 'x', 1, '{}', false, uuid('aa1'), NULL, NULL)",
        MERGE + "(uuid('a2'), uuid('a1'), 'x', 1, '{}', NULL, uuid('aa1'), now(), NULL)",
    ],
    "accepted_merge_has_an_index": [
        MERGE + "(uuid('a2'), uuid('a1'), 'x', 1, '{}', true, uuid('aa1'), now(), NULL)",
        MERGE + "(uuid('a2'), uuid('a1'), 'x', 1, '{}', false, uuid('aa1'), now(), 7)",
    ],
    "merge_proposal_decided_by_fkey": [
        MERGE + "(uuid('a2'), uuid('a1'), 'x', 1, '{}', false, uuid('aa9'), now(), NULL)"
    ],
}
"""By the constraint that refuses it."""
