-- name: strategy_list :many
-- The strategies, whether they are on, and how new what they match against is.
SELECT
  s.strategy, s.version, s.kind::text AS kind, s.matches_against::text AS matches_against,
  s.rank, s.is_enabled, s.inputs_index, s.description
FROM vulcanus.strategy AS s ORDER BY s.rank, s.strategy;

-- name: strategy_note_inputs :one
-- Let strategies know that objects they match against changed.
SELECT vulcanus.note_inputs(@croids::uuid[], @index::bigint)::integer AS noted;

-- name: run_open :one
-- Note that a batch is being processed.
SELECT vulcanus.open_run(@reason::text, @object_count::integer)::uuid AS run_id;
