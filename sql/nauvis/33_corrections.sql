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
COMMENT ON TABLE nauvis.callback_secret IS 'With what callbacks to a member are signed, as it is, since both sides need it; the senders alone read it.';
COMMENT ON COLUMN nauvis.callback_secret.previous_secret IS 'The one before, with which callbacks are signed beside the new one until previous_ends_at.';

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
COMMENT ON TABLE nauvis.callback IS 'The outbox: whom to tell that a deposit is settled; it becomes due in the transaction that settles it.';
COMMENT ON COLUMN nauvis.callback.callback_id IS 'The id of the event, the same however often it is sent.';
COMMENT ON COLUMN nauvis.callback.n IS 'Its number among the callbacks of the deposit, from 1.';
COMMENT ON COLUMN nauvis.callback.attempts IS 'How often it was taken up to be sent since it became due, or was last put back.';

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
COMMENT ON TABLE nauvis.callback_attempt IS 'Each time a callback was sent, and how the other side answered; neither status nor error where the sender died.';

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
  editgroup_id uuid REFERENCES catalog.editgroup (editgroup_id),
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
  CONSTRAINT accepted_is_a_deposit_or_an_edit CHECK (
    num_nonnulls(deposit_id, editgroup_id) = (state = 'accepted')::integer
  )
);
COMMENT ON TABLE nauvis.correction IS 'What somebody proposes to change in a work that is another''s, and what its owner decided.';
COMMENT ON COLUMN nauvis.correction.patch IS 'JSON Patch (RFC 6902) of what was deposited of the work.';
COMMENT ON COLUMN nauvis.correction.evidence IS 'Why it is so: where that can be read or seen.';
COMMENT ON COLUMN nauvis.correction.deposit_id IS 'The deposit of the owner that it was accepted with.';
COMMENT ON COLUMN nauvis.correction.editgroup_id IS 'The editgroup that it was accepted with, by an admin, where nobody owned the prefix.';
