CREATE TABLE vulcanus.citable (
  croid uuid NOT NULL,
  surnames text[] NOT NULL,
  first_page text,
  keys tsvector NOT NULL,
  title_key integer,
  CONSTRAINT citable_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE vulcanus.citable IS 'What references find a live release by: keys made of its title, contributors, year, volume and first page. Written by vulcanus.index_citables alone.';
COMMENT ON COLUMN vulcanus.citable.surnames IS 'Family names of its contributors, authors first, at most 20.';
COMMENT ON COLUMN vulcanus.citable.keys IS 'Lexemes of vulcanus.citation_keys; volume with page and name with page weigh most.';
COMMENT ON COLUMN vulcanus.citable.title_key IS 'Hash of the words of its title, where they are four or more: works that share it may be versions of one another.';

CREATE TABLE vulcanus.awaited_citation (
  croid uuid NOT NULL,
  keys integer[] NOT NULL,
  CONSTRAINT awaited_citation_pkey PRIMARY KEY (croid),
  CONSTRAINT something_is_awaited CHECK (cardinality(keys) > 0)
);
COMMENT ON TABLE vulcanus.awaited_citation IS 'Releases with references whose targets are not here; when a work with one of these keys comes, they are looked at again.';
COMMENT ON COLUMN vulcanus.awaited_citation.keys IS 'Hashes of the surest keys of those references.';
