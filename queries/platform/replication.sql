-- name: replication_publication_refresh :one
-- Let the publication hold what replicas follow; whether it did not yet.
-- always one row
-- not null: is_changed
SELECT platform.refresh_publication()::boolean AS is_changed;

-- name: replication_is_replica :one
-- Whether this database follows another.
-- always one row
-- not null: is_replica
SELECT platform.is_replica()::boolean AS is_replica;

-- name: replication_server_get :one
-- What the server is, and what the login may do.
-- always one row
-- not null: *
SELECT
  current_setting('server_version_num')::integer AS version_num,
  c.system_identifier::text || '/' || current_database() AS identity,
  current_database()::text AS database,
  session_user::text AS login,
  current_setting('wal_level') AS wal_level,
  r.rolsuper::boolean AS is_superuser,
  (r.rolsuper OR r.rolreplication)::boolean AS may_replicate,
  (
    current_setting('max_replication_slots')::integer
    - (SELECT count(*) FROM pg_catalog.pg_replication_slots)
  )::integer AS free_slots
FROM pg_catalog.pg_roles AS r
CROSS JOIN pg_catalog.pg_control_system() AS c
WHERE r.rolname = session_user;

-- name: replication_slot_create :exec
-- Keep the WAL from here on for a replica.
SELECT s.slot_name FROM pg_catalog.pg_create_logical_replication_slot(@name::text, 'pgoutput') AS s;

-- name: replication_slot_drop :exec
-- Keep the WAL for this replica no more.
SELECT pg_catalog.pg_drop_replication_slot(@name::text);

-- name: replication_slot_list :many
-- The slots of the replicas of this database.
-- not null: name, is_active, wal_status, lag_bytes
-- nullable: pid, invalidation_reason, inactive_since, safe_bytes
SELECT
  s.slot_name::text AS name,
  coalesce(s.active, false)::boolean AS is_active,
  s.active_pid::integer AS pid,
  coalesce(s.wal_status, 'unknown')::text AS wal_status,
  s.invalidation_reason::text AS invalidation_reason,
  s.inactive_since::timestamptz AS inactive_since,
  s.safe_wal_size::bigint AS safe_bytes,
  coalesce(
    pg_wal_lsn_diff(pg_current_wal_lsn(), s.confirmed_flush_lsn), 0
  )::bigint AS lag_bytes
FROM pg_catalog.pg_replication_slots AS s
WHERE s.database = current_database() AND s.plugin = 'pgoutput' AND s.slot_name LIKE 'nexus\_%'
ORDER BY s.slot_name;

-- name: replication_slot_peek :many
-- What is yet to be sent to a replica that is not connected, message by message; whole
-- transactions until so many changes are reached.
-- not null: *
SELECT p.data
FROM pg_catalog.pg_logical_slot_peek_binary_changes(
  @name::text, NULL, @limit_count::integer,
  VARIADIC ARRAY['proto_version', '1', 'publication_names', 'nexus_changelog']
) AS p;

-- name: replication_position :one
-- The end of the WAL.
-- always one row
-- not null: lsn
SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint AS lsn;

-- name: replication_subscription_get :one
-- How this database follows another.
-- not null: name, is_enabled, is_working, applied_lsn, apply_errors, sync_errors
SELECT
  s.subname::text AS name,
  s.subenabled::boolean AS is_enabled,
  EXISTS(
    SELECT FROM pg_catalog.pg_stat_subscription AS w
    WHERE w.subid = s.oid AND w.pid IS NOT NULL
  )::boolean AS is_working,
  coalesce(pg_wal_lsn_diff(
    pg_replication_origin_progress('pg_' || s.oid, true), '0/0'
  ), 0)::bigint AS applied_lsn,
  coalesce(e.apply_error_count, 0)::bigint AS apply_errors,
  coalesce(e.sync_error_count, 0)::bigint AS sync_errors
FROM pg_catalog.pg_subscription AS s
JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid
LEFT JOIN pg_catalog.pg_stat_subscription_stats AS e ON e.subid = s.oid
WHERE d.datname = current_database() AND 'nexus_changelog' = ANY(s.subpublications);

-- name: replication_conflict_list :many
-- Conflicts that a replica met, by their kinds.
-- not null: *
SELECT c.conflict, c.count
FROM pg_catalog.pg_subscription AS s
JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid
JOIN pg_catalog.pg_stat_subscription_stats AS e ON e.subid = s.oid
CROSS JOIN
  LATERAL (
    VALUES
    ('insert-exists', e.confl_insert_exists),
    ('update-exists', e.confl_update_exists),
    ('update-missing', e.confl_update_missing),
    ('update-origin-differs', e.confl_update_origin_differs),
    ('delete-missing', e.confl_delete_missing),
    ('delete-origin-differs', e.confl_delete_origin_differs),
    ('multiple-unique-conflicts', e.confl_multiple_unique_conflicts)
  ) AS c (conflict, count)
WHERE d.datname = current_database() AND 'nexus_changelog' = ANY(s.subpublications) AND c.count > 0
ORDER BY c.conflict;

-- name: replication_statistics_reset :exec
-- Count the errors and conflicts of a replica from nothing.
SELECT pg_catalog.pg_stat_reset_subscription_stats(s.oid)
FROM pg_catalog.pg_subscription AS s
JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid
WHERE d.datname = current_database() AND 'nexus_changelog' = ANY(s.subpublications);

-- name: replication_table_list :many
-- The published tables, each with how far a replica has come with it.
-- not null: *
SELECT
  p.table_name,
  coalesce(
    CASE r.srsubstate
      WHEN 'i' THEN 'waiting'
      WHEN 'd' THEN 'copying'
      WHEN 'f' THEN 'copied'
      WHEN 's' THEN 'copied'
      WHEN 'r' THEN 'following'
    END, 'not followed'
  ) AS state
FROM platform.list_published() AS p (table_name, columns)
LEFT JOIN (
  pg_catalog.pg_subscription AS s
  JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid AND d.datname = current_database()
  JOIN pg_catalog.pg_subscription_rel AS r ON r.srsubid = s.oid
) ON r.srrelid = to_regclass(p.table_name)
ORDER BY p.table_name;

-- name: replication_copy_clear :one
-- Empty the published tables that are yet to be copied; how many rows went.
-- always one row
-- not null: cleared
SELECT platform.clear_unfollowed(@is_stopped::boolean)::bigint AS cleared;

-- name: replication_way_clear :one
-- Remove the rows of a table that stand in the way of others; how many went.
-- always one row
-- not null: cleared
SELECT platform.clear_way(
  @table_name::text, @inserted::jsonb, @updated::jsonb, @touched::jsonb
)::bigint AS cleared;

-- name: replication_log_quiet :exec
-- Keep the statements of this transaction, and what is secret in them, out of logs and statistics.
SELECT set_config(s.name, q.value, true)
FROM (
  VALUES
  ('log_statement', 'none'), ('log_min_error_statement', 'panic'),
  ('log_min_duration_statement', '-1'), ('pg_stat_statements.track_utility', 'off')
) AS q (name, value)
JOIN pg_catalog.pg_settings AS s ON s.name = q.name;
