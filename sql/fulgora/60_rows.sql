INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX400', 'no-such-source', 404, 'There is no source of this name.', 'nexus fulgora sources lists them.'),
('NX401', 'source-unreachable', 503, 'The public release of a source could not be fetched.', 'Try again later, or download the file elsewhere and load it with nexus load.'),
('NX402', 'wrong-source-file', 400, 'The file is not one of this source.', 'The detail says what was found; choose the matching nexus load command.'),
('NX403', 'no-such-release', 404, 'The source has no complete release of this number.', 'GET /sources/{source}/releases lists them.'),
('NX404', 'no-such-row', 404, 'The source had no row of this key then.', 'GET /sources/{source}/releases/{release}/rows lists the keys.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

-- Generated from src/nexus_hub/fulgora/sources.py: the sources.
INSERT INTO fulgora.source (
  source, title, kind, scheme, rank, licence, homepage, attribution, is_whole
) VALUES
('ror', 'Research Organization Registry', 'organisation', 'ror', 20, 'CC0-1.0', 'https://ror.org/', 'Research Organization Registry (ROR)', false),
('crossref', 'Crossref works', 'release', 'doi', 20, 'Facts; see https://www.crossref.org/documentation/retrieve-metadata/', 'https://www.crossref.org/', 'Crossref', false),
('retraction-watch', 'Retraction Watch', NULL, NULL, 10, 'Open data; Crossref asks for attribution', 'https://gitlab.com/crossref/retraction-watch-data', 'Retraction Watch Database (Crossref, Center for Scientific Integrity)', true),
('open-retractions', 'Open Retractions', NULL, NULL, 10, 'CC0-1.0', 'https://openretractions.com/', 'Open Retractions', true),
('funder-registry', 'Open Funder Registry', 'organisation', 'funder', 15, 'CC0-1.0', 'https://www.crossref.org/documentation/funder-registry/', 'Crossref, Open Funder Registry', true),
('doaj', 'Directory of Open Access Journals', 'container', 'issn', 10, 'CC0-1.0', 'https://doaj.org/', 'Directory of Open Access Journals (DOAJ)', true),
('journal-abbreviations', 'Abbreviations of journal titles', NULL, NULL, 10, 'MIT', 'https://www.crossref.org/', 'Crossref', true),
('openapc', 'OpenAPC', NULL, NULL, 10, 'ODbL-1.0', 'https://openapc.net/', 'Contains information from OpenAPC (https://openapc.net), made available under the Open Database License (ODbL)', true),
('crossref-members', 'Members of Crossref', NULL, NULL, 10, 'Facts; see https://www.crossref.org/documentation/retrieve-metadata/', 'https://www.crossref.org/members/prefix/', 'Crossref', true),
('crossref-prefixes', 'Prefixes of Crossref', NULL, NULL, 10, 'Facts; see https://www.crossref.org/documentation/retrieve-metadata/', 'https://www.crossref.org/members/prefix/', 'Crossref', true),
('orcid', 'ORCID public records', 'creator', 'orcid', 20, 'CC0-1.0', 'https://orcid.org/', 'ORCID Public Data File', false),
('datacite', 'DataCite DOIs', 'release', 'doi', 20, 'CC0-1.0', 'https://datacite.org/', 'DataCite', false)
ON CONFLICT (source) DO UPDATE SET
  title = excluded.title, kind = excluded.kind, scheme = excluded.scheme,
  rank = excluded.rank, licence = excluded.licence, homepage = excluded.homepage,
  attribution = excluded.attribution, is_whole = excluded.is_whole;
-- End of what is generated.

INSERT INTO fulgora.update_type (update_type, title, is_withdrawing, relation_type) VALUES
('addendum', 'Addendum', false, 'updates'),
('clarification', 'Clarification', false, 'updates'),
('correction', 'Correction', false, 'corrects'),
('corrigendum', 'Corrigendum', false, 'corrects'),
('erratum', 'Erratum', false, 'corrects'),
('expression_of_concern', 'Expression of concern', false, 'expresses-concern-about'),
('new_edition', 'New edition', false, 'is-new-version-of'),
('new_version', 'New version', false, 'is-new-version-of'),
('partial_retraction', 'Partial retraction', false, 'retracts'),
('reinstatement', 'Reinstatement', false, 'updates'),
('removal', 'Removal', true, 'withdraws'),
('retraction', 'Retraction', true, 'retracts'),
('withdrawal', 'Withdrawal', true, 'withdraws')
ON CONFLICT (update_type) DO UPDATE SET
  title = excluded.title, is_withdrawing = excluded.is_withdrawing,
  relation_type = excluded.relation_type;

INSERT INTO fulgora.update_word (word, update_type) VALUES
('addendum', 'addendum'),
('addenda', 'addendum'),
('clarification', 'clarification'),
('correction', 'correction'),
('corrections', 'correction'),
('corrected_article', 'correction'),
('correct', 'correction'),
('corrected', 'correction'),
('publisher_correction', 'correction'),
('author_correction', 'correction'),
('corrigendum', 'corrigendum'),
('corrigenda', 'corrigendum'),
('corr', 'corrigendum'),
('erratum', 'erratum'),
('errata', 'erratum'),
('err', 'erratum'),
('publisher_note', 'clarification'),
('publishers_note', 'clarification'),
('expression_of_concern', 'expression_of_concern'),
('expressionofconcern', 'expression_of_concern'),
('concern', 'expression_of_concern'),
('new_edition', 'new_edition'),
('new_version', 'new_version'),
('partial_retraction', 'partial_retraction'),
('partial_retration', 'partial_retraction'),
('reinstatement', 'reinstatement'),
('reinstated', 'reinstatement'),
('removal', 'removal'),
('removed', 'removal'),
('retraction', 'retraction'),
('retractions', 'retraction'),
('retration', 'retraction'),
('retracted', 'retraction'),
('retract', 'retraction'),
('retraction_notice', 'retraction'),
('withdrawal', 'withdrawal'),
('withdrawn', 'withdrawal'),
('withdrawl', 'withdrawal')
ON CONFLICT (word) DO UPDATE SET update_type = excluded.update_type;

SELECT platform.subscribe('enrichment-wanted', 'fulgora_enrichment_wanted');
