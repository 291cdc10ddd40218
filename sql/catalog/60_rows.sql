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
