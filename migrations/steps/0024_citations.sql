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
-- New and empty: nobody waits for them.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX citable_keys_idx ON vulcanus.citable USING gin (keys) WITH (fastupdate = off);

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX awaited_citation_keys_idx ON vulcanus.awaited_citation
USING gin (keys) WITH (fastupdate = off);
