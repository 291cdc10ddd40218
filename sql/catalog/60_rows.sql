INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX200', 'no-such-editgroup', 404, 'There is no editgroup of this id.', 'Use the id that opening the editgroup returned.'),
('NX201', 'stale-base', 409, 'An object changed since the edit was proposed.', 'Read the objects named in the detail again and propose the change anew.'),
('NX202', 'editgroup-closed', 400, 'The editgroup was accepted or withdrawn already.', 'Open a new editgroup.'),
('NX203', 'identifier-taken', 409, 'Another live object holds this identifier.', 'Look the identifier up; propose a merge if both objects are the same.'),
('NX204', 'bad-record', 400, 'A record cannot be read as what it should be.', 'The problems name the place of each fault.'),
('NX220', 'not-allowed', 403, 'The editor may not do that.', 'Ask the editor whose editgroup it is, or an admin; only admins accept and redact.'),
('NX221', 'no-such-edit', 404, 'The editgroup has no edit of this id.', 'List the edits of the editgroup.'),
('NX222', 'already-edited', 409, 'The editgroup has an edit of this object already.', 'Delete that edit first; an editgroup changes an object once.'),
('NX223', 'bad-edit', 400, 'An edit cannot be read as what it should be.', 'The detail names the edit, counted from 1, and what it lacks.'),
('NX224', 'bad-redirect', 400, 'An object cannot be merged into this one.', 'Merge into a live object of the same kind that is not merged itself; what was merged into the first is merged anew before it.'),
('NX225', 'wrong-state', 409, 'The object is not in a state for this.', 'Read it again; the detail says how it stands.'),
('NX226', 'checks-missing', 409, 'The editgroup has not passed all the checks that are required.', 'The detail names them; annotate the editgroup with their results as it is now.'),
('NX227', 'redacted', 410, 'The content of the revision was taken away for good.', 'catalog.redaction says why; use another revision.'),
('NX228', 'editgroup-key-reused', 422, 'The Idempotency-Key was used for other edits.', 'Use a new key for new edits, and the same key only to send the same edits again.'),
('NX250', 'dump-unfit', 409, 'The folder does not hold the dump that is needed here.', 'The detail says what it holds; give another folder, or dump anew.'),
('NX251', 'not-empty', 409, 'This needs a database that holds no object.', 'Make an empty one with nexus db upgrade and use that.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO catalog.clock (is_only) VALUES (true) ON CONFLICT DO NOTHING;

INSERT INTO catalog.part_member (kind, member, part)
SELECT p.kind::catalog.kind, m.member, m.member AS part
FROM (
  VALUES
  ('release', '{author,editor,chair,translator,reference,abstract}'::text[]),
  ('file', '{urls}'), ('fileset', '{manifest,urls}'), ('webcapture', '{cdx,archive_urls}')
) AS p (kind, members)
CROSS JOIN unnest(p.members) AS m (member)
ON CONFLICT (kind, member) DO UPDATE SET part = excluded.part;

INSERT INTO catalog.part_member (kind, member, part)
SELECT 'release', m.member, '*'
FROM regexp_split_to_table($members$
  ISSN URL accepted aliases alternative-id approved archive assertion award award-start
  clinical-trial-number component-number container-title container-title-short content-created
  content-domain content-updated degree description event free-to-read funder group-title
  institution isbn-type issn-type issued journal-issue license link part-number posted prefix
  proceedings-subject project published published-online published-other published-print publisher
  publisher-location relation resource review series-title short-container-title source
  special_numbering standards-body subject update-policy update-to
$members$, '\s+') AS m (member)
WHERE m.member <> ''
ON CONFLICT (kind, member) DO UPDATE SET part = excluded.part;

-- A replica gets them from the database that it follows.
INSERT INTO catalog.editor (editor_id, username, role, is_bot)
SELECT e.editor_id, e.username, e.role, true
FROM (
  VALUES
  ('00000000-0000-7000-8000-000000000001'::uuid, 'vulcanus', 'admin'::catalog.editor_role),
  ('00000000-0000-7000-8000-000000000002', 'anonymous', 'editor')
) AS e (editor_id, username, role)
WHERE NOT platform.is_replica()
ON CONFLICT DO NOTHING;

INSERT INTO platform.published_column (table_name, column_name, is_public)
SELECT p.table_name, c.column_name, c.column_name <> ALL(p.private)
FROM (
  VALUES
  (
    'catalog.editor', '{editor_id,username,role,is_bot,is_active,created_at,tokens_revoked_at}',
    '{tokens_revoked_at}'::text[]
  ),
  (
    'catalog.editgroup',
    '{editgroup_id,editor_id,status,description,extra,created_at,submitted_at,idempotency_key,request_sha256}',
    -- Keys are the business of who sent them.
    '{idempotency_key,request_sha256}'
  ),
  ('catalog.revision', '{croid,revision_id,kind,body,parts,content_hash,created_at}', '{}'),
  ('catalog.part', '{croid,sha256,member,body}', '{}'),
  ('catalog.ident', '{croid,kind,is_live,revision_id,redirect_to}', '{}'),
  (
    'catalog.edit',
    '{croid,edit_id,editgroup_id,kind,action,revision_id,redirect_to,previous_revision_id,previous_redirect_to,extra}',
    '{}'
  ),
  ('catalog.changelog', '{index,editgroup_id,accepted_by,accepted_at,edit_count,hash}', '{}'),
  (
    'catalog.annotation',
    '{editgroup_id,annotation_id,editor_id,markdown,extra,check_name,is_passed,edits_sha256,created_at}', '{}'
  ),
  ('catalog.redaction', '{croid,revision_id,redacted_by,redacted_at,reason}', '{}'),
  ('catalog.scope', '{scope,role,meaning}', '{}'),
  (
    'catalog.token',
    '{token_id,editor_id,secret_sha256,scopes,description,created_at,expires_at,revoked_at,last_used_at}',
    '{token_id,editor_id,secret_sha256,scopes,description,created_at,expires_at,revoked_at,last_used_at}'
  )
) AS p (table_name, columns, private)
CROSS JOIN LATERAL unnest(p.columns::text[]) AS c (column_name)
ON CONFLICT (table_name, column_name) DO UPDATE SET is_public = excluded.is_public;

INSERT INTO catalog.release_type (release_type, title) VALUES
('article', 'Article'), ('article-journal', 'Journal article'),
('article-magazine', 'Magazine article'), ('article-newspaper', 'Newspaper article'),
('bill', 'Bill'), ('book', 'Book'), ('broadcast', 'Broadcast'), ('chapter', 'Chapter'),
('dataset', 'Dataset'), ('entry', 'Entry'), ('entry-dictionary', 'Dictionary entry'),
('entry-encyclopedia', 'Encyclopaedia entry'), ('figure', 'Figure'), ('graphic', 'Graphic'),
('interview', 'Interview'), ('legal_case', 'Legal case'), ('legislation', 'Legislation'),
('manuscript', 'Manuscript'), ('map', 'Map'), ('motion_picture', 'Motion picture'),
('musical_score', 'Musical score'), ('pamphlet', 'Pamphlet'),
('paper-conference', 'Conference paper'), ('patent', 'Patent'),
('personal_communication', 'Personal communication'), ('post', 'Post'),
('post-weblog', 'Blog post'), ('report', 'Report'), ('review', 'Review'),
('review-book', 'Book review'), ('song', 'Song'), ('speech', 'Speech'), ('thesis', 'Thesis'),
('treaty', 'Treaty'), ('webpage', 'Web page'), ('abstract', 'Abstract'),
('component', 'Part of a larger work'), ('editorial', 'Editorial'),
('letter', 'Letter to the editor'), ('peer_review', 'Peer review'),
('retraction', 'Retraction notice'), ('software', 'Software'), ('standard', 'Standard'),
('stub', 'Record that stands for no work')
ON CONFLICT (release_type) DO UPDATE SET title = excluded.title;

INSERT INTO catalog.release_stage (release_stage, title) VALUES
('draft', 'Draft'), ('submitted', 'Submitted manuscript'), ('accepted', 'Accepted manuscript'),
('published', 'Version of record'), ('updated', 'Updated version'),
('retraction', 'Retraction notice')
ON CONFLICT (release_stage) DO UPDATE SET title = excluded.title;

INSERT INTO catalog.withdrawn_status (withdrawn_status, title) VALUES
('withdrawn', 'Withdrawn'), ('retracted', 'Retracted'), ('concern', 'Expression of concern'),
('spam', 'Spam'), ('legal', 'Withdrawn for legal reasons'),
('safety', 'Withdrawn for reasons of safety'),
('national-security', 'Withdrawn for reasons of national security')
ON CONFLICT (withdrawn_status) DO UPDATE SET title = excluded.title;

INSERT INTO catalog.contributor_role (contributor_role, title) VALUES
('author', 'Author'), ('collection-editor', 'Editor of the collection'), ('composer', 'Composer'),
('container-author', 'Author of the containing work'), ('director', 'Director'),
('editor', 'Editor'), ('editorial-director', 'Editorial director'),
('editortranslator', 'Editor and translator'), ('illustrator', 'Illustrator'),
('interviewer', 'Interviewer'), ('original-author', 'Original author'), ('recipient', 'Recipient'),
('reviewed-author', 'Author of what is reviewed'), ('translator', 'Translator')
ON CONFLICT (contributor_role) DO UPDATE SET title = excluded.title;

INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX240', 'forbidden', 403, 'The key is not good for that.', 'The detail says which scope is lacking; use a key that has it.'),
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

INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX229', 'precondition-failed', 412, 'The object is no more what If-Match says.', 'Read it again, make the change anew, and send the ETag it has now.'),
('NX230', 'precondition-required', 428, 'This change needs an If-Match, so that nobody''s change is lost.', 'Send the ETag of GET /cro/{croid} as If-Match.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO catalog.record_type (record_type, title, required, recommended) VALUES
('book', 'Book', '{title}', '{issued,publisher,author,editor,ISBN,resource}'),
('book-chapter', 'Book chapter', '{title}', '{container-title,issued,author,page,publisher,resource,ISBN}'),
('book-part', 'Part of a book', '{title}', '{container-title,issued,author,page,publisher,resource,ISBN}'),
('book-section', 'Section of a book', '{title}', '{container-title,issued,author,page,publisher,resource,ISBN}'),
('book-series', 'Book series', '{title}', '{ISSN,publisher,resource}'),
('book-set', 'Set of books', '{title}', '{ISBN,publisher,resource}'),
('book-track', 'Track of a book', '{title}', '{container-title,issued,author,page,publisher,resource,ISBN}'),
('component', 'Component of a work', '{}', '{title,description,relation,resource}'),
('database', 'Database', '{title}', '{issued,publisher,institution,resource}'),
('dataset', 'Dataset', '{title}', '{issued,author,publisher,license,abstract,resource}'),
('dissertation', 'Dissertation', '{title}', '{author,institution,approved,degree,resource}'),
('edited-book', 'Edited book', '{title}', '{issued,publisher,editor,ISBN,resource}'),
('grant', 'Grant', '{award,project}', '{award-start,publisher,resource}'),
('journal', 'Journal', '{title}', '{ISSN,publisher,resource}'),
('journal-article', 'Journal article', '{title}', '{container-title,issued,author,ISSN,volume,issue,page,reference,license,abstract,funder,resource}'),
('journal-issue', 'Issue of a journal', '{container-title}', '{issue,issued,ISSN,resource}'),
('journal-section', 'Section of a journal', '{title}', '{container-title,ISSN,resource}'),
('journal-volume', 'Volume of a journal', '{container-title}', '{volume,issued,ISSN,resource}'),
('monograph', 'Monograph', '{title}', '{issued,publisher,author,editor,ISBN,resource}'),
('monograph-series', 'Series of monographs', '{title}', '{ISSN,publisher,resource}'),
('other', 'Other', '{title}', '{issued,author,publisher,resource}'),
('peer-review', 'Peer review', '{title}', '{review,relation,issued,author,resource}'),
('posted-content', 'Posted content', '{title}', '{posted,subtype,author,abstract,license,relation,institution,resource}'),
('proceedings', 'Proceedings', '{title}', '{event,issued,publisher,ISBN,resource}'),
('proceedings-article', 'Conference paper', '{title}', '{container-title,issued,author,page,publisher,resource,event}'),
('proceedings-series', 'Series of proceedings', '{title}', '{ISSN,publisher,resource}'),
('reference-book', 'Reference book', '{title}', '{issued,publisher,author,editor,ISBN,resource}'),
('reference-entry', 'Entry of a reference book', '{title}', '{container-title,issued,author,page,publisher,resource}'),
('report', 'Report', '{title}', '{issued,author,publisher,institution,resource}'),
('report-component', 'Part of a report', '{title}', '{container-title,issued,author,page,publisher,resource}'),
('report-series', 'Series of reports', '{title}', '{ISSN,publisher,resource}'),
('software', 'Software', '{title}', '{version,issued,author,license,resource}'),
('standard', 'Standard', '{title}', '{approved,standards-body,publisher,resource}'),
('standard-series', 'Series of standards', '{title}', '{ISSN,publisher,resource}')
ON CONFLICT (record_type) DO UPDATE SET
  title = excluded.title, required = excluded.required, recommended = excluded.recommended;

-- What a dump holds, and the live rows: these say by column what public bodies say.
INSERT INTO platform.replicated_table (table_name)
SELECT d.table_name FROM catalog.list_dump(0) AS d
UNION ALL
SELECT p.name FROM catalog.list_projections() AS p (name)
ON CONFLICT DO NOTHING;
INSERT INTO platform.published_column (table_name, column_name, is_public)
SELECT p.name, a.attname, true
FROM catalog.list_projections() AS p (name)
JOIN pg_attribute AS a ON a.attrelid = p.name::regclass
WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
ON CONFLICT DO NOTHING;
