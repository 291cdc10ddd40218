-- How often names are resolved, added up by the hour.
CREATE TYPE gleba.resolution_outcome AS ENUM (
  'landed', 'chosen', 'chooser', 'described', 'data', 'values', 'deleted', 'unknown', 'malformed'
);

CREATE TYPE gleba.agent_class AS ENUM ('browser', 'program', 'robot');

CREATE TABLE gleba.resolution (
  croid uuid NOT NULL,
  doi text NOT NULL,
  begun_at timestamptz NOT NULL,
  outcome gleba.resolution_outcome NOT NULL,
  agent gleba.agent_class NOT NULL,
  location integer NOT NULL,
  count bigint NOT NULL,
  CONSTRAINT resolution_pkey PRIMARY KEY (croid, doi, begun_at, outcome, agent, location),
  CONSTRAINT hour_is_whole CHECK (extract(EPOCH FROM begun_at)::bigint % 3600 = 0),
  CONSTRAINT name_fits_its_index CHECK (octet_length(doi) <= 2000),
  CONSTRAINT location_is_a_number_or_none CHECK (location >= -1),
  CONSTRAINT resolutions_are_counted CHECK (count > 0)
) WITH (fillfactor = 80);

-- New and empty: nobody waits for it.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX resolution_begun_at_idx ON gleba.resolution USING brin (begun_at);

-- How much may be asked for, together of all server processes.
CREATE TABLE aquilo.pool (
  pool text NOT NULL,
  requests integer NOT NULL,
  interval_s integer NOT NULL,
  CONSTRAINT pool_pkey PRIMARY KEY (pool),
  CONSTRAINT pool_is_a_word CHECK (pool ~ '^[a-z]+$'),
  CONSTRAINT pool_lets_some_in CHECK (requests > 0 AND interval_s BETWEEN 1 AND 3600)
);

CREATE UNLOGGED TABLE aquilo.allowance (
  pool text NOT NULL,
  client bytea NOT NULL,
  begun_at timestamptz NOT NULL,
  used integer NOT NULL,
  CONSTRAINT allowance_pkey PRIMARY KEY (pool, client)
) WITH (fillfactor = 50);
