-- name: layer_list :many
-- The layers in force on these objects, and whether their strategy is enabled.
SELECT
  l.croid, l.layer_id, l.source, l.source_version, l.strategy,
  coalesce(s.rank, 50)::integer AS rank, l.input_hash, l.inputs_index,
  l.patch, l.evidence, l.confidence, l.asserted_at,
  (l.is_due OR l.terms IS NULL)::boolean AS is_due,
  coalesce(s.is_enabled, true)::boolean AS is_enabled
FROM vulcanus.layer AS l
LEFT JOIN vulcanus.strategy AS s ON s.strategy = l.strategy
WHERE l.croid = ANY(@croids::uuid[]) AND l.retired_at IS NULL
ORDER BY l.croid, l.layer_id;

-- name: layer_list_by_id :many
-- Layers by their ids, retired or not: what an old revision was made from.
SELECT
  l.croid, l.layer_id, l.source, l.source_version, l.strategy,
  coalesce(s.rank, 50)::integer AS rank, l.input_hash, l.inputs_index,
  l.patch, l.evidence, l.confidence, l.asserted_at
FROM vulcanus.layer AS l
LEFT JOIN vulcanus.strategy AS s ON s.strategy = l.strategy
WHERE l.croid = @croid AND l.layer_id = ANY(@layer_ids::uuid[])
ORDER BY l.layer_id;

-- name: layer_store :exec
-- Put a strategy's layers in force and retire those before them.
SELECT vulcanus.store_layers(
  @run_id::uuid, @strategy::text, @source_version::text, @inputs_index::bigint,
  @croids::uuid[], @layer_ids::uuid[], @input_hashes::bytea[],
  @patches::text[], @evidences::text[], @confidences::real[], @terms::text[]
);

-- name: layer_confirm :exec
-- Note that layers still hold against newer inputs, and by which terms they were matched.
SELECT vulcanus.confirm_layers(
  @strategy::text, @inputs_index::bigint, @croids::uuid[], @terms::text[]
);

-- name: layer_stale_list :many
-- Objects that a strategy has to look at again, but for some that it looked at in vain.
SELECT l.croid FROM vulcanus.stale_layer AS l
WHERE l.strategy = @strategy AND l.croid <> ALL(@but_croids::uuid[])
ORDER BY l.croid LIMIT @limit_count;

-- name: layer_sweep_lock :one
-- True when no other worker looks at stale layers; held until the transaction ends.
SELECT pg_try_advisory_xact_lock(hashtextextended('vulcanus.stale_layer', 0)) AS is_mine;

-- name: layer_trace_lock :one
-- True when nobody stores layers, which then wait until the transaction ends.
SELECT vulcanus.hold_layers()::boolean AS is_mine;

-- name: layer_trace :one
-- Have the layers looked at again that share a term with what changed.
SELECT vulcanus.trace_changes(
  @strategy::text, @index::bigint, @terms::integer[],
  @text_ids::uuid[], @text_terms::text[], @answers::uuid[]
)::integer AS concerned;
