INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX500', 'no-such-strategy', 404, 'There is no strategy of this name.', 'vulcanus.strategy lists them.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO vulcanus.strategy (strategy, version, kind, matches_against, rank, description) VALUES
('affiliation-ror', '1', 'release', 'organisation', 10, 'Recognises the organisation in an affiliation as written, by the names the registry knows.')
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
('update-notice', '1', 'release', 10, 1, 'Has retracted, corrected and otherwise updated works and their notices know each other.')
ON CONFLICT (strategy) DO UPDATE SET
  version = excluded.version, kind = excluded.kind, rank = excluded.rank,
  description = excluded.description;

SELECT platform.subscribe('references-wanted', 'vulcanus_references_wanted');
SELECT platform.subscribe('updates-wanted', 'vulcanus_updates_wanted');
SELECT vulcanus.admit_former();
