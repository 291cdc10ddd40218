CREATE TABLE vulcanus.strategy (
  strategy text NOT NULL,
  version text NOT NULL,
  kind catalog.kind NOT NULL,
  matches_against catalog.kind,
  rank integer NOT NULL,
  is_enabled boolean NOT NULL DEFAULT true,
  inputs_index bigint NOT NULL DEFAULT 0,
  description text NOT NULL,
  traced_index bigint NOT NULL DEFAULT 0,
  is_deferred boolean NOT NULL DEFAULT false,
  unseen_after bigint,
  CONSTRAINT strategy_pkey PRIMARY KEY (strategy)
);
COMMENT ON TABLE vulcanus.strategy IS 'How values are added to records. One UPDATE of is_enabled switches a strategy off or on, and everything is derived again.';
COMMENT ON COLUMN vulcanus.strategy.kind IS 'What its layers are about.';
COMMENT ON COLUMN vulcanus.strategy.matches_against IS 'The kind of objects it looks its values up in.';
COMMENT ON COLUMN vulcanus.strategy.rank IS 'How much its word counts: higher wins; an editor is 50, so that no strategy overrides a person.';
COMMENT ON COLUMN vulcanus.strategy.inputs_index IS 'Index of the newest change to what it matches against; a layer without terms that was made before it is stale.';
COMMENT ON COLUMN vulcanus.strategy.traced_index IS 'Up to which index changes were traced to the layers with terms that they concern.';
COMMENT ON COLUMN vulcanus.strategy.is_deferred IS 'It makes no layer while a record is taken in, but looks after the acceptance.';
COMMENT ON COLUMN vulcanus.strategy.unseen_after IS 'What was accepted after this index it may not have looked at, being off or new; null: it has seen all.';

CREATE TABLE vulcanus.run (
  run_id uuid NOT NULL DEFAULT uuidv7(),
  reason text NOT NULL,
  object_count integer NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT run_pkey PRIMARY KEY (run_id)
);
COMMENT ON TABLE vulcanus.run IS 'One pass over a batch of objects; every layer and edit names the run that made it.';
COMMENT ON COLUMN vulcanus.run.reason IS 'What set it off: deposit, enrichment, stale.';

CREATE TABLE vulcanus.layer (
  croid uuid NOT NULL,
  layer_id uuid NOT NULL DEFAULT uuidv7(),
  run_id uuid NOT NULL REFERENCES vulcanus.run (run_id) NOT ENFORCED,
  source text NOT NULL,
  source_version text NOT NULL,
  strategy text REFERENCES vulcanus.strategy (strategy) NOT ENFORCED,
  inputs_index bigint NOT NULL DEFAULT 0,
  input_hash bytea NOT NULL,
  patch jsonb NOT NULL,
  evidence jsonb NOT NULL,
  confidence real NOT NULL,
  asserted_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz,
  edit_id uuid,
  terms integer[],
  is_due boolean NOT NULL DEFAULT false,
  CONSTRAINT layer_pkey PRIMARY KEY (croid, layer_id),
  CONSTRAINT confidence_is_a_share CHECK (confidence BETWEEN 0 AND 1),
  CONSTRAINT patch_is_a_list CHECK (jsonb_typeof(patch) = 'array')
);
COMMENT ON TABLE vulcanus.layer IS 'What one source adds to one object, as a patch with its evidence. An empty patch says: looked, found nothing.';
COMMENT ON COLUMN vulcanus.layer.source IS 'strategy:<name>, or editor:<uuid>.';
COMMENT ON COLUMN vulcanus.layer.inputs_index IS 'How new what it was matched against was; -1: the strategy was off, and nothing was looked for.';
COMMENT ON COLUMN vulcanus.layer.input_hash IS 'Hash of what it read of the object; another hash makes it stale.';
COMMENT ON COLUMN vulcanus.layer.patch IS 'Array of {field, action, path, originalValue, enrichedValue}, with a JSON pointer as path, and per element its confidence and evidence.';
COMMENT ON COLUMN vulcanus.layer.terms IS 'Hashes of the texts it was made of and of the ROR ids somebody asserted: a change that concerns none of them does not concern it.';
COMMENT ON COLUMN vulcanus.layer.is_due IS 'A change that concerns it was traced: it is stale.';
COMMENT ON COLUMN vulcanus.layer.edit_id IS 'The accepted edit of a person that the layer is made of; null for a strategy''s layer.';
COMMENT ON COLUMN vulcanus.layer.evidence IS 'What the layer as a whole rests on, in words of its strategy; the evidence of a value is in the patch.';

CREATE TABLE vulcanus.source_cursor (
  source text NOT NULL REFERENCES fulgora.source (source),
  release_no integer NOT NULL DEFAULT 0,
  key text,
  CONSTRAINT source_cursor_pkey PRIMARY KEY (source)
);
COMMENT ON TABLE vulcanus.source_cursor IS 'How far the changed keys of each source have been asked for.';
COMMENT ON COLUMN vulcanus.source_cursor.key IS 'The last key asked for of release_no; NULL when that release is done.';
