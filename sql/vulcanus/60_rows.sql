INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX500', 'no-such-strategy', 404, 'There is no strategy of this name.', 'vulcanus.strategy lists them.'),
('NX501', 'no-such-proposal', 404, 'Nobody proposed to merge these two.', 'GET /duplicates lists what is proposed.'),
('NX502', 'proposal-decided', 409, 'Somebody decided already whether these two are merged.', 'GET /duplicates with the state accepted or rejected tells how.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO vulcanus.strategy (strategy, version, kind, matches_against, rank, description) VALUES
('affiliation-ror', '4', 'release', 'organisation', 10, 'Recognises the organisation in an affiliation as written, by the names the registry knows.')
ON CONFLICT (strategy) DO UPDATE SET
  version = excluded.version, kind = excluded.kind, matches_against = excluded.matches_against,
  rank = excluded.rank, description = excluded.description;

INSERT INTO vulcanus.strategy (strategy, version, kind, matches_against, rank, description) VALUES
('funder-ror', '2', 'release', 'organisation', 10, 'Recognises the organisation that a funder is, by its funder id or its name.')
ON CONFLICT (strategy) DO UPDATE SET
  version = excluded.version, kind = excluded.kind, matches_against = excluded.matches_against,
  rank = excluded.rank, description = excluded.description;

SELECT platform.subscribe('deposit-received', 'vulcanus_deposit_received');
SELECT platform.subscribe('source-released', 'vulcanus_source_released');
SELECT platform.subscribe('enrichment-answered', 'vulcanus_enrichment_answered');
SELECT platform.subscribe('accepted', 'vulcanus_accepted');
SELECT platform.subscribe('edited', 'vulcanus_edited');

-- What these match against tells by itself what is to be looked at again.
INSERT INTO vulcanus.strategy (
  strategy, version, kind, rank, inputs_index, is_deferred, description
) VALUES
('reference-doi', '1', 'release', 10, 1, true, 'Gives references without a DOI that of the work they mean, by title, author, year, volume and page.'),
('update-notice', '1', 'release', 10, 1, true, 'Has retracted, corrected and otherwise updated works and their notices know each other.'),
('release-work', '1', 'release', 10, 1, true, 'Groups the versions of a release, preprints among them, under one work.')
ON CONFLICT (strategy) DO UPDATE SET
  version = excluded.version, kind = excluded.kind, rank = excluded.rank,
  is_deferred = excluded.is_deferred, description = excluded.description;

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

-- These read the record itself, and what is known of whom and what it names.
INSERT INTO vulcanus.strategy (strategy, version, kind, rank, inputs_index, description) VALUES
('contributor-orcid', '1', 'release', 10, 1, 'Names contributors by the ORCID iD that the record claims, or that a person who claims the work has.'),
('container-issn', '1', 'release', 10, 1, 'Names the journal that a work appeared in, by ISSN or exact title.'),
('type-vocabulary', '1', 'release', 10, 1, 'Says what a record is in the words of COAR, schema.org, DataCite and CSL, where it says more than its type.'),
('language', '1', 'release', 10, 1, 'Gives the declared language as BCP 47 has it; where none is declared, that of an unambiguous script.'),
('dates', '1', 'release', 10, 1, 'Tells when a work was published, where the date of issue does not, and names dates that cannot be.'),
('licence-spdx', '1', 'release', 10, 1, 'Gives licences their identifier in SPDX''s list, by the address they are named with.')
ON CONFLICT (strategy) DO UPDATE SET
  version = excluded.version, kind = excluded.kind, rank = excluded.rank,
  description = excluded.description;

SELECT platform.subscribe('named-wanted', 'vulcanus_named_wanted');
