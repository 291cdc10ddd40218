CREATE TABLE fulgora.source (
  source text NOT NULL,
  title text NOT NULL,
  kind catalog.kind,
  scheme text REFERENCES croid.scheme (scheme),
  rank integer NOT NULL,
  licence text NOT NULL,
  homepage text NOT NULL,
  attribution text NOT NULL DEFAULT '',
  is_whole boolean NOT NULL DEFAULT false,
  CONSTRAINT source_pkey PRIMARY KEY (source),
  CONSTRAINT kind_has_a_scheme CHECK ((kind IS NULL) = (scheme IS NULL))
);
COMMENT ON TABLE fulgora.source IS 'Where public data comes from, under which licence, and what its rows describe.';
COMMENT ON COLUMN fulgora.source.kind IS 'What its rows are whole records of; NULL where they only tell something about objects.';
COMMENT ON COLUMN fulgora.source.scheme IS 'The scheme of its keys: the identifier by which a row finds its object.';
COMMENT ON COLUMN fulgora.source.attribution IS 'How its publisher wants to be named.';
COMMENT ON COLUMN fulgora.source.is_whole IS 'A release of it holds every row: what is missing in it is gone.';
COMMENT ON COLUMN fulgora.source.rank IS 'How much its word counts as a base: higher wins; a deposit here is 30, the registry of record 20, others 10.';

CREATE TABLE fulgora.release (
  source text NOT NULL REFERENCES fulgora.source (source),
  release_no integer NOT NULL,
  label text NOT NULL,
  state fulgora.release_state NOT NULL DEFAULT 'loading',
  row_count integer NOT NULL DEFAULT 0,
  changed_count integer NOT NULL DEFAULT 0,
  older_count integer NOT NULL DEFAULT 0,
  problem_count integer NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  completed_at timestamptz,
  removed_count integer NOT NULL DEFAULT 0,
  CONSTRAINT release_pkey PRIMARY KEY (source, release_no),
  CONSTRAINT completed_means_complete CHECK ((completed_at IS NULL) = (state = 'loading'))
);
COMMENT ON TABLE fulgora.release IS 'One issue of a source as it was taken in.';
COMMENT ON COLUMN fulgora.release.removed_count IS 'Rows that were there before and are missing in it, where a release holds every row.';
COMMENT ON COLUMN fulgora.release.older_count IS 'Rows left alone because a newer version of them is here already.';

CREATE TABLE fulgora.record (
  source text NOT NULL,
  key text NOT NULL,
  valid_from_release integer NOT NULL,
  valid_to_release integer,
  version text NOT NULL DEFAULT '',
  row_hash bytea NOT NULL,
  record bytea NOT NULL,
  CONSTRAINT record_pkey PRIMARY KEY (source, key, valid_from_release),
  CONSTRAINT record_release_fkey FOREIGN KEY (source, valid_from_release)
  REFERENCES fulgora.release (source, release_no) NOT ENFORCED,
  CONSTRAINT valid_for_a_while CHECK (valid_to_release > valid_from_release)
);
ALTER TABLE fulgora.record
ALTER COLUMN record SET STORAGE EXTERNAL, ALTER COLUMN record SET STATISTICS 0;
COMMENT ON TABLE fulgora.record IS 'Every version of every row of every source, with the releases it was valid in.';
COMMENT ON COLUMN fulgora.record.valid_to_release IS 'The release that changed or removed it; NULL while it is current.';
COMMENT ON COLUMN fulgora.record.version IS 'The source''s own date or number of the row, comparable as text; an older one never replaces a newer one.';
COMMENT ON COLUMN fulgora.record.record IS 'The row as JSON, one Zstandard frame.';

CREATE TABLE fulgora.request (
  task_id uuid NOT NULL REFERENCES platform.task (task_id),
  source text NOT NULL REFERENCES fulgora.source (source),
  requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT request_pkey PRIMARY KEY (task_id, source)
);
COMMENT ON TABLE fulgora.request IS 'Which sources a task asks; the objects it asks about travel in its messages.';

CREATE TABLE fulgora.request_part (
  task_id uuid NOT NULL REFERENCES platform.task (task_id),
  part text NOT NULL,
  CONSTRAINT request_part_pkey PRIMARY KEY (task_id, part)
);
COMMENT ON TABLE fulgora.request_part IS 'The parts of an answer that are written already: names in the blob store.';
