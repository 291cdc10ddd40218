CREATE TABLE aquilo.document (
  croid uuid NOT NULL,
  search tsvector NOT NULL,
  fields tsvector NOT NULL DEFAULT '',
  terms text[] NOT NULL DEFAULT '{}',
  title text NOT NULL DEFAULT '',
  title_key bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT '-infinity',
  deposited_at timestamptz NOT NULL DEFAULT '-infinity',
  indexed_at timestamptz NOT NULL DEFAULT '-infinity',
  changed_index bigint NOT NULL DEFAULT 0,
  reference_count integer NOT NULL DEFAULT 0,
  issued_on date NOT NULL DEFAULT '-infinity',
  published_on date NOT NULL DEFAULT '-infinity',
  online_on date NOT NULL DEFAULT '-infinity',
  print_on date NOT NULL DEFAULT '-infinity',
  posted_on date NOT NULL DEFAULT '-infinity',
  accepted_on date NOT NULL DEFAULT '-infinity',
  approved_on date NOT NULL DEFAULT '-infinity',
  awarded_on date NOT NULL DEFAULT '-infinity',
  event_start_on date NOT NULL DEFAULT '-infinity',
  event_end_on date NOT NULL DEFAULT '-infinity',
  award_amounts numeric[],
  CONSTRAINT document_pkey PRIMARY KEY (croid)
);
COMMENT ON TABLE aquilo.document IS 'What a live release is found, filtered, counted and ordered by; a date that is not known is -infinity.';
COMMENT ON COLUMN aquilo.document.search IS 'The words of titles (A), names (B), container, publisher, year and ISSNs (C) and the DOI (D), stemmed too where the language is known.';
COMMENT ON COLUMN aquilo.document.fields IS 'Words with the field they stand in before them: author/lovelace.';
COMMENT ON COLUMN aquilo.document.terms IS 'What it is filtered and counted by, as aquilo.list_terms writes it: has-orcid, type=journal-article.';
COMMENT ON COLUMN aquilo.document.award_amounts IS 'The amounts of the awards of a grant, in whatever currency.';
COMMENT ON COLUMN aquilo.document.title IS 'The title as aquilo.fold_text writes it, for who mistypes it.';
COMMENT ON COLUMN aquilo.document.title_key IS 'Hash of the words of the title.';
COMMENT ON COLUMN aquilo.document.changed_index IS 'The index of the last change.';

CREATE TABLE aquilo.cited (
  croid uuid NOT NULL,
  cited_by_count integer NOT NULL,
  CONSTRAINT cited_pkey PRIMARY KEY (croid)
) WITH (fillfactor = 70);
COMMENT ON TABLE aquilo.cited IS 'How often live releases are cited, apart from their documents since it changes without them.';

CREATE TABLE aquilo.notice (
  croid uuid NOT NULL,
  position integer NOT NULL,
  doi text NOT NULL,
  update_type text,
  label text,
  updated_on date,
  source text NOT NULL DEFAULT 'publisher',
  CONSTRAINT notice_pkey PRIMARY KEY (croid, position)
);
COMMENT ON TABLE aquilo.notice IS 'Which live releases say that they correct, retract or otherwise update a DOI.';
COMMENT ON COLUMN aquilo.notice.source IS 'Whose word it is: the publisher''s, or that of the source that the record names.';

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
