-- name: dump_list :many
-- The tables of a full dump up to an index, with the statements that write and read them.
-- not null: *
SELECT d.table_name, d.copy_out, d.copy_in
FROM catalog.list_dump(@index::bigint) AS d (table_name, copy_out, copy_in);

-- name: dump_flat_list :many
-- The files of a dump of the live objects, with the statement that writes each.
-- not null: *
SELECT d.kind, d.n, d.copy_out
FROM catalog.list_flat_dump(
  @kinds::catalog.kind[], @objects_per_file::integer, @is_tabular::boolean
) AS d (kind, n, copy_out);

-- name: dump_clock :one
-- The newest index and its hash.
-- always one row
SELECT c.index, c.hash FROM catalog.clock AS c;

-- name: dump_changelog_get :one
-- The hash of an index.
SELECT c.hash FROM catalog.changelog AS c WHERE c.index = @index;

-- name: dump_snapshot :one
-- A name under which other connections see what this transaction sees.
-- always one row
-- not null: snapshot
SELECT pg_export_snapshot()::text AS snapshot;

-- name: dump_restore_begin :exec
-- Make an empty catalogue ready for a full dump.
SELECT catalog.begin_restore();

-- name: dump_restore_project :one
-- Rebuild the live rows of the next objects; the last of them, or nothing after the end.
SELECT catalog.restore_projections(@after::uuid, @limit_count::integer) AS croid;

-- name: dump_restore_finish :one
-- Set the clock where the restored changelog ends.
-- always one row
-- not null: index
SELECT catalog.finish_restore()::bigint AS index;
