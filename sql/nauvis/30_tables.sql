CREATE TABLE nauvis.deposit (
  deposit_id uuid NOT NULL DEFAULT uuidv7(),
  editor_id uuid NOT NULL REFERENCES catalog.editor (editor_id),
  media nauvis.media NOT NULL,
  origin text NOT NULL,
  size_bytes bigint NOT NULL,
  sha256 bytea NOT NULL,
  record_count integer NOT NULL,
  settled_count integer NOT NULL DEFAULT 0,
  rejected_count integer NOT NULL DEFAULT 0,
  is_test boolean NOT NULL DEFAULT false,
  is_atomic boolean NOT NULL DEFAULT false,
  idempotency_key text,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  settled_at timestamptz,
  CONSTRAINT deposit_pkey PRIMARY KEY (deposit_id),
  CONSTRAINT settled_is_part_of_records CHECK (settled_count BETWEEN 0 AND record_count),
  CONSTRAINT rejected_is_part_of_settled CHECK (rejected_count BETWEEN 0 AND settled_count)
) WITH (fillfactor = 70);
COMMENT ON TABLE nauvis.deposit IS 'One batch of records as somebody handed it in.';
COMMENT ON COLUMN nauvis.deposit.origin IS 'Where it came from: http, or the name of the file.';
COMMENT ON COLUMN nauvis.deposit.sha256 IS 'Of the uncompressed bytes: the same key with other bytes is refused.';
COMMENT ON COLUMN nauvis.deposit.is_test IS 'The real run, rolled back: verdicts and the changes it would make, nothing else.';

CREATE TABLE nauvis.deposit_chunk (
  deposit_id uuid NOT NULL REFERENCES nauvis.deposit (deposit_id),
  chunk_no integer NOT NULL,
  body bytea NOT NULL,
  CONSTRAINT deposit_chunk_pkey PRIMARY KEY (deposit_id, chunk_no)
);
ALTER TABLE nauvis.deposit_chunk
ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE nauvis.deposit_chunk IS 'Every byte received, for ever: 64 KiB at a time, each compressed as a Zstandard frame of its own, so that one record is read without the others.';
COMMENT ON COLUMN nauvis.deposit_chunk.body IS 'One Zstandard frame: 64 KiB of the deposit, the last one less.';

CREATE TABLE nauvis.deposit_record (
  croid uuid NOT NULL,
  deposit_id uuid NOT NULL REFERENCES nauvis.deposit (deposit_id) NOT ENFORCED,
  n integer NOT NULL,
  doi text,
  byte_offset bigint NOT NULL,
  size_bytes integer NOT NULL,
  sha256 bytea NOT NULL,
  expect text,
  is_refused boolean NOT NULL DEFAULT false,
  problems jsonb,
  state nauvis.doi_state,
  CONSTRAINT deposit_record_pkey PRIMARY KEY (croid, deposit_id, n)
);
COMMENT ON TABLE nauvis.deposit_record IS 'One record of a deposit: which object it is about and where its bytes lie.';
COMMENT ON COLUMN nauvis.deposit_record.n IS 'Its place in the deposit, from 1; in a file load the place in the file.';
COMMENT ON COLUMN nauvis.deposit_record.byte_offset IS 'Where it begins in the uncompressed bytes of the deposit.';
COMMENT ON COLUMN nauvis.deposit_record.expect IS 'What the depositor expects to be there: any, new, or a revision id.';
COMMENT ON COLUMN nauvis.deposit_record.is_refused IS 'True when the record was rejected, so that it is no base of anything.';
COMMENT ON COLUMN nauvis.deposit_record.state IS 'Null where the record is to be findable, as most are.';
COMMENT ON COLUMN nauvis.deposit_record.problems IS 'Array of {code, pointer, detail, severity}, found when it was taken in.';

CREATE TABLE nauvis.deposit_change (
  croid uuid NOT NULL,
  deposit_id uuid NOT NULL,
  n integer NOT NULL,
  result nauvis.verdict NOT NULL,
  revision_id uuid,
  index bigint,
  problems jsonb,
  patch jsonb,
  settled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT deposit_change_pkey PRIMARY KEY (croid, deposit_id, n),
  CONSTRAINT deposit_change_record_fkey FOREIGN KEY (croid, deposit_id, n)
  REFERENCES nauvis.deposit_record (croid, deposit_id, n) NOT ENFORCED
);
COMMENT ON TABLE nauvis.deposit_change IS 'What became of each record, and the revision and index that it is in.';
COMMENT ON COLUMN nauvis.deposit_change.problems IS 'Array of {code, pointer, detail, severity}, found when it was processed.';
COMMENT ON COLUMN nauvis.deposit_change.patch IS 'JSON Patch that a test deposit would make; of others the revisions tell it.';
