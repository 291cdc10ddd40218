-- What references find a work by, and what they wait for.
CREATE TABLE vulcanus.citable (
  croid uuid NOT NULL,
  surnames text[] NOT NULL,
  first_page text,
  keys tsvector NOT NULL,
  title_key integer,
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
-- Versions of one work, and what looks like one and the same.
CREATE TABLE vulcanus.version_claim (
  croid uuid NOT NULL,
  relation_type text NOT NULL,
  doi text NOT NULL,
  CONSTRAINT version_claim_pkey PRIMARY KEY (croid, relation_type, doi),
  CONSTRAINT claimed_doi_fits_its_index CHECK (octet_length(doi) <= 2000)
);

CREATE TABLE vulcanus.merge_proposal (
  croid uuid NOT NULL,
  into_croid uuid NOT NULL,
  rule text NOT NULL,
  confidence real NOT NULL,
  evidence jsonb NOT NULL,
  proposed_at timestamptz NOT NULL DEFAULT now(),
  is_accepted boolean,
  decided_by uuid REFERENCES catalog.editor (editor_id),
  decided_at timestamptz,
  index bigint,
  CONSTRAINT merge_proposal_pkey PRIMARY KEY (croid, into_croid),
  CONSTRAINT younger_goes_into_older CHECK (croid > into_croid),
  CONSTRAINT merge_confidence_is_a_share CHECK (confidence BETWEEN 0 AND 1),
  CONSTRAINT decision_has_someone_and_a_time CHECK (
    (is_accepted IS NULL) = (decided_by IS NULL) AND (is_accepted IS NULL) = (decided_at IS NULL)
  ),
  CONSTRAINT accepted_merge_has_an_index CHECK (coalesce(is_accepted, false) = (index IS NOT NULL))
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

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX citable_title_key_idx ON vulcanus.citable (title_key) WHERE title_key IS NOT NULL;

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX version_claim_doi_idx ON vulcanus.version_claim (doi);

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX merge_proposal_into_croid_idx ON vulcanus.merge_proposal (into_croid);

-- Who found the DOI of a reference.
ALTER TABLE catalog.reference ADD COLUMN is_found boolean NOT NULL DEFAULT false;

-- A few rows: nobody waits for the check.
ALTER TABLE nexus.update_type ADD COLUMN means text;
UPDATE nexus.update_type SET means = update_type;
-- squawk-ignore adding-not-nullable-field
ALTER TABLE nexus.update_type ALTER COLUMN means SET NOT NULL;
