INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX200', 'no-such-editgroup', 404, 'There is no editgroup of this id.', 'Use the id that opening the editgroup returned.'),
('NX201', 'stale-base', 409, 'An object changed since the edit was proposed.', 'Read the objects named in the detail again and propose the change anew.'),
('NX202', 'editgroup-closed', 400, 'The editgroup was accepted or withdrawn already.', 'Open a new editgroup.'),
('NX203', 'identifier-taken', 409, 'Another live object holds this identifier.', 'Look the identifier up; propose a merge if both objects are the same.'),
('NX204', 'bad-record', 400, 'A record cannot be read as what it should be.', 'The problems name the place of each fault.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO catalog.clock (is_only) VALUES (true) ON CONFLICT DO NOTHING;

INSERT INTO catalog.part_member (kind, member) VALUES
('release', 'author'), ('release', 'editor'), ('release', 'chair'), ('release', 'translator'),
('release', 'reference'), ('release', 'abstract')
ON CONFLICT DO NOTHING;

INSERT INTO catalog.editor (editor_id, username, role, is_bot) VALUES
('00000000-0000-7000-8000-000000000001', 'vulcanus', 'admin', true),
('00000000-0000-7000-8000-000000000002', 'anonymous', 'editor', true)
ON CONFLICT DO NOTHING;

INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX240', 'forbidden', 403, 'The key, or its editor, may not do that.', 'The detail says what is lacking; use a key with that scope, or ask an admin.'),
('NX241', 'no-such-editor', 404, 'There is no editor of this name or id.', 'nexus editor list shows them; GET /editors/{name} tells of one.'),
('NX242', 'bad-username', 400, 'This cannot be a username.', 'Use 3 to 25 characters: letters, digits, dots, hyphens and underscores, a letter first.'),
('NX243', 'username-taken', 409, 'Another editor has this username, whatever its case.', 'Choose another one.'),
('NX244', 'no-such-token', 404, 'The editor has no token of this id.', 'GET /editors/me/tokens lists them.'),
('NX245', 'token-refused', 400, 'A token cannot be issued as asked.', 'The detail says why; the scopes there are stand in catalog.scope.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO catalog.scope (scope, role, meaning) VALUES
('account', 'editor', 'Change one''s own editor, and issue, list and revoke its keys: /editors/me.'),
('deposit', 'editor', 'Hand in deposits: /deposits.'),
('edit', 'editor', 'Open, fill, submit, annotate and withdraw editgroups, mint CROIDs, hold leases: /editgroups, /croids, /leases.'),
('accept', 'admin', 'Accept editgroups and redact revisions: /editgroups.'),
('admin', 'admin', 'Make editors, change others, and revoke their keys: /editors.')
ON CONFLICT (scope) DO UPDATE SET role = excluded.role, meaning = excluded.meaning;
