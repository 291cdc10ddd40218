-- What references find a work by, and what they wait for.
CREATE TABLE vulcanus.citable (
  croid uuid NOT NULL,
  surnames text[] NOT NULL,
  first_page text,
  keys tsvector NOT NULL,
  CONSTRAINT citable_pkey PRIMARY KEY (croid)
);

CREATE TABLE vulcanus.awaited_citation (
  croid uuid NOT NULL,
  keys integer[] NOT NULL,
  CONSTRAINT awaited_citation_pkey PRIMARY KEY (croid),
  CONSTRAINT something_is_awaited CHECK (cardinality(keys) > 0)
);
-- Who says that a work was updated.
CREATE TABLE vulcanus.update_claim (
  croid uuid NOT NULL,
  source text NOT NULL,
  key text NOT NULL,
  original_doi text NOT NULL,
  notice_doi text,
  update_type text NOT NULL,
  updated_on date,
  CONSTRAINT update_claim_pkey PRIMARY KEY (croid, source, key, original_doi, update_type),
  CONSTRAINT dois_fit_their_index CHECK (
    octet_length(original_doi) <= 2000 AND octet_length(notice_doi) <= 2000
  )
);

-- New and empty: nobody waits for them.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX citable_keys_idx ON vulcanus.citable USING gin (keys) WITH (fastupdate = off);

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX awaited_citation_keys_idx ON vulcanus.awaited_citation
USING gin (keys) WITH (fastupdate = off);

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX update_claim_original_doi_idx ON vulcanus.update_claim (original_doi);

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX update_claim_notice_doi_idx ON vulcanus.update_claim (notice_doi)
WHERE notice_doi IS NOT NULL AND source <> 'record';

-- Who found the DOI of a reference.
ALTER TABLE catalog.reference ADD COLUMN is_found boolean NOT NULL DEFAULT false;

-- A few rows: nobody waits for the check.
ALTER TABLE nexus.update_type ADD COLUMN means text;
UPDATE nexus.update_type SET means = update_type;
-- squawk-ignore adding-not-nullable-field
ALTER TABLE nexus.update_type ALTER COLUMN means SET NOT NULL;
