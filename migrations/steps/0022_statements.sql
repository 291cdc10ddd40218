-- What sources say about identifiers, and releases that hold every row.
-- Who reads these is of this version.
-- squawk-ignore ban-drop-not-null
ALTER TABLE fulgora.source ALTER COLUMN kind DROP NOT NULL;
-- squawk-ignore ban-drop-not-null
ALTER TABLE fulgora.source ALTER COLUMN scheme DROP NOT NULL;
ALTER TABLE fulgora.source
ADD COLUMN attribution text NOT NULL DEFAULT '',
ADD COLUMN is_whole boolean NOT NULL DEFAULT false;
-- A few rows: nobody waits for the check.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE fulgora.source ADD CONSTRAINT kind_has_a_scheme CHECK ((kind IS NULL) = (scheme IS NULL));
ALTER TABLE fulgora.release ADD COLUMN removed_count integer NOT NULL DEFAULT 0;

CREATE TABLE fulgora.statement (
  source text NOT NULL,
  key text NOT NULL,
  valid_from_release integer NOT NULL,
  n integer NOT NULL,
  scheme text NOT NULL,
  value text NOT NULL,
  role text NOT NULL,
  facts jsonb NOT NULL DEFAULT '{}',
  CONSTRAINT statement_pkey PRIMARY KEY (source, key, valid_from_release, n),
  CONSTRAINT statement_record_fkey FOREIGN KEY (source, key, valid_from_release)
  REFERENCES fulgora.record (source, key, valid_from_release) NOT ENFORCED,
  CONSTRAINT facts_are_an_object CHECK (jsonb_typeof(facts) = 'object')
);

CREATE TABLE fulgora.update_type (
  update_type text NOT NULL,
  title text NOT NULL,
  is_withdrawing boolean NOT NULL,
  CONSTRAINT update_type_pkey PRIMARY KEY (update_type)
);

CREATE TABLE fulgora.update_word (
  word text NOT NULL,
  update_type text NOT NULL REFERENCES fulgora.update_type (update_type),
  CONSTRAINT update_word_pkey PRIMARY KEY (word),
  CONSTRAINT word_is_folded CHECK (word ~ '^[a-z]+(_[a-z]+)*$')
);

-- The record of a source is long and its readers are few: they wait while these are made.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX record_source_valid_to_release_key_idx
ON fulgora.record (source, valid_to_release, key) WHERE valid_to_release IS NOT NULL;
CREATE INDEX statement_scheme_value_source_idx ON fulgora.statement (scheme, value, source);
