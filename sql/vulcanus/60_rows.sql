INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX500', 'no-such-strategy', 404, 'There is no strategy of this name.', 'vulcanus.strategy lists them.'),
('NX501', 'no-such-proposal', 404, 'Nobody proposed to merge these two.', 'GET /duplicates lists what is proposed.'),
('NX502', 'proposal-decided', 409, 'Somebody decided already whether these two are merged.', 'GET /duplicates with the state accepted or rejected tells how.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO vulcanus.strategy (strategy, version, kind, matches_against, rank, description) VALUES
('affiliation-ror', '3', 'release', 'organisation', 10, 'Recognises the organisation in an affiliation as written, by the names the registry knows.')
ON CONFLICT (strategy) DO UPDATE SET
  version = excluded.version, kind = excluded.kind, matches_against = excluded.matches_against,
  rank = excluded.rank, description = excluded.description;

SELECT platform.subscribe('deposit-received', 'vulcanus_deposit_received');
SELECT platform.subscribe('source-released', 'vulcanus_source_released');
SELECT platform.subscribe('enrichment-answered', 'vulcanus_enrichment_answered');
SELECT platform.subscribe('accepted', 'vulcanus_accepted');
SELECT platform.subscribe('edited', 'vulcanus_edited');

-- What these match against tells by itself what is to be looked at again.
INSERT INTO vulcanus.strategy (strategy, version, kind, rank, inputs_index, description) VALUES
('reference-doi', '1', 'release', 10, 1, 'Gives references without a DOI that of the work they mean, by title, author, year, volume and page.'),
('update-notice', '1', 'release', 10, 1, 'Has retracted, corrected and otherwise updated works and their notices know each other.'),
('release-work', '1', 'release', 10, 1, 'Groups the versions of a release, preprints among them, under one work.')
ON CONFLICT (strategy) DO UPDATE SET
  version = excluded.version, kind = excluded.kind, rank = excluded.rank,
  description = excluded.description;

SELECT platform.subscribe('references-wanted', 'vulcanus_references_wanted');
SELECT platform.subscribe('updates-wanted', 'vulcanus_updates_wanted');
SELECT platform.subscribe('kin-wanted', 'vulcanus_kin_wanted');
SELECT vulcanus.admit_former();

INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX510', 'unknown-matching-task', 400, 'There is no matching task of this name.', 'The detail lists the tasks.'),
('NX511', 'too-many-inputs', 400, 'More inputs than one request may match.', 'Send at most 1,000 inputs at a time.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;
