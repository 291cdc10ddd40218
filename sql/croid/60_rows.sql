INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX101', 'malformed-croid', 400, 'This is not a CROID.', 'A CROID has 26 characters of 0-9 and a-z without i, l, o, u; the first is 0 to 7.'),
('NX102', 'malformed-identifier', 400, 'A value does not have the form its identifier scheme asks for.', 'Check it for a wrong digit, white space or a missing prefix; the detail names it.'),
('NX103', 'unknown-scheme', 400, 'There is no identifier scheme of this name.', 'The table croid.scheme lists them: doi, orcid, ror, issn and others.'),
('NX104', 'wrong-kind', 400, 'An identifier of this scheme names another kind of object.', 'An ORCID iD names a creator, a ROR id an organisation, a DOI a release.'),
('NX105', 'too-many-croids', 400, 'Between 1 and 1,000 CROIDs can be minted at once.', 'Ask several times.'),
('NX106', 'too-many-locks', 400, 'At most 1,000 objects can be locked by one transaction.', 'Split the batch; each transaction locks its own part.'),
('NX107', 'held', 409, 'Somebody else holds the lease of this object.', 'Try again after the time in the detail.'),
('NX108', 'fenced-off', 409, 'The lease behind this fence was released, or somebody else has taken it since.', 'Take the lease again, read the object again, and redo the work.'),
('NX109', 'no-such-lease', 404, 'Nobody has ever taken a lease of this object.', 'Take one first: POST /leases/{croid}.'),
('NX110', 'bad-lease-duration', 400, 'A lease lasts between 1 second and 1 day.', 'Take it for a shorter time and renew it while the work goes on.'),
('NX111', 'no-such-object', 404, 'No live object has this identifier.', 'Check the spelling; an object that is only reserved or was deleted is not found by its identifiers.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO croid.scheme (scheme, is_unique, pattern, url_template, kind, title)
SELECT s.scheme, s.is_unique, croid.pattern(s.scheme), s.url_template, s.kind, s.title
FROM (
  VALUES
  ('doi', true, 'https://doi.org/{value}', 'release', 'Digital Object Identifier'),
  ('orcid', true, 'https://orcid.org/{value}', 'creator', 'ORCID iD'),
  ('ror', true, 'https://ror.org/{value}', 'organisation', 'Research Organization Registry id'),
  ('funder', true, 'https://doi.org/{value}', 'organisation', 'Open Funder Registry id'),
  ('pmid', true, 'https://pubmed.ncbi.nlm.nih.gov/{value}/', 'release', 'PubMed id'),
  ('pmcid', true, 'https://pmc.ncbi.nlm.nih.gov/articles/{value}/', 'release', 'PubMed Central id'),
  ('hdl', true, 'https://hdl.handle.net/{value}', NULL, 'Handle'),
  ('arxiv', true, 'https://arxiv.org/abs/{value}', 'release', 'arXiv id with its version'),
  ('issn', false, 'https://portal.issn.org/resource/ISSN/{value}', 'container', 'International Standard Serial Number'),
  ('isbn', false, NULL, 'release', 'International Standard Book Number of 13 digits'),
  ('isni', false, 'https://isni.org/isni/{value}', NULL, 'International Standard Name Identifier'),
  ('grid', false, NULL, 'organisation', 'Global Research Identifier Database id'),
  ('wikidata', false, 'https://www.wikidata.org/entity/{value}', NULL, 'Wikidata item'),
  ('core', false, 'https://core.ac.uk/works/{value}', 'release', 'CORE id'),
  ('jstor', false, 'https://www.jstor.org/stable/{value}', 'release', 'JSTOR stable id'),
  ('ark', false, 'https://n2t.net/{value}', NULL, 'Archival Resource Key'),
  ('mag', false, NULL, 'release', 'Microsoft Academic Graph id'),
  ('doaj', false, 'https://doaj.org/article/{value}', 'release', 'DOAJ article id'),
  ('dblp', false, 'https://dblp.org/rec/{value}', 'release', 'dblp key'),
  ('oai', false, NULL, 'release', 'OAI-PMH identifier')
) AS s (scheme, is_unique, url_template, kind, title)
ON CONFLICT (scheme) DO UPDATE SET
  pattern = excluded.pattern, url_template = excluded.url_template,
  kind = excluded.kind, title = excluded.title;

INSERT INTO platform.replicated_table (table_name)
VALUES ('croid.identifier'), ('croid.former_identifier')
ON CONFLICT DO NOTHING;
INSERT INTO platform.published_column (table_name, column_name, is_public)
SELECT t.table_name, c.column_name, true
FROM (
  VALUES
  ('croid.identifier', '{scheme,value,croid,kind,is_unique}'::text[]),
  ('croid.former_identifier', '{scheme,value,croid}'::text[])
) AS t (table_name, columns)
CROSS JOIN LATERAL unnest(t.columns) AS c (column_name)
ON CONFLICT (table_name, column_name) DO UPDATE SET is_public = excluded.is_public;
