"""What cannot be stored of members, their DOIs, callbacks and corrections, and of resolutions."""

from __future__ import annotations

SETUP = """
INSERT INTO catalog.editor (editor_id, username, is_bot) VALUES
(uuid('aa1'), 'member-one', true), (uuid('aa2'), 'member-two', true);
INSERT INTO catalog.token (token_id, editor_id, secret_sha256, scopes) VALUES
(uuid('ab1'), uuid('aa1'), sha256('x'), '{member}');
INSERT INTO nauvis.member (member_id, name, bot_id) VALUES (1000001, 'One', uuid('aa1'));
INSERT INTO nauvis.handle (croid, doi, state, registered_at) VALUES
(uuid('ac1'), '10.5555/registered', 'registered', now());
INSERT INTO nauvis.callback (callback_id, deposit_id, member_id, url) VALUES
(uuid('ad1'), uuid('c1'), 1000001, 'https://example.org');
"""

MEMBER = "INSERT INTO nauvis.member (member_id, name, bot_id) VALUES "
PREFIX = "INSERT INTO nauvis.prefix (prefix, member_id, owned) VALUES "
KEY = "INSERT INTO nauvis.api_key (token_id, member_id, role, person, rotated_from) VALUES "
HANDLE = (
    "INSERT INTO nauvis.handle (croid, doi, state, member_id, deposit_id, n, alias_of,"
    " registered_at, deleted_at) VALUES "
)
CALLBACK = (
    "INSERT INTO nauvis.callback (deposit_id, n, member_id, url, state, attempts, next_at) VALUES "
)
SECRET = (
    "INSERT INTO nauvis.callback_secret (member_id, secret, previous_secret, previous_ends_at)"
    " VALUES "
)
CORRECTION = (
    "INSERT INTO nauvis.correction (croid, doi, patch, evidence, comment, proposer_id, state,"
    " decided_at, decider_id, deposit_id, editgroup_id) VALUES "
)
RESOLUTION = (
    "INSERT INTO gleba.resolution (croid, doi, begun_at, outcome, agent, location, count)"
    " SELECT uuid('a1'), {doi}, {at}, (enum_range(NULL::gleba.resolution_outcome))[1],"
    " (enum_range(NULL::gleba.agent_class))[1], {location}, {count}"
)
MONTH = (
    "INSERT INTO gleba.resolution_month SELECT '10.5555', {},"
    " (enum_range(NULL::gleba.resolution_outcome))[1], (enum_range(NULL::gleba.agent_class))[1],"
    " {}, {}"
)
PATCH = '\'[{"op": "remove", "path": "/a"}]\''
NOW = "'2026-01-01T00:00Z'"


def _resolution(**members: str) -> str:
    plain = {"doi": "'10.5555/a'", "at": NOW, "location": "0", "count": "1"}
    return RESOLUTION.format(**plain | members)


