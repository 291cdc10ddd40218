-- name: source_list :many
-- The sources with the number of their current rows.
-- nullable: kind, scheme
SELECT
  s.source, s.title, s.kind::text AS kind, s.scheme, s.rank, s.licence, s.homepage, s.attribution,
  s.is_whole
FROM fulgora.source AS s ORDER BY s.source;

-- name: source_row_count :many
-- How many rows of each source are current.
SELECT r.source, count(*) AS row_count FROM fulgora.record AS r WHERE r.valid_to_release IS NULL
GROUP BY r.source ORDER BY r.source;

-- name: source_last_day :one
-- The day of the last sync that asked an API for what changed: it is asked for once more.
SELECT max(substring(r.label FROM '^since .*, as of (\d{4}-\d{2}-\d{2})T'))::text AS day
FROM fulgora.release AS r WHERE r.source = @source::text AND r.state = 'complete';
