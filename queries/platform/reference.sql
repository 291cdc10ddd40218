-- name: reference_orphan_list :many
-- How many rows break each reference that is declared but not enforced.
-- not null: *
SELECT o.constraint_name, o.table_name, o.orphan_count
FROM platform.list_orphans() AS o (constraint_name, table_name, orphan_count);
