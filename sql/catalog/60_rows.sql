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

INSERT INTO catalog.part_member (kind, member) VALUES
('file', 'urls'), ('fileset', 'manifest'), ('fileset', 'urls'),
('webcapture', 'cdx'), ('webcapture', 'archive_urls')
ON CONFLICT DO NOTHING;

INSERT INTO catalog.editor (editor_id, username, role, is_bot) VALUES
('00000000-0000-7000-8000-000000000001', 'vulcanus', 'admin', true),
('00000000-0000-7000-8000-000000000002', 'anonymous', 'editor', true)
ON CONFLICT DO NOTHING;

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