IMPOSSIBLE: dict[str, list[str]] = {
    "pool_lets_some_in": [
        "INSERT INTO aquilo.pool VALUES ('nobody', 0, 1)",
        "INSERT INTO aquilo.pool VALUES ('never', 1, 3601)",
    ],
    "pool_is_a_word": ["INSERT INTO aquilo.pool VALUES ('No Word', 1, 1)"],
    "part_is_the_member_or_shared": [
        "INSERT INTO catalog.part_member VALUES ('release', 'x', 'y')"
    ],
    "required_is_not_recommended_too": [
        "INSERT INTO catalog.record_type VALUES ('x', 'X', '{title}', '{title}')"
    ],
    "hour_is_whole": [_resolution(at="'2026-01-01T00:30Z'")],
    "location_is_a_number_or_none": [_resolution(location="-2")],
    "resolutions_are_counted": [_resolution(count="0")],
    "name_fits_its_index": [_resolution(doi="repeat('x', 2001)")],
    "member_is_ours": [MEMBER + "(7, 'Two', uuid('aa2'))"],
    "member_has_a_name": [
        MEMBER + "(1000002, ' Two', uuid('aa2'))",
        MEMBER + "(1000002, '', uuid('aa2'))",
    ],
    "member_name_idx": [MEMBER + "(1000002, 'ONE', uuid('aa2'))"],
    "member_bot_id_key": [MEMBER + "(1000002, 'Two', uuid('aa1'))"],
    "member_bot_id_fkey": [MEMBER + "(1000002, 'Two', uuid('aa9'))"],
    "prefix_is_owned_since": [
        PREFIX + "('10.5555', 1000001, '(,2026-01-01)')",
        PREFIX + "('10.5555', 1000001, 'empty')",
    ],
    "prefix_member_id_fkey": [PREFIX + "('10.5555', 1000009, '[2026-01-01,)')"],
    "prefix_is_of_dois": [PREFIX + "('11.5555', 1000001, '[2026-01-01,)')"],
    "api_key_token_id_fkey": [KEY + "(uuid('ab9'), 1000001, 'owner', NULL, NULL)"],
    "api_key_member_id_fkey": [KEY + "(uuid('ab1'), 1000009, 'owner', NULL, NULL)"],
    "api_key_rotated_from_fkey": [KEY + "(uuid('ab1'), 1000001, 'owner', NULL, uuid('ab9'))"],
    "person_has_a_name": [KEY + "(uuid('ab1'), 1000001, 'owner', '', NULL)"],
    "handle_doi_key": [
        HANDLE + "(uuid('ac2'), '10.5555/registered', 'draft', NULL, NULL, NULL, NULL, NULL, NULL)"
    ],
    "handle_member_id_fkey": [
        HANDLE + "(uuid('ac2'), '10.5555/b', 'draft', 1000009, NULL, NULL, NULL, NULL, NULL)"
    ],
    "alias_leads_elsewhere": [
        HANDLE + "(uuid('ac2'), '10.5555/b', NULL, NULL, NULL, NULL, uuid('ac2'), NULL, NULL)"
    ],
    "registered_since": [
        HANDLE + "(uuid('ac2'), '10.5555/b', 'registered', NULL, NULL, NULL, NULL, NULL, NULL)",
        HANDLE + f"(uuid('ac2'), '10.5555/b', 'draft', NULL, NULL, NULL, NULL, {NOW}, NULL)",
    ],
    "handle_names_a_record": [
        HANDLE + "(uuid('ac2'), '10.5555/b', 'draft', NULL, uuid('c1'), NULL, NULL, NULL, NULL)"
    ],
    "handle_says_something": [
        HANDLE + "(uuid('ac2'), '10.5555/b', NULL, NULL, NULL, NULL, NULL, NULL, NULL)"
    ],
    "findable_needs_no_handle": [
        HANDLE + "(uuid('ac2'), '10.5555/b', 'findable', NULL, NULL, NULL, NULL, NULL, NULL)"
    ],
    "only_registered_is_deleted": [
        HANDLE + f"(uuid('ac2'), '10.5555/b', 'draft', NULL, NULL, NULL, NULL, NULL, {NOW})"
    ],
    "callback_deposit_id_fkey": [
        CALLBACK + "(uuid('c9'), 1, 1000001, 'https://x', 'waiting', 0, NULL)"
    ],
    "callback_member_id_fkey": [
        CALLBACK + "(uuid('c1'), 2, 1000009, 'https://x', 'waiting', 0, NULL)"
    ],
    "callback_deposit_id_n_key": [
        CALLBACK + "(uuid('c1'), 1, 1000001, 'https://x', 'waiting', 0, NULL)"
    ],
    "url_is_short": [CALLBACK + "(uuid('c1'), 2, 1000001, 'x', 'waiting', 0, NULL)"],
    "due_callback_has_a_time": [
        CALLBACK + "(uuid('c1'), 2, 1000001, 'https://x', 'due', 0, NULL)",
        CALLBACK + f"(uuid('c1'), 2, 1000001, 'https://x', 'sent', 0, {NOW})",
    ],
    "attempts_are_counted": [
        CALLBACK + "(uuid('c1'), 2, 1000001, 'https://x', 'waiting', -1, NULL)"
    ],
    "attempt_ended_one_way": [
        "INSERT INTO nauvis.callback_attempt (callback_id, status, error)"
        " VALUES (uuid('ad1'), 200, 'x')"
    ],
    "callback_attempt_callback_id_fkey": [
        "INSERT INTO nauvis.callback_attempt (callback_id) VALUES (uuid('ad9'))"
    ],
    "callback_secret_member_id_fkey": [SECRET + "(1000009, repeat('x', 40), NULL, NULL)"],
    "secret_is_long": [SECRET + "(1000001, 'short', NULL, NULL)"],
    "previous_secret_ends": [SECRET + "(1000001, repeat('x', 40), 'old', NULL)"],
    "month_is_one": [MONTH.format("'2026-13'", 1, 1), MONTH.format("'2026-1'", 1, 1)],
    "month_has_resolutions": [
        MONTH.format("'2026-01'", 0, 1),
        MONTH.format("'2026-01'", 1, 0),
    ],
    "correction_proposer_id_fkey": [
        CORRECTION + f"(uuid('a1'), '10.5555/x', {PATCH}, 'e', NULL, uuid('aa9'), 'open',"
        " NULL, NULL, NULL, NULL)"
    ],
    "correction_decider_id_fkey": [
        CORRECTION + f"(uuid('a1'), '10.5555/x', {PATCH}, 'e', NULL, uuid('aa1'), 'rejected',"
        f" {NOW}, uuid('aa9'), NULL, NULL)"
    ],
    "correction_deposit_id_fkey": [
        CORRECTION + f"(uuid('a1'), '10.5555/x', {PATCH}, 'e', NULL, uuid('aa1'), 'accepted',"
        f" {NOW}, uuid('aa1'), uuid('c9'), NULL)"
    ],
    "correction_editgroup_id_fkey": [
        CORRECTION + f"(uuid('a1'), '10.5555/x', {PATCH}, 'e', NULL, uuid('aa1'), 'accepted',"
        f" {NOW}, uuid('aa1'), NULL, uuid('e9'))"
    ],
    "accepted_is_a_deposit_or_an_edit": [
        CORRECTION + f"(uuid('a1'), '10.5555/x', {PATCH}, 'e', NULL, uuid('aa1'), 'accepted',"
        f" {NOW}, uuid('aa1'), NULL, NULL)",
        CORRECTION + f"(uuid('a1'), '10.5555/x', {PATCH}, 'e', NULL, uuid('aa1'), 'rejected',"
        f" {NOW}, uuid('aa1'), NULL, uuid('e1'))",
    ],
    "comments_are_short": [
        CORRECTION + f"(uuid('a1'), '10.5555/x', {PATCH}, 'e', repeat('x', 10001), uuid('aa1'),"
        " 'open', NULL, NULL, NULL, NULL)"
    ],
    "evidence_is_given": [
        CORRECTION + f"(uuid('a1'), '10.5555/x', {PATCH}, '', NULL, uuid('aa1'), 'open',"
        " NULL, NULL, NULL, NULL)"
    ],
    "decided_says_when_and_who": [
        CORRECTION + f"(uuid('a1'), '10.5555/x', {PATCH}, 'e', NULL, uuid('aa1'), 'rejected',"
        " NULL, NULL, NULL, NULL)"
    ],
    "patch_has_operations": [
        CORRECTION + "(uuid('a1'), '10.5555/x', '[]', 'e', NULL, uuid('aa1'), 'open',"
        " NULL, NULL, NULL, NULL)"
    ],
}
"""By the constraint that refuses it."""
