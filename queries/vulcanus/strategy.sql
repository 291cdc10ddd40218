-- name: strategy_list :many
-- The strategies, whether they are on, and how new what they match against is.
SELECT
  s.strategy, s.version, s.kind::text AS kind, s.matches_against::text AS matches_against,
  s.rank, s.is_enabled, s.is_deferred, s.inputs_index, s.traced_index, s.description
FROM vulcanus.strategy AS s ORDER BY s.rank, s.strategy;

-- name: strategy_hold :exec
-- Have everybody know that objects are accepted with the strategies that are read after this.
SELECT vulcanus.hold_strategies();

-- name: strategy_note_inputs :one
-- Let strategies know that objects they match against changed.
SELECT vulcanus.note_inputs(@croids::uuid[], @index::bigint)::integer AS noted;

-- name: strategy_take_unseen :one
-- The next objects that some of these strategies have not seen, and whether there may be more.
-- always one row
-- not null: *
SELECT t._croids::uuid[] AS croids, t._is_more::boolean AS is_more
FROM vulcanus.take_unseen(@strategies::text[], @limit_count::integer) AS t;

-- name: run_open :one
-- Note that a batch is being processed.
SELECT vulcanus.open_run(@reason::text, @object_count::integer)::uuid AS run_id;

-- name: strategy_switch :one
-- Switch a strategy on or off; true where it was not so before.
SELECT vulcanus.switch_strategy(@strategy::text, @is_enabled::boolean)::boolean AS is_changed;

-- name: strategy_coverage_list :many
-- Of each strategy the layers in force, those that found something and those that are stale; and
-- objects that it has yet to see.
-- not null: *
SELECT
  s.strategy,
  count(l.layer_id)::bigint AS layer_count,
  (count(*) FILTER (WHERE l.patch <> '[]'))::bigint AS found_count,
  (
    SELECT count(*) FROM vulcanus.stale_layer AS t WHERE t.strategy = s.strategy
  )::bigint AS stale_count,
  (
    SELECT count(DISTINCT u.croid) FROM vulcanus.unseen AS u WHERE u.strategy = s.strategy
  )::bigint AS unseen_count
FROM vulcanus.strategy AS s
LEFT JOIN vulcanus.layer AS l ON l.strategy = s.strategy AND l.retired_at IS NULL
GROUP BY s.strategy ORDER BY s.strategy;
