INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX400', 'no-such-source', 404, 'There is no source of this name.', 'nexus fulgora sources lists them.'),
('NX401', 'source-unreachable', 503, 'The public release of a source could not be fetched.', 'Try again later, or download the file elsewhere and load it with nexus load.'),
('NX402', 'wrong-source-file', 400, 'The file is not one of this source.', 'The detail says what was found; choose the matching nexus load command.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO fulgora.source (source, title, kind, scheme, rank, licence, homepage) VALUES
('ror', 'Research Organization Registry', 'organisation', 'ror', 20, 'CC0-1.0', 'https://ror.org/'),
('crossref', 'Crossref works', 'release', 'doi', 20, 'Facts; see https://www.crossref.org/documentation/retrieve-metadata/', 'https://www.crossref.org/')
ON CONFLICT (source) DO UPDATE SET
  title = excluded.title, rank = excluded.rank,
  licence = excluded.licence, homepage = excluded.homepage;

SELECT platform.subscribe('enrichment-wanted', 'fulgora_enrichment_wanted');
