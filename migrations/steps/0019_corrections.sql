-- Corrections that anyone proposes, and callbacks to who deposits.
CREATE TYPE nauvis.callback_state AS ENUM ('waiting', 'due', 'sent', 'dead');

CREATE TYPE nauvis.correction_state AS ENUM ('open', 'accepted', 'rejected', 'withdrawn', 'superseded');

CREATE TABLE nauvis.callback_secret (
  member_id integer NOT NULL REFERENCES nauvis.member (member_id),
  secret text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  previous_secret text,
  previous_ends_at timestamptz,
  CONSTRAINT callback_secret_pkey PRIMARY KEY (member_id),
  CONSTRAINT secret_is_long CHECK (length(secret) BETWEEN 32 AND 200),
  CONSTRAINT previous_secret_ends CHECK ((previous_secret IS NULL) = (previous_ends_at IS NULL))
);

CREATE TABLE nauvis.callback (
  callback_id uuid NOT NULL DEFAULT uuidv7(),
  deposit_id uuid NOT NULL REFERENCES nauvis.deposit (deposit_id),
  n integer NOT NULL DEFAULT 1,
  member_id integer NOT NULL REFERENCES nauvis.member (member_id),
  url text NOT NULL,
  state nauvis.callback_state NOT NULL DEFAULT 'waiting',
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz,
  sent_at timestamptz,
  CONSTRAINT callback_pkey PRIMARY KEY (callback_id),
  CONSTRAINT callback_deposit_id_n_key UNIQUE (deposit_id, n),
  CONSTRAINT url_is_short CHECK (length(url) BETWEEN 8 AND 2000),
  CONSTRAINT due_callback_has_a_time CHECK ((state = 'due') = (next_at IS NOT NULL)),
  CONSTRAINT attempts_are_counted CHECK (attempts >= 0)
);

CREATE TABLE nauvis.callback_attempt (
  callback_id uuid NOT NULL REFERENCES nauvis.callback (callback_id),
  attempt_id uuid NOT NULL DEFAULT uuidv7(),
  attempted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  status integer,
  error text,
  duration_ms integer,
  CONSTRAINT callback_attempt_pkey PRIMARY KEY (callback_id, attempt_id),
  CONSTRAINT attempt_ended_one_way CHECK (status IS NULL OR error IS NULL)
);

CREATE TABLE nauvis.correction (
  correction_id uuid NOT NULL DEFAULT uuidv7(),
  croid uuid NOT NULL,
  doi text NOT NULL,
  patch jsonb NOT NULL,
  evidence text NOT NULL,
  comment text,
  proposer_id uuid NOT NULL REFERENCES catalog.editor (editor_id),
  proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  state nauvis.correction_state NOT NULL DEFAULT 'open',
  decided_at timestamptz,
  decider_id uuid REFERENCES catalog.editor (editor_id),
  decision_comment text,
  deposit_id uuid REFERENCES nauvis.deposit (deposit_id),
  CONSTRAINT correction_pkey PRIMARY KEY (correction_id),
  CONSTRAINT patch_has_operations CHECK (
    jsonb_typeof(patch) = 'array' AND jsonb_array_length(patch) BETWEEN 1 AND 1000
  ),
  CONSTRAINT evidence_is_given CHECK (length(evidence) BETWEEN 1 AND 10000),
  CONSTRAINT comments_are_short CHECK (
    length(comment) <= 10000 AND length(decision_comment) <= 10000
  ),
  CONSTRAINT decided_says_when_and_who CHECK (
    (state = 'open') = (decided_at IS NULL) AND (state = 'open') = (decider_id IS NULL)
  ),
  CONSTRAINT accepted_is_a_deposit CHECK ((state = 'accepted') = (deposit_id IS NOT NULL))
);

CREATE INDEX callback_next_at_idx ON nauvis.callback (next_at) WHERE state = 'due';

CREATE INDEX correction_doi_correction_id_idx ON nauvis.correction (doi, correction_id);

CREATE INDEX correction_prefix_correction_id_idx
ON nauvis.correction (split_part(doi, '/', 1), correction_id);

CREATE INDEX correction_state_correction_id_idx ON nauvis.correction (state, correction_id);
