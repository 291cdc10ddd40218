CREATE UNIQUE INDEX layer_croid_strategy_idx ON vulcanus.layer (croid, strategy)
WHERE retired_at IS NULL AND strategy IS NOT NULL;
COMMENT ON INDEX vulcanus.layer_croid_strategy_idx IS 'The layer of a strategy that is in force on an object; there is one at most.';

CREATE INDEX layer_strategy_inputs_index_idx ON vulcanus.layer (strategy, inputs_index, croid)
WHERE retired_at IS NULL;
COMMENT ON INDEX vulcanus.layer_strategy_inputs_index_idx IS 'The stale layers of a strategy, oldest inputs first.';

CREATE UNIQUE INDEX layer_croid_edit_id_idx ON vulcanus.layer (croid, edit_id)
WHERE edit_id IS NOT NULL;
COMMENT ON INDEX vulcanus.layer_croid_edit_id_idx IS 'The layers made of the edits of people; each edit makes one.';
