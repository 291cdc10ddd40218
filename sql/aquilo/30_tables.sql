CREATE TABLE aquilo.document (
  croid uuid NOT NULL,
  search tsvector NOT NULL,
  CONSTRAINT document_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE aquilo.document IS 'What a live release is found by: its title, contributors, container, publisher and year.';

CREATE TABLE aquilo.pool (
  pool text NOT NULL,
  requests integer NOT NULL,
  interval_s integer NOT NULL,
  CONSTRAINT pool_pkey PRIMARY KEY (pool),
  CONSTRAINT pool_is_a_word CHECK (pool ~ '^[a-z]+$'),
  CONSTRAINT pool_lets_some_in CHECK (requests > 0 AND interval_s BETWEEN 1 AND 3600)
);
COMMENT ON TABLE aquilo.pool IS 'How many requests a client of each kind may make in an interval, of all server processes together; rows are the operator''s to change.';

CREATE UNLOGGED TABLE aquilo.allowance (
  pool text NOT NULL,
  client bytea NOT NULL,
  begun_at timestamptz NOT NULL,
  used integer NOT NULL,
  CONSTRAINT allowance_pkey PRIMARY KEY (pool, client)
) WITH (fillfactor = 50);
COMMENT ON TABLE aquilo.allowance IS 'What server processes have taken of the limits of clients in the interval that runs. Not kept: it is empty after a crash, and rows go within hours.';
COMMENT ON COLUMN aquilo.allowance.client IS 'A keyed hash of the address, which only the servers can compute.';
COMMENT ON COLUMN aquilo.allowance.begun_at IS 'When the interval began.';
